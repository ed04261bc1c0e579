using AnTin.Contracts.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Platform.Modules;

/// <summary>A room of the house. The host composes an ordered list of them; a module never sees another.</summary>
public interface IModule
{
    /// <summary>The room's name, <c>Documents</c>; in lower case it is the prefix of its tables (<c>documents_…</c>).</summary>
    string Name { get; }

    /// <param name="services">Where the module registers its handlers, jobs and the contracts it implements.</param>
    /// <param name="configuration">The section <c>AnTin:&lt;Name&gt;</c>; see <see cref="OptionKeys"/>.</param>
    void ConfigureServices(IServiceCollection services, IConfigurationSection configuration);

    /// <summary>Adds the module's entities. Tables without a name get <c>prefix_entity_name</c>; columns snake_case.</summary>
    void ConfigureModel(ModelBuilder model);

    /// <summary>Every endpoint declares a policy or <c>AllowAnonymous</c>; anything undeclared is denied.</summary>
    void MapEndpoints(IEndpointRouteBuilder endpoints);

    /// <summary>The module's error codes with their texts in both languages.</summary>
    IEnumerable<ErrorText> Errors => [];

    /// <summary>Names of the crash points in the module's code paths; the fault table walks them.</summary>
    IEnumerable<string> CrashPoints => [];

    /// <summary>Keys accepted in the module's configuration section; any other key there refuses the start.</summary>
    IEnumerable<string> OptionKeys => [];
}

/// <summary>The modules of this host in their order.</summary>
public sealed class ModuleList(IReadOnlyList<IModule> modules)
{
    public IReadOnlyList<IModule> Modules { get; } = modules;
}
