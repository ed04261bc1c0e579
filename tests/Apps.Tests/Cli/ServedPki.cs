using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AnTin.TestKit;

namespace AnTin.Apps.Tests.Cli;

/// <summary>A hierarchy made by `antin pki new` and served by `antin pki serve` for all tests of a collection.</summary>
public sealed class ServedPki : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Process? _server;

    public string BaseUrl { get; private set; } = "";

    public string Folder => _folder["pki"];

    /// <summary>A file of the hierarchy.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    public string TimeStampUrl => BaseUrl + "/tsa";

    public async ValueTask InitializeAsync()
    {
        BaseUrl = $"http://127.0.0.1:{FreePort()}";
        ToolRun made = await Antin.RunAsync("pki", "new", Folder, "--base-url", BaseUrl);
        Assert.True(made.ExitCode == 0, made.Everything);
        _server = await StartAsync(Folder);
    }

    /// <summary>Starts a server for a folder and waits until it says that it listens.</summary>
    internal static async Task<Process> StartAsync(string folder)
    {
        ProcessStartInfo start = Antin.StartInfo(["pki", "serve", folder]);
        start.RedirectStandardOutput = true;
        Process server = Process.Start(start)!;
        string? line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.False(string.IsNullOrEmpty(line), "antin pki serve ended without a word.");
        return server;
    }

    public ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
            _server.Kill(entireProcessTree: true);
        _server?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A port that is free now; the next listener on it is ours unless something else takes it in between.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

[CollectionDefinition(nameof(ServedPki))]
public sealed class ServedPkiCollection : ICollectionFixture<ServedPki>;
