using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Evidence;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AnTin.Modules.Tests.Documents;

/// <summary>Numbers: one series a year for paper and electronic documents, without gaps and doubles, whoever takes them at once.</summary>
[Collection(Office.ScienceOnly)]
public sealed class RegisterTests(Hosts hosts)
{
    public static TheoryData<StoreKind> Stores => [StoreKind.Sqlite, StoreKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Parallel_seals_and_paper_entries_take_every_number_once(StoreKind kind)
    {
        DocumentsHost host = await hosts.GetAsync(kind);
        int before = (await NumbersAsync(host)).LastOrDefault();
        var signed = new List<Guid>();
        for (int i = 0; i < 6; i++)
            signed.Add(await host.UploadAndSignAsync(office: Office.Science));

        Task<Result<IssuedNumber>>[] seals = [.. signed.Select(id => Task.Run(() => host.SealAsync(id, office: Office.Science)))];
        Task<Result<IssuedNumber>>[] papers = [.. Enumerable.Range(0, 6).Select(i => Task.Run(() => PaperAsync(host, $"Công văn giấy {i}", Guid.CreateVersion7())))];
        Result<IssuedNumber>[] results = await Task.WhenAll(seals.Concat(papers));

        Assert.All(results, result => Assert.True(result.IsSuccess, result.Error?.ToString()));
        Assert.Equal(Enumerable.Range(before + 1, 12), results.Select(result => result.Value.Number).Order());
        Assert.Equal(Enumerable.Range(1, before + 12), await NumbersAsync(host));
    }

    [Fact]
    public async Task Two_nodes_on_one_database_share_the_series()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL is not installed");
        using var folder = new TempFolder();
        await using DocumentsHost first = await DocumentsHost.StartAsync(StoreKind.PostgreSql, folder: folder);
        await using DocumentsHost second = await first.SecondNodeAsync(folder);
        var signed = new List<Guid>();
        for (int i = 0; i < 6; i++)
            signed.Add(await first.UploadAndSignAsync(office: Office.Science));

        Result<IssuedNumber>[] results = await Task.WhenAll(signed.Select((id, i) => Task.Run(() => (i % 2 == 0 ? first : second).SealAsync(id, office: Office.Science))));

        Assert.All(results, result => Assert.True(result.IsSuccess, result.Error?.ToString()));
        Assert.Equal(Enumerable.Range(1, 6), results.Select(result => result.Value.Number).Order());
        foreach (Guid id in signed)
            await Witnesses.AssertSoundAsync(await first.FileAsync(id, Office.Science.Drafter), signatures: 3);
    }

    [Fact]
    public async Task The_series_begins_anew_with_the_year_in_Vietnam()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 31, 16, 0, 0, TimeSpan.Zero));
        await using DocumentsHost host = await DocumentsHost.StartAsync(time: clock);
        Result<IssuedNumber> last = await PaperAsync(host, "Công văn cuối năm", Guid.CreateVersion7());
        Guid printedFor2026 = await host.UploadAndSignAsync(office: Office.Science);

        // 31 December 17:00 UTC is midnight in Vietnam.
        clock.Advance(TimeSpan.FromHours(1));
        Result<IssuedNumber> first = await PaperAsync(host, "Công văn đầu năm", Guid.CreateVersion7());
        Result<IssuedNumber> tooLate = await host.SealAsync(printedFor2026, office: Office.Science);

        Assert.Equal((2026, 1, new DateOnly(2026, 12, 31)), (last.Value.Year, last.Value.Number, last.Value.IssuedOn));
        Assert.Equal((2027, 1, new DateOnly(2027, 1, 1)), (first.Value.Year, first.Value.Number, first.Value.IssuedOn));
        Assert.Equal("documents.printed-year", tooLate.Error?.Code);
    }

    [Fact]
    public async Task A_paper_form_sent_twice_takes_one_number_and_its_evidence_says_what_it_is()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        var request = Guid.CreateVersion7();

        Result<IssuedNumber>[] results = await Task.WhenAll(PaperAsync(host, "V/v báo cáo", request), PaperAsync(host, "V/v báo cáo", request));

        Assert.Equal(results[0].Value, results[1].Value);
        Assert.EndsWith("/SKHCN", results[0].Value.Symbol, StringComparison.Ordinal);
        EvidenceView entry = Assert.Single(await host.EvidenceAsync(request));
        Assert.Equal(DocumentActs.PaperRegistered, entry.Record.Act);
        Assert.False(entry.Record.Details.GetProperty("sealed").GetBoolean());
        Assert.Equal("H99.06", entry.Record.Details.GetProperty("organisationCode").GetString());
    }

    [Fact]
    public async Task Only_the_clerk_of_the_organisation_registers_paper()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        foreach (string other in (string[])["soanthao2", "giamdoc2", "vanthu"])
            Assert.Equal("documents.clerk-only", (await PaperAsync(host, "V/v báo cáo", Guid.CreateVersion7(), other)).Error?.Code);
    }

    private static Task<Result<IssuedNumber>> PaperAsync(DocumentsHost host, string title, Guid request, string clerk = "vanthu2") =>
        host.FlowAsync(flow => flow.RegisterPaperAsync(
            host.Actor(clerk), new PaperDocument(host.Organisation("H99.06"), "cong-van", title, "Đỗ Thị Bích Vân", request), CancellationToken.None));

    private static Task<List<int>> NumbersAsync(DocumentsHost host)
    {
        Guid organisation = host.Organisation("H99.06").Value;
        return host.DbAsync(db => db.Set<RegisterEntry>().Where(e => e.OrganisationId == organisation).OrderBy(e => e.Number).Select(e => e.Number).ToListAsync());
    }
}
