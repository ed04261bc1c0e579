using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AnTin.EndToEnd.Office;

/// <summary>
/// One person at one browser. What the browser complains about (a script that fails, something the content security
/// policy forbids) is remembered, and fails the test at the end.
/// </summary>
public sealed partial class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(20_000);
        page.PageError += (_, error) => Complain(error);
        page.Console += (_, message) =>
        {
            // A page that answers 4xx on purpose is reported by the browser as a failed resource.
            if (message.Type == "error" && !StatusLine().IsMatch(message.Text))
                Complain(message.Text);
        };
    }

    public IPage Page { get; }

    public static async Task<Visitor> OpenAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    public async Task<IResponse> GoAsync(string path) =>
        await Page.GotoAsync(path) ?? throw new InvalidOperationException($"No answer from {path}.");

    public async Task SignInAsync(string account, string password)
    {
        await GoAsync("/login");
        await Page.FillAsync("[name=userName]", account);
        await Page.FillAsync("[name=password]", password);
        await Page.ClickAsync("main form button");
    }

    public Task<string> StateAsync() => _context.StorageStateAsync();

    /// <summary>The page's only first heading.</summary>
    public Task<string> TitleAsync() => Page.Locator("h1").InnerTextAsync();

    /// <summary>What the page says of the last act; empty when it says nothing.</summary>
    public async Task<string> MessageAsync() =>
        await Page.Locator("main > .notice").First.IsVisibleAsync() ? await Page.Locator("main > .notice").First.InnerTextAsync() : "";

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        lock (_complaints)
            Assert.True(_complaints.Count == 0, $"The browser complained:\n{string.Join('\n', _complaints)}");
    }

    private void Complain(string text)
    {
        lock (_complaints)
            _complaints.Add($"{Page.Url}: {text}");
    }

    [GeneratedRegex(@"^Failed to load resource: the server responded with a status of [45]\d\d")]
    private static partial Regex StatusLine();
}
