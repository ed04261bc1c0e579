using AnTin.Contracts.Platform;
using AnTin.Modules.Oversight.Features;
using AnTin.Modules.Oversight.Persistence;
using AnTin.Platform.Modules;
using AnTin.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Oversight;

/// <summary>Figures that anyone can recompute, and the log they come from. Pages: /dashboard, /dashboard/issued, /evidence.</summary>
public sealed class OversightModule : IModule
{
    public string Name => "Oversight";

    public void ConfigureServices(IServiceCollection services, IConfigurationSection configuration)
    {
        services.AddScoped<FigureScope>();
        services.AddScoped<ReadFigure>();
        services.AddScoped<ReadIssued>();
        services.AddScoped<ReadEvidence>();
        services.AddScoped<FollowLog>();
        services.AddHostedService<FollowService>();
        services.AddNavigation(300, "/dashboard", "Số liệu", "Figures", FigureScope.Readers);
        services.AddNavigation(400, "/evidence", "Nhật ký chứng cứ", "Evidence log", Role.Inspector);
    }

    public void ConfigureModel(ModelBuilder model) => OversightModel.Configure(model);

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        // Pages only; the export is the platform's: /api/v1/audit/export.
    }

    public IEnumerable<string> CrashPoints => [FollowLog.BeforeCommit, FollowLog.AfterCommit];
}
