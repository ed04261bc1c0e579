using Microsoft.Playwright;

namespace AnTin.EndToEnd.Office;

/// <summary>The main job of the portal as people do it, page by page: every step is a person with a browser of his own.</summary>
internal sealed class DocumentDesk(Portal portal)
{
    public const string OfficerPin = "246810";

    public static readonly string Sample = AnTin.TestKit.Repository.PathOf("samples", "quyet-dinh-mau.pdf");

    /// <summary>Who takes part; by default the people of Sở Xây dựng.</summary>
    public sealed record People(string Drafter = "soanthao", string Initials = "truongphong", string Signer = "giamdoc", string Clerk = "vanthu");

    public People Staff { get; init; } = new();

    /// <summary>Uploads a PDF and names who initials and who signs.</summary>
    /// <returns>The document's path, <c>/documents/{id}</c>; null when the upload was refused (see <paramref name="refusal"/>).</returns>
    public async Task<string> UploadAsync(string title, string? file = null, string? signerName = null)
    {
        await using Visitor drafter = await portal.SignInAsync(Staff.Drafter);
        await FillUploadAsync(drafter.Page, title, file ?? Sample, signerName);
        await drafter.Page.WaitForURLAsync(url => Uri.TryCreate(url, UriKind.Absolute, out Uri? at) && DocumentPath(at) is not null);
        return DocumentPath(new Uri(drafter.Page.Url))!;
    }

    /// <summary>Tries to upload a file that must not be taken.</summary>
    /// <returns>What the page says.</returns>
    public async Task<string> UploadRefusedAsync(string title, string file)
    {
        await using Visitor drafter = await portal.SignInAsync(Staff.Drafter);
        await FillUploadAsync(drafter.Page, title, file, signerName: null);
        await drafter.Page.WaitForSelectorAsync("main .notice.bad");
        return await drafter.Page.Locator("main .notice.bad").First.InnerTextAsync();
    }

    public async Task FreezeAsync(string document)
    {
        await using Visitor drafter = await portal.SignInAsync(Staff.Drafter);
        await drafter.GoAsync(document + "/place");
        await drafter.Page.ClickAsync("button[name=then][value=freeze]");
        await drafter.Page.WaitForURLAsync("**" + document + "?notice=*");
    }

    /// <summary>The same act as a person would send who found a way around the page: the form's fields with a token, but no page offered them.</summary>
    /// <returns>What the page says that the answer leads to.</returns>
    public async Task<string> PushAsync(string account, string document, string verb, string pin = OfficerPin)
    {
        await using Visitor person = await portal.SignInAsync(account);
        await person.GoAsync("/documents");
        string token = await person.Page.Locator("[name=__RequestVerificationToken]").First.InputValueAsync();
        IFormData form = person.Page.Context.APIRequest.CreateFormData();
        form.Set("__RequestVerificationToken", token);
        form.Set("pin", pin);
        IAPIResponse answer = await person.Page.Context.APIRequest.PostAsync($"{document}/{verb}", new APIRequestContextOptions { Form = form, MaxRedirects = 0 });
        Assert.Equal(303, answer.Status);
        await person.GoAsync(answer.Headers["location"]);
        return await person.MessageAsync();
    }

    public Task<string> InitialAsync(string document) => ActAsync(Staff.Initials, document, "initial");

    public Task<string> SignAsync(string document) => ActAsync(Staff.Signer, document, "sign");

    public Task<string> SealAsync(string document) => ActAsync(Staff.Clerk, document, "seal");

    /// <summary>One signing act through its form; returns what the page says afterwards.</summary>
    public async Task<string> ActAsync(string account, string document, string verb, string pin = OfficerPin)
    {
        await using Visitor person = await portal.SignInAsync(account);
        await person.GoAsync(document);
        await person.Page.FillAsync($"form[action$='/{verb}'] [name=pin]", pin);
        await person.Page.ClickAsync($"form[action$='/{verb}'] button");
        await person.Page.WaitForSelectorAsync("main > .notice");
        return await person.MessageAsync();
    }

    /// <summary>The whole flow; the returned file is what anybody downloads.</summary>
    public async Task<(string Document, byte[] File)> IssueAsync(string title, string? file = null)
    {
        string document = await UploadAsync(title, file);
        await FreezeAsync(document);
        await InitialAsync(document);
        await SignAsync(document);
        await SealAsync(document);
        return (document, await DownloadAsync(Staff.Clerk, document));
    }

    public async Task<byte[]> DownloadAsync(string account, string document)
    {
        await using Visitor person = await portal.SignInAsync(account);
        IAPIResponse answer = await person.Page.Context.APIRequest.GetAsync(document + "/file");
        Assert.True(answer.Ok, $"{document}/file answered {answer.Status}");
        return await answer.BodyAsync();
    }

    private async Task FillUploadAsync(IPage page, string title, string file, string? signerName)
    {
        await page.GotoAsync("/documents/new");
        await page.FillAsync("[name=title]", title);
        portal.Titles.Add(title);
        await ChooseAsync(page, "initialler", name: null);
        await ChooseAsync(page, "signer", signerName ?? "Phạm Quốc Bảo");
        await page.SetInputFilesAsync("[name=file]", file);
        await page.ClickAsync("form[data-upload] button");
    }

    // By name, or the one that is chosen already, or the first there is.
    private static async Task ChooseAsync(IPage page, string field, string? name)
    {
        ILocator select = page.Locator($"select[name={field}]");
        if (name is not null)
            await select.SelectOptionAsync(await select.Locator("option", new() { HasText = name }).First.GetAttributeAsync("value") ?? "");
        else if ((await select.InputValueAsync()).Length == 0)
            await select.SelectOptionAsync(new SelectOptionValue { Index = 1 });
    }

    private static string? DocumentPath(Uri at) =>
        at.AbsolutePath.Split('/') is ["", "documents", { } id, ..] && Guid.TryParse(id, out _) ? $"/documents/{id}" : null;
}
