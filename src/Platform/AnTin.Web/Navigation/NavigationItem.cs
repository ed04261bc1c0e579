using AnTin.Contracts.Platform;

namespace AnTin.Web.Navigation;

/// <summary>One entry of the portal's menu; a module registers its entries as singletons.</summary>
/// <param name="Order">Documents 100, register 200, figures 300, evidence 400, organisation 500, certificates 600.</param>
/// <param name="AnyOf">Shown to people with one of these roles; empty: to everyone who is signed in.</param>
public sealed record NavigationItem(int Order, string Href, Text Label, params IReadOnlyList<Role> AnyOf)
{
    public bool IsFor(ICurrentUser user) =>
        user.IsAuthenticated && (AnyOf.Count == 0 || AnyOf.Any(user.HasRole));
}
