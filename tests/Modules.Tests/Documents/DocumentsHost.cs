using AnTin.Contracts.Directory;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Contracts.Validation;
using AnTin.Pdf;
using AnTin.Platform.Evidence;
using AnTin.Platform.Hosting;
using AnTin.Platform.Persistence;
using AnTin.Signatures;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Tests.Documents;

/// <summary>One agency of the demonstration with those who take part in its documents.</summary>
internal sealed record Office(string Code, string Drafter, string Initialler, string Signer, string Clerk)
{
    /// <summary>Tests that count numbers of a register have the second agency to themselves and run one after another.</summary>
    public const string ScienceOnly = "H99.06";

    public static Office Construction { get; } = new("H99.05", "soanthao", "truongphong", "giamdoc", "vanthu");

    public static Office Science { get; } = new(ScienceOnly, "soanthao2", "truongphong2", "giamdoc2", "vanthu2");
}

/// <summary>The demonstration's server with its people, and the flow as each of them drives it.</summary>
internal sealed class DocumentsHost : IAsyncDisposable
{
    public const string Pin = "246810";

    private readonly TestHost _host;
    private readonly IReadOnlyList<AccountSummary> _accounts;
    private readonly IReadOnlyList<OrganisationInfo> _organisations;

    private DocumentsHost(TestHost host, IReadOnlyList<AccountSummary> accounts, IReadOnlyList<OrganisationInfo> organisations)
    {
        _host = host;
        _accounts = accounts;
        _organisations = organisations;
    }

    public TestHost Host => _host;

    /// <param name="folder">The data folder, when another node is to share it; stays with the caller.</param>
    public static async Task<DocumentsHost> StartAsync(
        StoreKind kind = StoreKind.Sqlite, TimeProvider? time = null, Action<IServiceCollection>? services = null, TempFolder? folder = null)
    {
        TestHost host = await TestHost.StartDemoAsync(kind, folder: folder, services: collection =>
        {
            if (time is not null)
                collection.AddSingleton(time);
            services?.Invoke(collection);
        });
        return await OfAsync(host, time ?? TimeProvider.System);
    }

    /// <summary>Another process of the same installation: same database, files and keys.</summary>
    public async Task<DocumentsHost> SecondNodeAsync(TempFolder folder)
    {
        TestHost host = await TestHost.StartAsync(StoreKind.PostgreSql, folder: folder, settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AnTin:Database:ConnectionString"] = _host.Services.GetRequiredService<PlatformSettings>().ConnectionString,
        });
        return await OfAsync(host, TimeProvider.System);
    }

    private static async Task<DocumentsHost> OfAsync(TestHost host, TimeProvider time)
    {
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        var today = DateOnly.FromDateTime(time.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);
        return new DocumentsHost(
            host,
            await scope.ServiceProvider.GetRequiredService<IAccounts>().ListAsync(CancellationToken.None),
            await scope.ServiceProvider.GetRequiredService<IDirectory>().ListOrganisationsAsync(today, CancellationToken.None));
    }

    public Actor Actor(string userName)
    {
        AccountSummary account = _accounts.Single(a => a.UserName == userName);
        return new Actor(account.Id, account.PersonId, account.DisplayName);
    }

    public PersonId Person(string userName) => new(_accounts.Single(a => a.UserName == userName).PersonId!.Value);

    public OrganisationId Organisation(string code) => _organisations.Single(o => o.Code == code).Id;

    /// <summary>One call in a scope of its own, as one request would be.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> call)
    {
        await using AsyncServiceScope scope = _host.Services.CreateAsyncScope();
        return await call(scope.ServiceProvider);
    }

    public Task<T> FlowAsync<T>(Func<IDocumentFlow, Task<T>> call) => InScopeAsync(services => call(services.GetRequiredService<IDocumentFlow>()));

    public Task<T> DbAsync<T>(Func<AnTinDbContext, Task<T>> call) => InScopeAsync(services => call(services.GetRequiredService<AnTinDbContext>()));

    public NewDocument Request(
        string title = "Ban hành Quy chế sử dụng phòng họp trực tuyến", string kind = "quyet-dinh",
        string? initialler = null, string? signer = null, Office? office = null)
    {
        office ??= Office.Construction;
        return new NewDocument(Organisation(office.Code), kind, title, Person(initialler ?? office.Initialler), Person(signer ?? office.Signer), "Quyết định mẫu.pdf");
    }

    public Task<Result<Guid>> TryUploadAsync(byte[] file, NewDocument? request = null, string? drafter = null, Office? office = null) =>
        FlowAsync(flow => flow.UploadAsync(
            Actor(drafter ?? (office ?? Office.Construction).Drafter), request ?? Request(office: office), new MemoryStream(file), CancellationToken.None));

    public async Task<Guid> UploadAsync(byte[] file, NewDocument? request = null, Office? office = null)
    {
        Result<Guid> uploaded = await TryUploadAsync(file, request, office: office);
        Assert.True(uploaded.IsSuccess, uploaded.Error?.ToString());
        return uploaded.Value;
    }

    public Task<Result> FreezeAsync(Guid id, string? who = null, Office? office = null) =>
        FlowAsync(flow => flow.FreezeAsync(Actor(who ?? (office ?? Office.Construction).Drafter), id, CancellationToken.None));

    public Task<Result> InitialAsync(Guid id, string? who = null, string pin = Pin, int? version = null, Office? office = null) =>
        FlowAsync(flow => flow.InitialAsync(Actor(who ?? (office ?? Office.Construction).Initialler), new SigningRequest(id, pin, Version: version), CancellationToken.None));

    public Task<Result> SignAsync(Guid id, string? who = null, string pin = Pin, int? version = null, Office? office = null) =>
        FlowAsync(flow => flow.SignAsync(Actor(who ?? (office ?? Office.Construction).Signer), new SigningRequest(id, pin, Version: version), CancellationToken.None));

    public Task<Result<IssuedNumber>> SealAsync(Guid id, string? who = null, string pin = Pin, int? version = null, Office? office = null) =>
        FlowAsync(flow => flow.SealAsync(Actor(who ?? (office ?? Office.Construction).Clerk), new SigningRequest(id, pin, Version: version), CancellationToken.None));

    /// <summary>Up to the leader's signature.</summary>
    public async Task<Guid> UploadAndSignAsync(byte[]? file = null, Office? office = null)
    {
        Guid id = await UploadAsync(file ?? Samples.Decision, office: office);
        Succeeded(await FreezeAsync(id, office: office));
        Succeeded(await InitialAsync(id, office: office));
        Succeeded(await SignAsync(id, office: office));
        return id;
    }

    public async Task<byte[]> FileAsync(Guid id, string who = "soanthao")
    {
        Result<DocumentFile> opened = await FlowAsync(flow => flow.OpenFileAsync(Actor(who), id, CancellationToken.None));
        Assert.True(opened.IsSuccess, opened.Error?.ToString());
        await using DocumentFile file = opened.Value;
        using var content = new MemoryStream();
        await file.Content.CopyToAsync(content);
        return content.ToArray();
    }

    public async Task<IssuedNumber> SealedAsync(Guid id, Office? office = null)
    {
        Result<IssuedNumber> issued = await SealAsync(id, office: office);
        Assert.True(issued.IsSuccess, issued.Error?.ToString());
        return issued.Value;
    }

    public Task<Result> ReturnAsync(Guid id, string who, string reason = "Cần sửa") => FlowAsync(flow => flow.ReturnAsync(Actor(who), id, reason, CancellationToken.None));

    public Task<IReadOnlyList<EvidenceView>> EvidenceAsync(Guid id) => InScopeAsync(services =>
        services.GetRequiredService<IEvidenceReader>().OfSubjectAsync(new EvidenceSubject("document", id.ToString("D")), CancellationToken.None));

    public Task<ValidationReport> ValidateAsync(byte[] file) => InScopeAsync(services =>
        services.GetRequiredService<IDocumentValidator>().ValidateAsync(new MemorySource(file), CancellationToken.None));

    public static void Succeeded(Result result) => Assert.True(result.IsSuccess, result.Error?.ToString());

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
