using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Directory.Domain;
using AnTin.Modules.Directory.Features;
using AnTin.Modules.Directory.Persistence;
using AnTin.Platform.Hosting;
using AnTin.Platform.Modules;
using AnTin.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Directory;

/// <summary>Organisations, people and posts, as of a day. Page: /organisation.</summary>
public sealed class DirectoryModule : IModule
{
    public string Name => "Directory";

    public void ConfigureServices(IServiceCollection services, IConfigurationSection configuration)
    {
        services.AddScoped<DirectoryReader>();
        services.AddScoped<IDirectory>(provider => provider.GetRequiredService<DirectoryReader>());
        services.AddScoped<IOrganisationScope>(provider => provider.GetRequiredService<DirectoryReader>());
        services.AddScoped<DirectoryRegister>();
        services.AddScoped<OrganisationQuery>();
        services.AddNavigation(500, "/organisation", "Tổ chức", "Organisation");
        services.AddScoped<IDemoSeeder, DemoDirectory>();
    }

    public void ConfigureModel(ModelBuilder model) => DirectoryModel.Configure(model);

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        // The room is read only for now: its page is mapped with the other Razor components.
    }

    public IEnumerable<ErrorText> Errors => DirectoryErrors.Texts;
}
