using System.Net;
using System.Text.RegularExpressions;
using AnTin.TestKit.Hosting;

namespace AnTin.Apps.Tests.Faults;

/// <summary>
/// The people of the demonstration at work over HTTP, as stubborn as people are: whatever happened to the server, each looks at the page, and
/// does what it still offers. Every method can be repeated at will.
/// </summary>
internal sealed partial class Clerkship(Uri address, string title) : IDisposable
{
    private const string Pin = "246810";
    private const int Tries = 8;

    private readonly Dictionary<string, HttpClient> _people = new(StringComparer.Ordinal);
    private string? _document;

    public string Document => _document ?? throw new InvalidOperationException("Nothing is uploaded yet.");

    public async Task UploadAsync(byte[] pdf, CancellationToken ct)
    {
        HttpClient drafter = await PersonAsync("soanthao");
        if (_document is null && await FindAsync(drafter, ct) is { } found)
            _document = found;
        if (_document is not null)
            return;
        string page = await drafter.GetStringAsync("/documents/new", ct);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Value(page, "__RequestVerificationToken")), "__RequestVerificationToken" },
            { new StringContent(Value(page, "organisation")), "organisation" },
            { new StringContent("quyet-dinh"), "kind" },
            { new StringContent(title), "title" },
            { new StringContent(Option(page, "initialler", "Trần Minh Khôi")), "initialler" },
            { new StringContent(Option(page, "signer", "Phạm Quốc Bảo")), "signer" },
            { new ByteArrayContent(pdf), "file", "van-ban.pdf" },
        };
        HttpResponseMessage answer = await drafter.PostAsync("/documents", form, ct);
        Match place = DocumentPath().Match(answer.Headers.Location?.ToString() ?? "");
        Assert.True(place.Success, $"The upload went to {answer.Headers.Location}.");
        _document = place.Value;
    }

    public Task FreezeAsync(CancellationToken ct) => ActAsync("soanthao", "freeze", $"{Document}/place", "name=\"then\" value=\"freeze\"", [], ct);

    public Task InitialAsync(CancellationToken ct) => ActAsync("truongphong", "initial", Document, $"action=\"{Document}/initial\"", [new("pin", Pin)], ct);

    public Task SignAsync(CancellationToken ct) => ActAsync("giamdoc", "sign", Document, $"action=\"{Document}/sign\"", [new("pin", Pin)], ct);

    public Task SealAsync(CancellationToken ct) => ActAsync("vanthu", "seal", Document, $"action=\"{Document}/seal\"", [new("pin", Pin)], ct);

    /// <summary>Enters a paper document; the number it got.</summary>
    public async Task<int> RegisterPaperAsync(CancellationToken ct)
    {
        HttpClient clerk = await PersonAsync("vanthu");
        string page = await clerk.GetStringAsync("/register", ct);
        HttpResponseMessage answer = await clerk.PostFormAsync("/register", "/register/paper",
            new("organisation", Value(page, "organisation")), new("request", Value(page, "request")), new("kind", "cong-van"),
            new("title", "Công văn giấy"), new("signer", "Phạm Quốc Bảo"));
        Match taken = Taken().Match(answer.Headers.Location?.ToString() ?? "");
        Assert.True(taken.Success, $"The register answered {answer.Headers.Location}.");
        return int.Parse(taken.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task<byte[]> DownloadAsync(CancellationToken ct) => await (await PersonAsync("vanthu")).GetByteArrayAsync($"{Document}/file", ct);

    public async Task<byte[]> ExportEvidenceAsync(CancellationToken ct) => await (await PersonAsync("thanhtra")).GetByteArrayAsync("/api/v1/audit/export", ct);

    public void Dispose()
    {
        foreach (HttpClient client in _people.Values)
            client.Dispose();
    }

    // A page that no longer offers the act says that it is done; the evidence, read at the end, says whether that is true.
    private async Task ActAsync(string account, string verb, string page, string offer, KeyValuePair<string, string>[] fields, CancellationToken ct)
    {
        HttpClient person = await PersonAsync(account);
        string? went = null;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            HttpResponseMessage shown = await person.GetAsync(page, ct);
            string html = shown.StatusCode == HttpStatusCode.OK ? await shown.Content.ReadAsStringAsync(ct) : "";
            if (!html.Contains(offer, StringComparison.Ordinal))
                return;
            HttpResponseMessage answer = await person.PostFormAsync(page, $"{Document}/{verb}", fields);
            went = answer.Headers.Location?.ToString();
            await Task.Delay(200 * attempt, ct);
        }
        Assert.Fail($"{account} cannot {verb}: {went}");
    }

    private async Task<string?> FindAsync(HttpClient drafter, CancellationToken ct)
    {
        string list = await drafter.GetStringAsync("/documents", ct);
        int at = WebUtility.HtmlDecode(list).IndexOf(title, StringComparison.Ordinal);
        return at < 0 ? null : DocumentPath().Match(list).Value;
    }

    private async Task<HttpClient> PersonAsync(string account)
    {
        if (_people.TryGetValue(account, out HttpClient? known))
            return known;
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        HttpResponseMessage answer = await client.PostFormAsync("/login", "/login", new("userName", account), new("password", TestSignIn.DemoPassword));
        Assert.Equal("/", answer.Headers.Location?.ToString());
        _people[account] = client;
        return client;
    }

    private static string Value(string page, string name) =>
        Regex.Match(page, $"name=\"{name}\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["value"].Value;

    private static string Option(string page, string select, string label)
    {
        int from = page.IndexOf($"name=\"{select}\"", StringComparison.Ordinal);
        string options = WebUtility.HtmlDecode(page[from..page.IndexOf("</select>", from, StringComparison.Ordinal)]);
        Match option = Regex.Match(options, $"value=\"(?<value>[^\"]+)\"[^>]*>[^<]*{Regex.Escape(label)}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        Assert.True(option.Success, $"{select} does not offer {label}: {options}");
        return option.Groups["value"].Value;
    }

    [GeneratedRegex("/documents/[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex DocumentPath();

    [GeneratedRegex("taken=(?<number>[0-9]+)")]
    private static partial Regex Taken();
}
