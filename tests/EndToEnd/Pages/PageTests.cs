using System.Text.Json;
using System.Text.RegularExpressions;
using AnTin.EndToEnd.Office;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AnTin.EndToEnd.Pages;

/// <summary>What holds for every page: status, accessibility, weight, both languages, phone width, life without scripts.</summary>
public sealed partial class PageTests(Portal portal)
{
    public static TheoryData<PortalPage> Pages => [.. PortalPages.All];

    public static TheoryData<PortalPage> PagesToRead => [.. PortalPages.All.Where(page => page.Name is not "document-place")];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing_serious(PortalPage page)
    {
        await using Visitor visitor = await VisitAsync(page, new VisitorOptions());

        AxeResult result = await visitor.Page.RunAxe();

        string[] faults = [.. result.Violations.Where(v => v.Impact is "serious" or "critical")
            .SelectMany(v => v.Nodes.Select(n => $"{v.Impact} {v.Id}: {v.Help} – {n.Html}"))];
        Assert.True(faults.Length == 0, $"{page.Name}:\n{string.Join('\n', faults)}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task First_view_is_light(PortalPage page)
    {
        await using Visitor visitor = await OpenAsync(page, new VisitorOptions());
        ICDPSession network = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.setCacheDisabled", new Dictionary<string, object> { ["cacheDisabled"] = true });
        double bytes = 0;
        string encoding = "";
        network.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
        network.Event("Network.responseReceived").OnEvent += (_, e) => encoding = DocumentEncoding(e!.Value) ?? encoding;

        await visitor.Page.GotoAsync(await portal.Day.PathAsync(page), new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.Equal("br", encoding);
        Assert.InRange(bytes, 1, page.Budget);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task English_pages_carry_no_Vietnamese_besides_data(PortalPage page)
    {
        await using Visitor visitor = await VisitAsync(page, new VisitorOptions(English: true));

        Assert.Equal("en", await visitor.Page.GetAttributeAsync("html", "lang"));
        string text = await visitor.Page.EvaluateAsync<string>(
            "() => { document.querySelectorAll('[lang=vi], pre').forEach(e => e.remove()); document.querySelectorAll('details').forEach(d => d.open = true);"
            + " return document.title + '\\n' + document.body.innerText + '\\n'"
            + " + [...document.querySelectorAll('[placeholder],[aria-label],[title],[data-label],[alt]')].map(e => ['placeholder','aria-label','title','data-label','alt'].map(a => e.getAttribute(a) || '').join(' ')).join('\\n'); }");
        foreach (string data in await KnownData.AllAsync(portal))
            text = text.Replace(data, "", StringComparison.OrdinalIgnoreCase);
        string[] left = [.. text.Split('\n').Where(line => VietnameseLetter().IsMatch(line))];
        Assert.True(left.Length == 0, $"{page.Name}:\n{string.Join('\n', left)}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Vietnamese_is_the_language_unless_asked_otherwise(PortalPage page)
    {
        await using Visitor visitor = await VisitAsync(page, new VisitorOptions());

        Assert.Equal("vi", await visitor.Page.GetAttributeAsync("html", "lang"));
        Assert.Matches(VietnameseLetter(), await visitor.TitleAsync());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_sticks_out_on_a_phone(PortalPage page)
    {
        await using Visitor visitor = await VisitAsync(page, new VisitorOptions(Width: 390, Height: 844));

        int width = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= 390, $"{page.Name} is {width} pixels wide");
    }

    [Theory]
    [MemberData(nameof(PagesToRead))]
    public async Task Reads_the_same_without_scripts(PortalPage page)
    {
        await using Visitor with = await VisitAsync(page, new VisitorOptions());
        await using Visitor without = await VisitAsync(page, new VisitorOptions(Scripts: false));

        Assert.Equal(await with.TitleAsync(), await without.TitleAsync());
        Assert.Equal(await with.Page.Locator("main a, main button").CountAsync(), await without.Page.Locator("main a, main button").CountAsync());
    }

    /// <summary>Pictures for people who judge the looks: into ANTIN_SCREENS (<c>./dev screens</c>).</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Pages))]
    [Trait("Category", "Screens")]
    public async Task Has_a_picture_in_both_sizes(PortalPage page)
    {
        foreach ((int width, int height) in new[] { (1366, 768), (390, 844) })
        {
            await using Visitor visitor = await VisitAsync(page, new VisitorOptions(Width: width, Height: height));
            byte[] picture = await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true });
            Assert.NotEmpty(picture);
            Screens.Keep($"{page.Name}-{width}.png", picture);
        }
    }

    private async Task<Visitor> VisitAsync(PortalPage page, VisitorOptions options)
    {
        Visitor visitor = await OpenAsync(page, options);
        IResponse answer = await visitor.GoAsync(await portal.Day.PathAsync(page));
        Assert.Equal(page.Status, answer.Status);
        return visitor;
    }

    private Task<Visitor> OpenAsync(PortalPage page, VisitorOptions options) =>
        page.Account is null ? portal.OpenAsync(options) : portal.SignInAsync(page.Account, options);

    private static string? DocumentEncoding(JsonElement received)
    {
        if (received.GetProperty("type").GetString() != "Document")
            return null;
        return received.GetProperty("response").GetProperty("headers").EnumerateObject()
            .Where(header => header.Name.Equals("content-encoding", StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value.GetString())
            .FirstOrDefault() ?? "none";
    }

    // Letters that English has not; é it has (communiqué).
    [GeneratedRegex("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", RegexOptions.IgnoreCase)]
    private static partial Regex VietnameseLetter();
}
