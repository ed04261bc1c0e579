namespace AnTin.Apps.Tests.Faults;

/// <summary>A server that is started again whenever it was killed, while somebody works with it.</summary>
internal sealed class OfficeRun(string data, int port) : IAsyncDisposable
{
    private ServerProcess? _server;

    public int Kills { get; private set; }

    public Uri Address { get; } = new($"http://127.0.0.1:{port}/");

    /// <summary>Starts with an aim; a kill on the way up is answered by a start without one.</summary>
    public async Task StartAsync(string aim, CancellationToken ct)
    {
        _server = await ServerProcess.StartAsync(data, port, aim, ct);
        if (_server is null)
            await AgainAsync(ct);
    }

    /// <summary>Does something that may be repeated until the server survives it.</summary>
    public async Task SurviveAsync(Func<Task> act, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                if (_server is null || !await _server.DiesAsync(ct))
                    throw;
                Assert.True(_server.WasKilled, "The server ended by itself.");
                await AgainAsync(ct);
            }
        }
    }

    /// <summary>Background work reaches its points a little after the act that caused it.</summary>
    public async Task WaitForKillAsync(CancellationToken ct)
    {
        if (Kills == 0 && await _server!.DiesAsync(ct))
            await AgainAsync(ct);
    }

    public async Task StopAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AgainAsync(CancellationToken ct)
    {
        Kills++;
        await StopAsync();
        _server = await ServerProcess.StartAsync(data, port, aim: null, ct) ?? throw new InvalidOperationException("The server died without being aimed at.");
    }
}
