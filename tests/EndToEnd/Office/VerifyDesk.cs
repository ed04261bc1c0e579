using Microsoft.Playwright;

namespace AnTin.EndToEnd.Office;

/// <summary>What the public page says of a file, read from the page.</summary>
/// <param name="Verdict">The headline; empty when the request itself was refused.</param>
/// <param name="Refusal">Why the file was not taken; empty otherwise.</param>
/// <param name="Signatures">The text of every signature's card, in order.</param>
internal sealed record VerifyAnswer(string Verdict, string Refusal, IReadOnlyList<string> Signatures);

/// <summary>Anybody, without an account, at /verify.</summary>
internal sealed class VerifyDesk(Portal portal)
{
    public async Task<VerifyAnswer> VerifyAsync(byte[] file, VisitorOptions? options = null, string name = "van-ban.pdf")
    {
        await using Visitor anybody = await portal.OpenAsync(options);
        await anybody.GoAsync("/verify");
        await anybody.Page.SetInputFilesAsync("[name=file]", new FilePayload { Name = name, MimeType = "application/pdf", Buffer = file });
        await anybody.Page.ClickAsync("main form button");
        await anybody.Page.WaitForSelectorAsync(".verdict, main .notice.bad");
        return await ReadAsync(anybody.Page);
    }

    private static async Task<VerifyAnswer> ReadAsync(IPage page)
    {
        if (await page.Locator(".verdict").CountAsync() == 0)
            return new VerifyAnswer("", await page.Locator("main .notice.bad").First.InnerTextAsync(), []);
        return new VerifyAnswer(
            await page.Locator(".verdict h2").InnerTextAsync(),
            "",
            await page.Locator("article.signature").AllInnerTextsAsync());
    }
}
