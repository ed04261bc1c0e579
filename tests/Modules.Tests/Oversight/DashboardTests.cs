using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Oversight;
using AnTin.Contracts.Platform;
using AnTin.Modules.Oversight.Persistence;
using AnTin.Platform.Evidence.Tree;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;
using static AnTin.Modules.Tests.Oversight.IssuedEntries;

namespace AnTin.Modules.Tests.Oversight;

/// <summary>Two agencies with documents in one month and one in the month before.</summary>
public sealed class DashboardHost : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    internal OversightHost Oversight { get; private set; } = null!;

    public static Guid Document(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 3]);

    public async ValueTask InitializeAsync()
    {
        Oversight = await OversightHost.StartAsync(demo: true);
        OrganisationInfo a = await Oversight.OrganisationAsync("H99.05");
        OrganisationInfo b = await Oversight.OrganisationAsync("H99.06");
        await Oversight.RecordAsync(
            Evidence(Details(Document(1), a.Code, a.Name, Day, 1), a.Id.Value),
            Evidence(Details(Document(2), a.Code, a.Name, Day, 2, signed: false), a.Id.Value),
            Evidence(Details(Document(3), a.Code, a.Name, Day, 3, isSealed: false), a.Id.Value),
            Evidence(Details(Document(4), b.Code, b.Name, Day, 1), b.Id.Value),
            Evidence(Details(Document(5), b.Code, b.Name, Day.AddMonths(-1), 9), b.Id.Value));
        await Oversight.FollowAsync();
    }

    public ValueTask DisposeAsync() => Oversight.DisposeAsync();
}

public sealed partial class DashboardTests(DashboardHost shared) : IClassFixture<DashboardHost>
{
    private const string Address = "/dashboard?period=2026-11&lang=en";

    private OversightHost Oversight => shared.Oversight;

    [Fact]
    public async Task The_dashboard_equals_what_is_recomputed_from_an_export()
    {
        using HttpClient inspector = await Oversight.Host.SignInAsync("thanhtra");

        IReadOnlyList<IssuedDocumentsRow> shown = Rows(await inspector.GetStringAsync(Address));
        IssuedDocumentsFigure computed = FigureCalculator.Compute(
            await ExportedAsync(inspector), new Period(2026, 11));

        Assert.Equal([.. computed.Rows.Select(r => r with { OrganisationName = "" }), computed.Total], shown);
        Assert.Equal(4, computed.Total.Issued);
    }

    [Fact]
    public async Task Every_figure_opens_exactly_as_many_documents_as_it_says()
    {
        using HttpClient chairman = await Oversight.Host.SignInAsync("chutich");

        (string Href, int Count)[] links = [.. CountLink().Matches(await chairman.GetStringAsync(Address))
            .Select(m => (WebUtility.HtmlDecode(m.Groups["href"].Value), int.Parse(m.Groups["count"].Value, CultureInfo.InvariantCulture)))];

        Assert.Equal(9, links.Length);
        foreach ((string href, int count) in links)
            Assert.Equal(count, EvidenceLink().Count(await chairman.GetStringAsync(href + "&lang=en")));
    }

    [Fact]
    public async Task A_leader_sees_his_agency_alone()
    {
        using HttpClient leader = await Oversight.Host.SignInAsync("giamdoc2");

        Assert.Equal(["H99.06", ""], Rows(await leader.GetStringAsync(Address)).Select(r => r.OrganisationCode));
        string foreign = await leader.GetStringAsync("/dashboard/issued?period=2026-11&org=H99.05&lang=en");
        Assert.Empty(EvidenceLink().Matches(foreign));
    }

    [Theory]
    [InlineData("soanthao", "/dashboard")]
    [InlineData("vanthu", "/dashboard/issued")]
    [InlineData("soanthao", "/evidence")]
    [InlineData("chutich", "/evidence")]
    public async Task Others_are_told_that_the_page_is_not_theirs(string account, string path)
    {
        using HttpClient client = await Oversight.Host.SignInAsync(account);

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_total_that_does_not_equal_its_list_is_shown_in_red()
    {
        using HttpClient chairman = await Oversight.Host.SignInAsync("chutich");
        Assert.DoesNotContain("class=\"bad\"", await chairman.GetStringAsync(Address), StringComparison.Ordinal);

        await Oversight.ChangeAsync(db => db.Set<IssuedRollup>().Where(r => r.OrganisationCode == "H99.05" && r.Period == "2026-11")
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.PersonallySigned, 3)));

        string page = await chairman.GetStringAsync(Address);
        await Oversight.ChangeAsync(db => db.Set<IssuedRollup>().Where(r => r.OrganisationCode == "H99.05" && r.Period == "2026-11")
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.PersonallySigned, 2)));
        Assert.Contains("<tr class=\"bad\">", page, StringComparison.Ordinal);
        Assert.Contains("The figures do not add up", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dashboard?period=2026-99")]
    [InlineData("/dashboard?period=%00")]
    [InlineData("/dashboard?period=9999-12")]
    [InlineData("/dashboard?period=0001-01")]
    [InlineData("/dashboard/issued?period=x&org=%27%20OR%201=1&signed=maybe&page=99999999999&sort=;drop&dir=up")]
    [InlineData("/dashboard/issued?page=1000000")]
    [InlineData("/evidence?before=-1&act=%3Cscript%3E&org=zzz&subject=%27")]
    [InlineData("/evidence?before=99999999999999999999")]
    public async Task Strange_addresses_are_answered_with_a_page(string address)
    {
        using HttpClient inspector = await Oversight.Host.SignInAsync("thanhtra");

        HttpResponseMessage answer = await inspector.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_evidence_page_finds_the_entry_of_a_document()
    {
        using HttpClient inspector = await Oversight.Host.SignInAsync("thanhtra");

        string page = await inspector.GetStringAsync($"/evidence?subject={DashboardHost.Document(2)}&lang=en");

        Assert.Single(EvidenceLink().Matches(page));
        Assert.Contains($"/documents/{DashboardHost.Document(2)}/evidence", page, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<FigureEntry>> ExportedAsync(HttpClient inspector)
    {
        using var zip = new ZipArchive(new MemoryStream(await inspector.GetByteArrayAsync("/api/v1/audit/export")), ZipArchiveMode.Read);
        using var lines = new StreamReader(zip.GetEntry(ExportNames.Entries)!.Open());
        var entries = new List<FigureEntry>();
        while (await lines.ReadLineAsync() is { } line)
        {
            var record = EvidenceRecord.Decode(line, "entry");
            entries.Add(new FigureEntry(record.Act, record.Details));
        }
        return entries;
    }

    /// <summary>Rows of the table in their order, the total last with an empty code.</summary>
    private static IReadOnlyList<IssuedDocumentsRow> Rows(string page) =>
        [.. TableRow().Matches(page).Select(row =>
        {
            int[] counts = [.. CountLink().Matches(row.Value).Select(m => int.Parse(m.Groups["count"].Value, CultureInfo.InvariantCulture))];
            return new IssuedDocumentsRow(Code().Match(row.Value).Groups["code"].Value, "", counts[0], counts[1], counts[2]);
        })];

    [GeneratedRegex("""<a href="(?<href>/dashboard/issued[^"]*)">(?<count>\d+)</a>""")]
    private static partial Regex CountLink();

    [GeneratedRegex("""<a href="/documents/[^"]*/evidence">""")]
    private static partial Regex EvidenceLink();

    [GeneratedRegex("""<tr[^>]*><th scope="row".*?</tr>""", RegexOptions.Singleline)]
    private static partial Regex TableRow();

    [GeneratedRegex("""<span class="muted">(?<code>[^<]+)</span>""")]
    private static partial Regex Code();
}
