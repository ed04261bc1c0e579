using AnTin.Platform.Evidence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnTin.Modules.Oversight.Features;

/// <summary>Runs the follower every second, on every node: whoever commits first counts, the others find the cursor moved.</summary>
internal sealed class FollowService(IServiceScopeFactory scopes, TimeProvider time, ILogger<FollowService> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            do
                await RoundAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping; the cursor says where to go on.
        }
    }

    // A lost database or a damaged log must not end the service: the figures stand still, the page says how far they go, and this line says why.
    private async Task RoundAsync(CancellationToken ct)
    {
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<FollowLog>().CatchUpAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogError(e, "The figures could not follow the evidence log; the next round tries again.");
        }
    }
}
