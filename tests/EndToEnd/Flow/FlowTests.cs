using System.Text.Json;
using AnTin.EndToEnd.Office;
using AnTin.TestKit;
using Microsoft.Playwright;

namespace AnTin.EndToEnd.Flow;

/// <summary>The main job of the portal, on a person's own PDF, from the drafter's upload to anybody's verification.</summary>
public sealed class FlowTests(Portal portal, IssuedFixture issued) : IClassFixture<IssuedFixture>
{
    private readonly VerifyDesk _verify = new(portal);

    [Fact]
    public async Task Each_person_in_turn_is_shown_the_one_next_action()
    {
        var desk = new DocumentDesk(portal);
        const string title = "Về việc kiểm tra từng người một việc";

        string document = await desk.UploadAsync(title);
        await desk.FreezeAsync(document);
        await SeesAsync("truongphong", title, document);
        Assert.NotEmpty(await desk.InitialAsync(document));
        await SeesAsync("giamdoc", title, document);
        Assert.NotEmpty(await desk.SignAsync(document));
        await SeesAsync("vanthu", title, document);
        string done = await desk.SealAsync(document);

        Assert.Matches(@"\d+/QĐ-SXD", done + await TextAsync("vanthu", document));
        foreach (string account in new[] { "soanthao", "truongphong", "giamdoc", "vanthu" })
            Assert.DoesNotContain(title, await TextAsync(account, "/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Anybody_is_told_in_plain_words_who_signed_in_what_capacity_and_that_nothing_changed(bool scripts)
    {
        VerifyAnswer answer = await _verify.VerifyAsync(issued.File, new VisitorOptions(Scripts: scripts));

        Assert.Equal("Hợp lệ", answer.Verdict);
        Assert.Collection(answer.Signatures,
            initial => Says(initial, "Trần Minh Khôi", "Ký nháy"),
            official => Says(official, "Phạm Quốc Bảo", "Chữ ký chính thức"),
            seal => Says(seal, "SỞ XÂY DỰNG", "Dấu của cơ quan"));
        Assert.All(answer.Signatures, text => Says(text, "Chuyên dùng công vụ", "Không bị sửa", "Chữ ký đúng"));
    }

    [Fact]
    public async Task The_interface_says_the_same_as_the_page()
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var form = new MultipartFormDataContent { { new ByteArrayContent(issued.File), "file", "van-ban.pdf" } };

        HttpResponseMessage answer = await client.PostAsync("/api/v1/validations", form);
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("valid", report.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(["initial", "official", "seal"], report.RootElement.GetProperty("signatures").EnumerateArray().Select(s => s.GetProperty("role").GetString()));
        Assert.All(report.RootElement.GetProperty("signatures").EnumerateArray(), s =>
        {
            Assert.Equal("TOTAL_PASSED", s.GetProperty("indication").GetString());
            Assert.Equal("official-duty", s.GetProperty("certificateClass").GetString());
        });
    }

    [Fact]
    public async Task Outside_witnesses_agree_on_the_downloaded_file()
    {
        Assert.SkipUnless(OutsideTool.Exists("pdfsig") && OutsideTool.Exists("qpdf"), "pdfsig or qpdf is not installed");
        using var folder = new TempFolder();
        string path = BrokenFiles.Write(folder, "issued.pdf", issued.File);

        ToolRun pdfsig = await OutsideTool.RunAsync("pdfsig", "-nocert", path);
        ToolRun qpdf = await OutsideTool.RunAsync("qpdf", "--check", path);

        Assert.Equal(3, pdfsig.Output.Split("Signature Validation: Signature is Valid.").Length - 1);
        Assert.Contains("Total document signed", pdfsig.Output[pdfsig.Output.LastIndexOf("Signature #", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.True(qpdf.ExitCode == 0, qpdf.Everything);
    }

    [Fact]
    public async Task The_figure_opens_the_document_and_the_document_its_evidence()
    {
        await using Visitor chairman = await portal.SignInAsync("chutich");
        await WaitForFigureAsync(chairman);

        await chairman.Page.ClickAsync("tfoot a >> nth=0");
        await chairman.Page.ClickAsync($"text={IssuedFixture.Title}");

        string evidence = await chairman.Page.Locator("main").InnerTextAsync();
        Says(evidence, "Ký nháy", "Ký chính thức", "Nguyễn Thu Hà", "Trần Minh Khôi", "Phạm Quốc Bảo", "Võ Thị Kim Ngân");
    }

    [Fact]
    public async Task The_flow_works_without_scripts_but_for_dragging()
    {
        await using Visitor drafter = await portal.SignInAsync("soanthao", new VisitorOptions(Scripts: false));
        await drafter.GoAsync("/documents/new");
        const string title = "Về việc tải lên không cần mã kịch bản";
        portal.Titles.Add(title);
        await drafter.Page.FillAsync("[name=title]", title);
        await drafter.Page.SelectOptionAsync("[name=initialler]", new SelectOptionValue { Index = 1 });
        await drafter.Page.SelectOptionAsync("[name=signer]", new SelectOptionValue { Label = await LabelAsync(drafter.Page, "signer", "Phạm Quốc Bảo") });
        await drafter.Page.SetInputFilesAsync("[name=file]", DocumentDesk.Sample);
        await drafter.Page.ClickAsync("form[data-upload] button");

        Assert.Matches(@"/documents/[0-9a-f-]{36}", drafter.Page.Url);
    }

    // The figure follows the log by a second or two.
    private static async Task WaitForFigureAsync(Visitor chairman)
    {
        for (int tries = 0; tries < 60; tries++)
        {
            await chairman.GoAsync("/dashboard/issued");
            if ((await chairman.Page.Locator("main").InnerTextAsync()).Contains(IssuedFixture.Title, StringComparison.Ordinal))
                break;
            await Task.Delay(250);
        }
        await chairman.GoAsync("/dashboard");
    }

    private static async Task<string> LabelAsync(IPage page, string field, string name) =>
        await page.Locator($"select[name={field}] option", new PageLocatorOptions { HasText = name }).First.InnerTextAsync();

    private async Task SeesAsync(string account, string title, string document)
    {
        await using Visitor person = await portal.SignInAsync(account);
        await person.GoAsync("/");
        ILocator card = person.Page.Locator(".next, .rows li", new PageLocatorOptions { HasText = title }).First;
        Assert.Equal(document, await card.Locator("a").First.GetAttributeAsync("href"));
        Assert.Equal(1, await person.Page.Locator(".next a.primary").CountAsync());
    }

    private async Task<string> TextAsync(string account, string path)
    {
        await using Visitor person = await portal.SignInAsync(account);
        await person.GoAsync(path);
        return await person.Page.Locator("main").InnerTextAsync();
    }

    private static void Says(string text, params string[] parts)
    {
        foreach (string part in parts)
            Assert.Contains(part, text, StringComparison.Ordinal);
    }
}
