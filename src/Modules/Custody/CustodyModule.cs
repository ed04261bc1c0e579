using AnTin.Contracts.Custody;
using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;
using AnTin.Modules.Custody.Features;
using AnTin.Modules.Custody.Pages;
using AnTin.Modules.Custody.Persistence;
using AnTin.Platform.Hosting;
using AnTin.Platform.Modules;
using AnTin.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Custody;

/// <summary>Subscribers' keys kept centrally, and the only way they move. Pages: /profile, /credentials.</summary>
public sealed class CustodyModule : IModule
{
    public string Name => "Custody";

    public void ConfigureServices(IServiceCollection services, IConfigurationSection configuration)
    {
        services.AddSingleton(provider => new StoreKey(provider.GetRequiredService<PlatformSettings>().KeyFile("custody.key")));
        services.AddSingleton<IKeyGuard>(provider => new KeyGuard(provider.GetRequiredService<StoreKey>()));
        services.AddScoped<CredentialAccess>();
        services.AddScoped<PinTries>();
        services.AddScoped<EnrolCredential>();
        services.AddScoped<ChangePin>();
        services.AddScoped<UnlockCredential>();
        services.AddScoped<ISigningCredentials, SigningCredentials>();
        services.AddHostedService<CustodyRecovery>();
        services.AddScoped<IDemoSeeder, DemoCredentials>();
        services.AddScoped<CredentialsQuery>();
        services.AddProfileSection<MyCredentials>(order: 200);
        services.AddNavigation(610, "/credentials", "Khóa lưu tập trung", "Keys in custody", Role.RegistrationOfficer);
        services.AddNotice(CredentialEndpoints.PinChanged, "Đã đổi mã PIN.", "The PIN is changed.");
        services.AddNotice(CredentialEndpoints.Unlocked, "Đã mở khóa. Chủ thể dùng lại mã PIN cũ.", "Unlocked. The holder goes on with the same PIN.");
    }

    public void ConfigureModel(ModelBuilder model) => CustodyModel.Configure(model);

    public void MapEndpoints(IEndpointRouteBuilder endpoints) => CredentialEndpoints.Map(endpoints);

    public IEnumerable<ErrorText> Errors => CustodyErrors.Texts;

    public IEnumerable<string> CrashPoints =>
        [EnrolCredential.AfterKey, EnrolCredential.AfterCertificate, PinTries.AfterCount, PinTries.AfterGuard];
}
