using System.Diagnostics;
using System.Net;
using AnTin.Apps.Tests.Cli;

namespace AnTin.Apps.Tests.Faults;

/// <summary>The real server as a process of its own on a data folder; it can be killed, and started again on the same folder and port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // Making the demonstration's keys takes seconds on a free machine, minutes on a busy one.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Killed itself at the point it was aimed at: what a shell reports for SIGKILL.</summary>
    public bool WasKilled => _process is { HasExited: true, ExitCode: 137 };

    public bool HasExited => _process.HasExited;

    /// <param name="data">The data folder; empty for a new store.</param>
    /// <param name="port">The same at every start, so that addresses and cookies stay good.</param>
    /// <param name="aim">Value of ANTIN_CRASH_POINT; null to live.</param>
    /// <returns>Null when it died on the way up.</returns>
    public static async Task<ServerProcess?> StartAsync(string data, int port, string? aim, CancellationToken ct)
    {
        ProcessStartInfo start = Antin.StartInfo(["serve"]);
        var address = new Uri($"http://127.0.0.1:{port}/");
        start.Environment["ASPNETCORE_URLS"] = address.ToString().TrimEnd('/');
        start.Environment["AnTin__DataDirectory"] = data;
        start.Environment["AnTin__Demo"] = "true";
        start.Environment.Remove("ANTIN_CRASH_POINT");
        if (aim is not null)
            start.Environment["ANTIN_CRASH_POINT"] = aim;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var server = new ServerProcess(Process.Start(start)!, address);
        var output = new System.Text.StringBuilder();
        server._process.OutputDataReceived += (_, line) => { lock (output) output.AppendLine(line.Data); };
        server._process.ErrorDataReceived += (_, line) => { lock (output) output.AppendLine(line.Data); };
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        if (await server.WaitUntilReadyAsync(ct))
            return server;
        bool killed = server.WasKilled;
        await server.DisposeAsync();
        lock (output)
            return killed ? null : throw new InvalidOperationException($"The server did not start:\n{output}");
    }

    /// <summary>Waits for the end that a broken connection announces; false when the server lives on.</summary>
    public async Task<bool> DiesAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(15));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }

    private async Task<bool> WaitUntilReadyAsync(CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        var waited = Stopwatch.StartNew();
        while (!_process.HasExited && waited.Elapsed < Patience)
        {
            try
            {
                if ((await client.GetAsync("readyz", ct)).StatusCode == HttpStatusCode.OK)
                    return true;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                // Not listening yet.
            }
            await Task.Delay(100, ct);
        }
        await DiesAsync(ct);
        return false;
    }
}
