using AnTin.Contracts.Authority;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using AnTin.Web.Assets;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Apps.Tests.Walk;

/// <summary>The whole server with the demonstration's people, and objects of one agency (H99.05) for them to reach for.</summary>
public sealed class WalkedHost : IAsyncLifetime
{
    private readonly Dictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    public TestHost Host { get; private set; } = null!;

    /// <summary>A frozen document of H99.05, drafted by soanthao, initialled by truongphong, to be signed by giamdoc.</summary>
    public Guid Document { get; private set; }

    public Guid Organisation { get; private set; }

    /// <summary>giamdoc's credential and its certificate.</summary>
    public Guid Credential { get; private set; }

    public string Serial { get; private set; } = "";

    public string Asset { get; private set; } = "";

    /// <summary>Null is somebody who is not signed in.</summary>
    public async Task<HttpClient> ClientAsync(string? account)
    {
        string key = account ?? "";
        if (!_clients.TryGetValue(key, out HttpClient? client))
            _clients[key] = client = account is null ? Host.CreateClient() : await Host.SignInAsync(account);
        return client;
    }

    /// <summary>The client signed out: the next knock signs in again.</summary>
    public void Forget(string? account)
    {
        if (_clients.Remove(account ?? "", out HttpClient? client))
            client.Dispose();
    }

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartDemoAsync();
        await using AsyncServiceScope scope = Host.Services.CreateAsyncScope();
        IServiceProvider services = scope.ServiceProvider;
        IReadOnlyList<AccountSummary> accounts = await services.GetRequiredService<IAccounts>().ListAsync(CancellationToken.None);
        IReadOnlyList<OrganisationInfo> organisations = await services.GetRequiredService<IDirectory>()
            .ListOrganisationsAsync(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime), CancellationToken.None);
        OrganisationInfo organisation = organisations.Single(o => o.Code == "H99.05");
        Organisation = organisation.Id.Value;
        PersonId head = PersonOf("giamdoc");
        CredentialInfo credential = (await services.GetRequiredService<ISigningCredentials>().ForPersonAsync(head, CancellationToken.None))[0];
        Credential = credential.Id.Value;
        Serial = credential.Certificate.SerialNumber;
        Asset = services.GetRequiredService<AssetStore>()["antin.css"];
        AccountSummary drafter = accounts.Single(a => a.UserName == "soanthao");
        var actor = new Actor(drafter.Id, drafter.PersonId, drafter.DisplayName);
        IDocumentFlow flow = services.GetRequiredService<IDocumentFlow>();
        await using FileStream sample = File.OpenRead(Repository.PathOf("samples", "quyet-dinh-mau.pdf"));
        var document = new NewDocument(organisation.Id, "quyet-dinh", "Về việc đi thử mọi lối", PersonOf("truongphong"), head, "thu.pdf");
        Document = (await flow.UploadAsync(actor, document, sample, CancellationToken.None)).Value;
        Assert.True((await flow.FreezeAsync(actor, Document, CancellationToken.None)).IsSuccess);

        PersonId PersonOf(string account) => new(accounts.Single(a => a.UserName == account).PersonId!.Value);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (HttpClient client in _clients.Values)
            client.Dispose();
        await Host.DisposeAsync();
    }
}
