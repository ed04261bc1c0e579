using AnTin.Platform.Hosting;
using AnTin.Platform.Modules;
using AnTin.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace AnTin.TestKit.Hosting;

/// <summary>The real server on a free loopback port with a data folder of its own.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;

    private TestHost(WebApplication app, TempFolder folder, bool ownsFolder)
    {
        App = app;
        _folder = folder;
        _ownsFolder = ownsFolder;
        BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    public Uri BaseAddress { get; }

    public string DataDirectory => _folder.Path;

    /// <param name="kind">PostgreSQL gets a new database in the private cluster.</param>
    /// <param name="modules">All of the product's when null.</param>
    /// <param name="settings">Further keys such as <c>AnTin:Demo</c> (false here unless set).</param>
    /// <param name="services">Last word on the services: a FakeTimeProvider, a faulty store.</param>
    /// <param name="folder">The data folder of an earlier host, to start again on it; stays with the caller.</param>
    /// <param name="environment">Demonstration unless said otherwise.</param>
    public static async Task<TestHost> StartAsync(
        StoreKind kind = StoreKind.Sqlite,
        IReadOnlyList<IModule>? modules = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null,
        TempFolder? folder = null,
        string environment = AnTinHost.Demonstration)
    {
        TempFolder data = folder ?? new TempFolder();
        Dictionary<string, string?> all = new(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = "http://127.0.0.1:0",
            ["AnTin:DataDirectory"] = data.Path,
            ["AnTin:Demo"] = "false",
            ["AnTin:PublicUrl"] = "http://127.0.0.1",
            ["AnTin:Evidence:IntervalMilliseconds"] = "50",
        };
        if (kind == StoreKind.PostgreSql)
        {
            all["AnTin:Database:Provider"] = nameof(StoreKind.PostgreSql);
            all["AnTin:Database:MigrateAtStart"] = "true";
            if (settings?.ContainsKey("AnTin:Database:ConnectionString") is not true)
                all["AnTin:Database:ConnectionString"] = await (await PostgresServer.GetAsync()).CreateDatabaseAsync();
        }
        foreach ((string key, string? value) in settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            all[key] = value;
        WebApplication app = AnTinHost.Build(new AnTinHostOptions
        {
            Modules = modules ?? AnTinModules.All,
            Settings = all,
            ConfigureServices = services,
            Environment = environment,
            LogLevel = LogEventLevel.Warning,
        });
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            if (folder is null)
                data.Dispose();
            throw;
        }
        return new TestHost(app, data, ownsFolder: folder is null);
    }

    /// <summary>The product with the demonstration's people, keys and papers in place: a copy of a store seeded once for the test program.</summary>
    public static async Task<TestHost> StartDemoAsync(
        StoreKind kind = StoreKind.Sqlite, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, TempFolder? folder = null)
    {
        DemoTemplate template = await DemoTemplate.GetAsync(kind);
        TempFolder data = folder ?? new TempFolder();
        template.CopyFolderTo(data);
        Dictionary<string, string?> all = new(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase) { ["AnTin:Demo"] = "true" };
        if (await template.CopyDatabaseAsync() is { } database)
            all["AnTin:Database:ConnectionString"] = database;
        TestHost host = await StartAsync(kind, settings: all, services: services, folder: data);
        return new TestHost(host.App, data, ownsFolder: folder is null);
    }

    internal string ConnectionString => Services.GetRequiredService<PlatformSettings>().ConnectionString;

    /// <summary>A browser of its own: cookies kept, redirects not followed.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = BaseAddress };

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
            _folder.Dispose();
    }
}
