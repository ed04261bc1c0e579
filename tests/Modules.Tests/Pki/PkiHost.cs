using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Authority;
using AnTin.Modules.Authority.Domain;
using AnTin.Modules.Authority.Features;
using AnTin.Modules.Custody;
using AnTin.Modules.Custody.Domain;
using AnTin.Modules.Custody.Features;
using AnTin.Modules.Custody.Persistence;
using AnTin.Modules.Directory;
using AnTin.Modules.Directory.Features;
using AnTin.Platform.Evidence.Tree;
using AnTin.Platform.Evidence;
using AnTin.Platform.Faults;
using AnTin.Platform.Hosting;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnTin.Modules.Tests.Pki;

/// <summary>
/// A real host of Directory, Authority and Custody with the demonstration's people. Its hierarchy is made anew, but from keys that the whole
/// test program shares, and PINs are stretched a thousand times only: RSA keys and stretching are not what is tested.
/// </summary>
internal sealed partial class PkiHost : IAsyncDisposable
{
    public const string Pin = DemoCredentials.Pin;

    private static readonly Task<DemonstrationKeys> Keys = DemonstrationKeys.GenerateAsync(CancellationToken.None);

    private PkiHost(TestHost host) => Host = host;

    public TestHost Host { get; }

    public static TheoryData<StoreKind> Stores => [StoreKind.Sqlite, StoreKind.PostgreSql];

    public static async Task<PkiHost> StartAsync(StoreKind kind = StoreKind.Sqlite, ICrashPoint? crash = null, TimeProvider? clock = null, TempFolder? folder = null)
    {
        Assert.SkipWhen(kind == StoreKind.PostgreSql && PostgresServer.Programs is null, "PostgreSQL is not installed");
        TestHost host = await TestHost.StartAsync(kind, [new DirectoryModule(), new AuthorityModule(), new CustodyModule()], folder: folder, services: services =>
        {
            services.AddSingleton<IKeyGuard>(provider => new KeyGuard(provider.GetRequiredService<StoreKey>(), iterations: 1000));
            if (crash is not null)
                services.AddSingleton(crash);
            if (clock is not null)
                services.AddSingleton(clock);
        });
        var pki = new PkiHost(host);
        await pki.RunAsync<IEnumerable<IDemoSeeder>>(async seeders => await seeders.OfType<DemoDirectory>().Single().SeedAsync(CancellationToken.None));
        AuthorityState authority = host.Services.GetRequiredService<AuthorityState>();
        if (authority.Find() is null)
        {
            PlatformSettings settings = host.Services.GetRequiredService<PlatformSettings>();
            DateTimeOffset now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            DemonstrationKeys keys = await Keys;
            authority.Install(await DemonstrationHierarchy.CreateAsync(settings.PublicUrl, now, keys, CancellationToken.None), keys);
            await pki.RunAsync<PublishCrl>(crls => crls.RefreshAsync(CancellationToken.None));
        }
        return pki;
    }

    public TimeProvider Clock => Host.Services.GetRequiredService<TimeProvider>();

    public Hierarchy Hierarchy => Host.Services.GetRequiredService<AuthorityState>().Hierarchy;

    public DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);

    /// <summary>Runs one act in a scope of its own, as a request does.</summary>
    public async Task<TResult> RunAsync<TService, TResult>(Func<TService, Task<TResult>> act)
        where TService : notnull
    {
        await using AsyncServiceScope scope = Host.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task RunAsync<TService>(Func<TService, Task> act)
        where TService : notnull
    {
        await using AsyncServiceScope scope = Host.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task<OrganisationInfo> OrganisationAsync(string code) =>
        (await RunAsync((IDirectory d) => d.ListOrganisationsAsync(Today, CancellationToken.None))).Single(o => o.Code == code);

    public async Task<PersonInfo> PersonAsync(string userName)
    {
        foreach (OrganisationInfo organisation in await RunAsync((IDirectory d) => d.ListOrganisationsAsync(Today, CancellationToken.None)))
        {
            foreach (PersonInfo person in await RunAsync((IDirectory d) => d.ListPeopleAsync(organisation.Id, Enum.GetValues<PostKind>(), Today, CancellationToken.None)))
            {
                if (person.Email.StartsWith(userName + "@", StringComparison.Ordinal))
                    return person;
            }
        }
        throw new InvalidOperationException($"There is no {userName}.");
    }

    /// <summary>An order for a demonstration person's certificate, for a fresh elliptic-curve key.</summary>
    public async Task<CertificateOrder> OrderAsync(string userName, string reference = "test")
    {
        PersonInfo person = await PersonAsync(userName);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = Clock.GetUtcNow();
        return new CertificateOrder(
            CertificateProfile.Officer, key.ExportSubjectPublicKeyInfo(), person.Posts[0].Organisation, person.Id, now, now.AddYears(1), reference);
    }

    public Task<Result<IssuedCertificate>> IssueAsync(CertificateOrder order) =>
        RunAsync((ICertificateAuthority authority) => authority.IssueAsync(order, CancellationToken.None));

    public async Task<CredentialInfo> EnrolAsync(string userName, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        PersonInfo person = await PersonAsync(userName);
        DateTimeOffset now = Clock.GetUtcNow();
        var enrolment = new CredentialEnrolment(
            CertificateProfile.Officer, person.Posts[0].Organisation, person.Id, Pin, from ?? now, to ?? now.AddYears(1), "test:" + userName);
        return (await RunAsync((ISigningCredentials c) => c.EnrolAsync(enrolment, CancellationToken.None))).Value;
    }

    public async Task<CredentialInfo> EnrolSealAsync(string organisationCode)
    {
        OrganisationInfo organisation = await OrganisationAsync(organisationCode);
        DateTimeOffset now = Clock.GetUtcNow();
        var enrolment = new CredentialEnrolment(
            CertificateProfile.OrganisationSeal, organisation.Id, Holder: null, Pin, now, now.AddYears(1), "test-seal:" + organisationCode);
        return (await RunAsync((ISigningCredentials c) => c.EnrolAsync(enrolment, CancellationToken.None))).Value;
    }

    public Task<IReadOnlyList<EvidenceRecord>> EvidenceAsync(string kind, string id) =>
        RunAsync(async (IEvidenceReader reader) =>
            (IReadOnlyList<EvidenceRecord>)[.. (await reader.OfSubjectAsync(new EvidenceSubject(kind, id), CancellationToken.None)).Select(view => view.Record)]);

    public async Task<HttpClient> SignInAsync(string userName, string password = DemoDirectory.Password)
    {
        HttpClient client = Host.CreateClient();
        using HttpResponseMessage answer = await PostAsync(client, "/login", "/login", ("userName", userName), ("password", password));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        return client;
    }

    /// <summary>Fills the form of a page as a browser does: with the token that stands on the page.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        string html = await client.GetStringAsync(page);
        Match token = Token().Match(html);
        Assert.True(token.Success, $"{page} has no form token");
        using var form = new FormUrlEncodedContent(
            [new("__RequestVerificationToken", WebUtility.HtmlDecode(token.Groups[1].Value)), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        return await client.PostAsync(action, form);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="__RequestVerificationToken" """)]
    private static partial Regex Token();
}

/// <summary>Breaks off where it is told to, as a kill would: nothing after the point happens.</summary>
internal sealed class BreakAt(string name) : ICrashPoint
{
    private int _armed = 1;

    public void Reach(string reached)
    {
        if (reached == name && Interlocked.Exchange(ref _armed, 0) == 1)
            throw new BrokenOffException(name);
    }
}

internal sealed class BrokenOffException(string point) : Exception("Broken off at " + point);
