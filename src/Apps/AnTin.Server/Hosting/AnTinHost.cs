using System.IO.Compression;
using System.Net;
using System.Reflection;
using System.Threading.RateLimiting;
using AnTin.Migrations.PostgreSql;
using AnTin.Migrations.Sqlite;
using AnTin.Platform.Errors;
using AnTin.Platform.Hosting;
using AnTin.Platform.Modules;
using AnTin.Web;
using AnTin.Web.Pages;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Serilog;
using Serilog.Events;

namespace AnTin.Server.Hosting;

/// <summary>How a host is to be composed; the server, the command line and the tests differ only here.</summary>
public sealed record AnTinHostOptions
{
    /// <summary>Command-line arguments: <c>--urls</c>, <c>--environment</c>, <c>--AnTin:Key=value</c>.</summary>
    public string[] Args { get; init; } = [];

    /// <summary>The rooms of this host in their order; all of them by default.</summary>
    public IReadOnlyList<IModule> Modules { get; init; } = AnTinModules.All;

    /// <summary>Overrides of the configuration, keys like <c>AnTin:DataDirectory</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Demonstration, Production …; by default what ASPNETCORE_ENVIRONMENT or --environment says.</summary>
    public string? Environment { get; init; }

    /// <summary>Last word on the services: clocks and faulty stores of tests.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    /// <summary>The least severe event that is logged to the console.</summary>
    public LogEventLevel LogLevel { get; init; } = LogEventLevel.Information;
}

/// <summary>Composes the one program: settings, modules, database, pipeline.</summary>
public static class AnTinHost
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>The environment when none is declared: demonstration data, no developer's error pages.</summary>
    public const string Demonstration = "Demonstration";

    private const string LoginLimit = "login";

    /// <summary>JSON and forms are small; upload endpoints state their own limit.</summary>
    private const long MaxBodyBytes = 4 * 1024 * 1024;

    /// <exception cref="SettingsException">The configuration cannot be used.</exception>
    public static WebApplication Build(AnTinHostOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = options.Args,
            ApplicationName = typeof(AnTinHost).Assembly.GetName().Name,
            EnvironmentName = EnvironmentOf(options),
        });
        builder.Configuration.AddInMemoryCollection(options.Settings);
        if (builder.Configuration["urls"] is null)
            builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.ConfigureKestrel(ConfigureKestrel);
        builder.Services.AddSerilog(logger => ConfigureLog(logger, options.LogLevel));

        var modules = new ModuleList(options.Modules);
        PlatformSettings settings = SettingsReader.Read(builder.Configuration, builder.Environment, modules);
        Directory.CreateDirectory(settings.DataDirectory);
        AddServices(builder.Services, settings, modules);
        foreach (IModule module in options.Modules)
            module.ConfigureServices(builder.Services, builder.Configuration.GetSection($"{SettingsReader.Section}:{module.Name}"));
        options.ConfigureServices?.Invoke(builder.Services);

        WebApplication app = builder.Build();
        UsePipeline(app, settings);
        MapEndpoints(app, options.Modules);
        return app;
    }

    // The framework takes silence for Production; here Production is declared, and silence means somebody tries the product out.
    private static string? EnvironmentOf(AnTinHostOptions options)
    {
        if (options.Environment is not null)
            return options.Environment;
        bool declared = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is { Length: > 0 }
            || options.Args.Any(arg => arg.TrimStart('-', '/').StartsWith("environment", StringComparison.OrdinalIgnoreCase));
        return declared ? null : Demonstration;
    }

    internal static Action<DbContextOptionsBuilder> ChooseDatabase(PlatformSettings settings) => database =>
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
            database.UseAnTinSqlite(settings.ConnectionString);
        else
            database.UseAnTinPostgreSql(settings.ConnectionString);
        // A command that fails is thrown to its caller, who logs it or answers it: not twice.
        database.ConfigureWarnings(warnings => warnings.Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
    };

    private static void AddServices(IServiceCollection services, PlatformSettings settings, ModuleList modules)
    {
        services.AddAnTinPlatform(settings, modules, ChooseDatabase(settings));
        Assembly[] pages = [.. modules.Modules.Select(module => module.GetType().Assembly)];
        services.AddAnTinWeb(pages);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "antin.form";
            antiforgery.Cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Complete);
        services.AddOpenApi("v1", openApi => openApi.ShouldInclude = endpoint =>
            endpoint.RelativePath?.StartsWith("api/v1", StringComparison.OrdinalIgnoreCase) == true);
        services.AddResponseCompression(ConfigureCompression);
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PartitionLogin);
        });
    }

    // Forms and scripts of one office share an address: generous enough for a morning's sign-ins, too slow for guessing
    // (each account besides locks after five failures).
    private static RateLimitPartition<string> PartitionLogin(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.Path.Equals("/login", StringComparison.OrdinalIgnoreCase)
            ? RateLimitPartition.GetSlidingWindowLimiter(
                $"{LoginLimit} {context.Connection.RemoteIpAddress}",
                _ => new SlidingWindowRateLimiterOptions { PermitLimit = 60, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 })
            : RateLimitPartition.GetNoLimiter("");

    // BREACH needs a secret and attacker-chosen text in one compressed answer. Pages carry one secret, the form token,
    // and that is encrypted anew on every page; JSON answers may carry others, so they are not compressed.
    private static void ConfigureCompression(ResponseCompressionOptions compression)
    {
        compression.EnableForHttps = true;
        compression.Providers.Add<BrotliCompressionProvider>();
        compression.MimeTypes = ["text/html", "text/css", "text/javascript", "image/svg+xml"];
    }

    private static void Complete(ProblemDetailsContext context)
    {
        if (context.ProblemDetails.Extensions.ContainsKey("code"))
            return;
        Contracts.Platform.Error? error = context.ProblemDetails.Status switch
        {
            StatusCodes.Status400BadRequest => PlatformErrors.BadRequest,
            StatusCodes.Status401Unauthorized => PlatformErrors.SignInRequired,
            StatusCodes.Status403Forbidden => PlatformErrors.Forbidden,
            StatusCodes.Status404NotFound => PlatformErrors.NotFound,
            StatusCodes.Status429TooManyRequests => PlatformErrors.TooManyRequests,
            StatusCodes.Status500InternalServerError => PlatformErrors.Unexpected,
            _ => null,
        };
        if (error is null)
            return;
        var described = Problems.Describe(error, context.HttpContext);
        context.ProblemDetails.Type = described.Type;
        context.ProblemDetails.Title = described.Title;
        context.ProblemDetails.Instance = described.Instance;
        context.ProblemDetails.Extensions["code"] = error.Code;
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
    }

    // Paths without query strings, no bodies, no headers: nothing in the log is a secret.
    private static void ConfigureLog(LoggerConfiguration logger, LogEventLevel level) => logger
        .MinimumLevel.Is(level)
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
        .Enrich.FromLogContext()
        .WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}", formatProvider: null);

    private static void UsePipeline(WebApplication app, PlatformSettings settings)
    {
        UseForwarded(app, settings.TrustedProxies);
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseAnTinErrorPages();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseCurrentUser();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    private static void UseForwarded(WebApplication app, IReadOnlyList<IPAddress> proxies)
    {
        if (proxies.Count == 0)
            return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (IPAddress proxy in proxies)
            forwarded.KnownProxies.Add(proxy);
        app.UseForwardedHeaders(forwarded);
    }

    private static void MapEndpoints(WebApplication app, IReadOnlyList<IModule> modules)
    {
        app.MapAnTinPlatform();
        app.MapAnTinWeb();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        foreach (IModule module in modules)
            module.MapEndpoints(app);
        // Without it an unknown address would meet the closed fallback policy and ask for a sign-in.
        app.MapFallback(() => Results.NotFound()).AllowAnonymous();
    }
}
