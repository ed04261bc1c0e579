using AnTin.Contracts.Authority;
using AnTin.Contracts.Platform;
using AnTin.Modules.Authority.Domain;
using AnTin.Modules.Authority.Features;
using AnTin.Modules.Authority.Persistence;
using AnTin.Platform.Hosting;
using AnTin.Platform.Modules;
using AnTin.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Authority;

/// <summary>Certification: issuing, revocation, CRL, OCSP, time-stamping, trust. Page: /certificates.</summary>
public sealed class AuthorityModule : IModule
{
    private const string TrustFolderKey = "TrustFolder";

    public string Name => "Authority";

    public void ConfigureServices(IServiceCollection services, IConfigurationSection configuration)
    {
        string? trust = configuration[TrustFolderKey];
        services.AddSingleton(_ => new TrustFolder(trust));
        services.AddSingleton(provider => new HierarchyStore(provider.GetRequiredService<PlatformSettings>().KeyFile("authority")));
        services.AddSingleton<AuthorityState>();
        services.AddSingleton<ISerialStatusSource, SerialStatuses>();
        services.AddSingleton<ResponderPool>();
        services.AddScoped<IssueCertificate>();
        services.AddScoped<RevokeCertificate>();
        services.AddScoped<PublishCrl>();
        services.AddScoped<PkiPublication>();
        services.AddScoped<IPkiPublication>(provider => provider.GetRequiredService<PkiPublication>());
        services.AddScoped<ITimeStampAuthority>(provider => provider.GetRequiredService<PkiPublication>());
        services.AddScoped<ICertificateAuthority, CertificateAuthority>();
        services.AddScoped<CertificatesQuery>();
        services.AddScoped<ITrustSource, TrustSource>();
        services.AddSingleton<AuthorityJobs>();
        services.AddHostedService(provider => provider.GetRequiredService<AuthorityJobs>());
        services.AddScoped<IDemoSeeder, DemoAuthority>();
        services.AddNavigation(600, "/certificates", "Chứng thư số", "Certificates", Role.RegistrationOfficer);
        services.AddNotice(CertificatesEndpoints.Revoked, "Đã thu hồi chứng thư. Danh sách thu hồi (CRL) và OCSP đã được cập nhật.", "The certificate is revoked. CRL and OCSP already say so.");
    }

    public void ConfigureModel(ModelBuilder model) => AuthorityModel.Configure(model);

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPki();
        CertificatesEndpoints.Map(endpoints);
    }

    public IEnumerable<ErrorText> Errors => AuthorityErrors.Texts;

    public IEnumerable<string> CrashPoints =>
    [
        IssueCertificate.AfterReserve,
        IssueCertificate.AfterIntent,
        IssueCertificate.AfterSign,
        IssueCertificate.AfterOutcome,
        RevokeCertificate.AfterCommit,
        PublishCrl.BeforeStore,
    ];

    // TrustFolder: folder with foreign anchors (see Features/TrustFolder.cs); unset for none.
    public IEnumerable<string> OptionKeys => [TrustFolderKey];
}
