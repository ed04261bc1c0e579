using AnTin.Contracts.Platform;
using AnTin.Platform.Blobs;
using AnTin.Platform.Errors;
using AnTin.Platform.Evidence;
using AnTin.Platform.Faults;
using AnTin.Platform.Identity;
using AnTin.Platform.Languages;
using AnTin.Platform.Modules;
using AnTin.Platform.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AnTin.Platform.Hosting;

/// <summary>The platform's services and endpoints, in the order in which the rest needs them.</summary>
public static class PlatformServices
{
    public const string Name = "platform";

    public static readonly IReadOnlyList<string> CrashPoints =
        [EvidenceSequencer.BeforeCommit, EvidenceSequencer.AfterCommit, EvidenceSequencer.Signed, EvidenceSequencer.Published];

    /// <param name="services">The host's services.</param>
    /// <param name="settings">Validated settings.</param>
    /// <param name="modules">The rooms of this host; their own services are added by the host.</param>
    /// <param name="database">Chooses the provider: UseAnTinSqlite or UseAnTinPostgreSql.</param>
    public static IServiceCollection AddAnTinPlatform(
        this IServiceCollection services, PlatformSettings settings, ModuleList modules, Action<DbContextOptionsBuilder> database)
    {
        services.AddSingleton(settings);
        services.AddSingleton(modules);
        services.TryAddSingleton(TimeProvider.System);
        services.AddDbContextFactory<AnTinDbContext>(database);
        AddTexts(services);
        AddFaults(services, settings);
        AddBlobs(services, settings);
        AddEvidence(services, settings);
        AddIdentity(services, settings);
        services.AddSingleton<DemoLines>();
        // First of all hosted services: nothing runs on a store that is not up.
        services.AddHostedService<StoreStartup>();
        services.AddHostedService(provider => provider.GetRequiredService<SequencerService>());
        services.AddScoped<IReadinessCheck, DatabaseReadiness>();
        services.AddScoped<IReadinessCheck, BlobReadiness>();
        services.AddScoped<IReadinessCheck, EvidenceReadiness>();
        return services;
    }

    /// <summary>Between routing's authentication and authorisation: who asks, and from where.</summary>
    public static IApplicationBuilder UseCurrentUser(this IApplicationBuilder app) =>
        app.UseMiddleware<CurrentUserMiddleware>().UseMiddleware<SameSiteActs>();

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.UseMiddleware<SecurityHeaders>();

    public static void MapAnTinPlatform(this IEndpointRouteBuilder endpoints)
    {
        HealthEndpoints.Map(endpoints);
        EvidenceEndpoints.Map(endpoints);
    }

    private static void AddTexts(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<ILanguage, RequestLanguage>();
        foreach (ErrorText text in PlatformErrors.All)
            services.AddSingleton(text);
        services.AddSingleton<ErrorTexts>();
    }

    private static void AddFaults(IServiceCollection services, PlatformSettings settings)
    {
        services.AddSingleton(provider => new CrashPointRegistry(provider.GetRequiredService<ModuleList>(), CrashPoints));
        if (settings.IsProduction)
            services.AddSingleton<ICrashPoint, NoCrashPoint>();
        else
            services.AddSingleton<ICrashPoint>(provider => new ArmedCrashPoint(
                provider.GetRequiredService<CrashPointRegistry>(), Environment.GetEnvironmentVariable(ArmedCrashPoint.Variable)));
    }

    private static void AddBlobs(IServiceCollection services, PlatformSettings settings)
    {
        services.AddSingleton(_ => new FolderBlobStore(Path.Combine(settings.DataDirectory, "blobs")));
        services.AddSingleton<IBlobStore>(provider => provider.GetRequiredService<FolderBlobStore>());
    }

    private static void AddEvidence(IServiceCollection services, PlatformSettings settings)
    {
        services.AddSingleton<IEvidenceLog, EvidenceLog>();
        services.AddScoped<IEvidenceReader, EvidenceReader>();
        services.AddScoped<IEvidenceExporter, EvidenceExporter>();
        foreach (string log in PlatformSettings.Logs)
            services.AddSingleton<ICheckpointSigner>(_ => FileCheckpointSigner.Open(log, settings.OriginOf(log), settings.KeyFile($"{log}-log.pem")));
        services.AddSingleton<SequencerService>();
        services.AddSingleton<IEvidenceSequencing>(provider => provider.GetRequiredService<SequencerService>());
    }

    private static void AddIdentity(IServiceCollection services, PlatformSettings settings)
    {
        services.AddIdentityCore<Account>(AccountRules.Apply)
            .AddEntityFrameworkStores<AnTinDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie => Cookie(cookie, settings));
        services.AddAuthorizationBuilder().SetFallbackPolicy(PolicyProvider.Closed);
        services.AddSingleton<IAuthorizationPolicyProvider, PolicyProvider>();
        services.AddScoped<IAuthorizationHandler, RoleRequirementHandler>();
        services.AddScoped<CurrentUser>();
        services.AddScoped<ICurrentUser>(provider => provider.GetRequiredService<CurrentUser>());
        services.TryAddScoped<IOrganisationScope, FlatOrganisationScope>();
        services.AddScoped<IAccounts, Accounts>();
        services.AddDataProtection().SetApplicationName("AnTin");
        services.AddSingleton<DataProtectionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = provider.GetRequiredService<DataProtectionKeys>()));
    }

    private static void Cookie(CookieAuthenticationOptions options, PlatformSettings settings)
    {
        options.Cookie.Name = "antin";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = true;
        options.LoginPath = "/login";
        options.AccessDeniedPath = "/forbidden";
        // Programs get a status, people a page.
        options.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden);
    }

    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        bool page = status == StatusCodes.Status401Unauthorized && HttpMethods.IsGet(context.Request.Method)
            && !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        if (page)
            context.Response.Redirect(context.RedirectUri);
        else
            context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
