using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Platform.Errors;
using AnTin.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace AnTin.Cli.Demo;

/// <summary>
/// The server of a demonstration office in this process: the same modules, an empty store in a temporary folder that goes away with it, the
/// invented people of the demonstration. Listens on loopback only, on a port nobody knows.
/// </summary>
internal sealed class DemoOffice : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _data;
    private readonly Language _language;

    private DemoOffice(WebApplication app, string data, Language language)
    {
        _app = app;
        _data = data;
        _language = language;
    }

    public static async Task<DemoOffice> OpenAsync(Terminal terminal, CancellationToken ct)
    {
        string data = Directory.CreateTempSubdirectory("antin-demo-").FullName;
        WebApplication? app = null;
        try
        {
            app = AnTinHost.Build(new AnTinHostOptions
            {
                Args = ["--urls", "http://127.0.0.1:0"],
                Environment = AnTinHost.Demonstration,
                LogLevel = LogEventLevel.Fatal,
                Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["AnTin:DataDirectory"] = data,
                    ["AnTin:Demo"] = "true",
                    ["AnTin:PublicUrl"] = AnTinHost.DefaultUrl,
                },
            });
            await app.StartAsync(ct);
            return new DemoOffice(app, data, terminal.Language);
        }
        catch
        {
            if (app is not null)
                await app.DisposeAsync();
            Directory.Delete(data, recursive: true);
            throw;
        }
    }

    /// <summary>Runs one act in a scope of its own, as a request would.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>A person of the demonstration, by the name of the account.</summary>
    public async Task<Actor> ActorAsync(string userName, CancellationToken ct)
    {
        IReadOnlyList<AccountSummary> accounts = await WithAsync<IAccounts, IReadOnlyList<AccountSummary>>(all => all.ListAsync(ct));
        AccountSummary account = accounts.Single(a => a.UserName == userName);
        return new Actor(account.Id, account.PersonId, account.DisplayName);
    }

    public async Task<OrganisationInfo> OrganisationAsync(string code, DateOnly today, CancellationToken ct)
    {
        IReadOnlyList<OrganisationInfo> all = await WithAsync<IDirectory, IReadOnlyList<OrganisationInfo>>(d => d.ListOrganisationsAsync(today, ct));
        return all.Single(o => o.Code == code);
    }

    /// <summary>The text of a refusal by one of the modules.</summary>
    public string Describe(Error error) => _app.Services.GetRequiredService<ErrorTexts>().Describe(error, _language);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }
}
