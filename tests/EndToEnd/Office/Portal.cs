using System.Collections.Concurrent;
using AnTin.EndToEnd.Pages;
using AnTin.TestKit.Hosting;
using Microsoft.Playwright;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(AnTin.EndToEnd.Office.Portal))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace AnTin.EndToEnd.Office;

/// <summary>The real server with the demonstration's people, and one browser; shared by all tests of this program.</summary>
public sealed class Portal : IAsyncLifetime
{
    public const string Password = "AnTin-demo-2026";

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>The titles that documents were uploaded under: data, in whatever language the drafter wrote.</summary>
    public ConcurrentBag<string> Titles { get; } = [];

    private readonly ConcurrentDictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private TestHost? _host;

    /// <summary>Null when there is no Chromium; then every test is visibly skipped.</summary>
    public static string? Chromium { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Prepend("/usr/bin")
        .SelectMany(folder => new[] { Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"), Path.Combine(folder, "google-chrome") })
        .FirstOrDefault(File.Exists);

    public TestHost Host => _host ?? throw new InvalidOperationException("The portal did not start.");

    public Uri Address => Host.BaseAddress;

    /// <summary>Documents to look at pages with.</summary>
    public OfficeDay Day { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Day = new OfficeDay(this);
        if (Chromium is null)
            return;
        _host = await TestHost.StartDemoAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    /// <summary>A browser window of its own for somebody who is not signed in.</summary>
    public Task<Visitor> OpenAsync(VisitorOptions? options = null) => OpenAsync(account: null, options ?? new VisitorOptions());

    /// <summary>A browser window of its own for a demonstration account, signed in through the page the first time.</summary>
    public async Task<Visitor> SignInAsync(string account, VisitorOptions? options = null)
    {
        options ??= new VisitorOptions();
        if (!_cookies.ContainsKey(account))
        {
            await using Visitor first = await OpenAsync(new VisitorOptions());
            await first.SignInAsync(account, Password);
            _cookies[account] = await first.StateAsync();
        }
        return await OpenAsync(account, options);
    }

    private async Task<Visitor> OpenAsync(string? account, VisitorOptions options)
    {
        Assert.SkipWhen(_browser is null, "Chromium is not installed");
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            Locale = "en-US",
            TimezoneId = "Asia/Ho_Chi_Minh",
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            JavaScriptEnabled = options.Scripts,
            StorageState = account is null ? null : _cookies[account],
            AcceptDownloads = true,
        });
        if (options.English)
            await context.AddCookiesAsync([new Cookie { Name = "antin.language", Value = "en", Url = Address.ToString() }]);
        return await Visitor.OpenAsync(context);
    }
}

/// <param name="Scripts">False: JavaScript is switched off.</param>
public sealed record VisitorOptions(bool English = false, bool Scripts = true, int Width = 1366, int Height = 768);
