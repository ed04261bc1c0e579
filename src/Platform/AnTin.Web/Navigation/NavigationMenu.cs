using AnTin.Contracts.Platform;

namespace AnTin.Web.Navigation;

/// <summary>The portal's menu, put together from what the modules registered.</summary>
public sealed class NavigationMenu(IEnumerable<NavigationItem> items)
{
    private readonly NavigationItem[] _items = [.. items.OrderBy(item => item.Order)];

    public IEnumerable<NavigationItem> For(ICurrentUser user) => _items.Where(item => item.IsFor(user));
}
