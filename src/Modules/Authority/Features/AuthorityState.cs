using AnTin.Modules.Authority.Domain;
using AnTin.Modules.Authority.Persistence;
using AnTin.Platform.Hosting;

namespace AnTin.Modules.Authority.Features;

/// <summary>The hierarchy this process serves, read from its store once.</summary>
internal sealed class AuthorityState(HierarchyStore store, PlatformSettings settings)
{
    private readonly Lock _gate = new();
    private Hierarchy? _hierarchy;

    /// <exception cref="InvalidOperationException">None is installed; callers that can be reached then ask <see cref="Find"/>.</exception>
    public Hierarchy Hierarchy => Find() ?? throw new InvalidOperationException("No certification authority is installed.");

    /// <exception cref="SettingsException">A demonstration hierarchy in Production.</exception>
    public Hierarchy? Find()
    {
        lock (_gate)
        {
            _hierarchy ??= store.Load(settings.PublicUrl);
            if (_hierarchy is { IsDemonstration: true } && settings.IsProduction)
                throw new SettingsException("The authority's keys are a demonstration: they cannot serve Production. Remove the folder keys/authority and install real ones.");
            return _hierarchy;
        }
    }

    public void Install(Hierarchy hierarchy, DemonstrationKeys keys)
    {
        lock (_gate)
        {
            store.Save(hierarchy, keys);
            _hierarchy = hierarchy;
        }
    }
}
