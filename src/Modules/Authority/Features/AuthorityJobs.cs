using AnTin.Contracts.Platform;
using AnTin.Modules.Authority.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnTin.Modules.Authority.Features;

/// <summary>
/// Finishes what a crash left half issued, and keeps the revocation lists fresh: at start, then every minute. Everything
/// here is safe to run on several nodes at once.
/// </summary>
internal sealed class AuthorityJobs(IServiceScopeFactory scopes, AuthorityState authority, TimeProvider clock, ILogger<AuthorityJobs> log)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // While the process runs, a younger number may still be on its way in another request or node.
    private static readonly TimeSpan InFlight = TimeSpan.FromMinutes(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RunOnceAsync(TimeSpan.Zero, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(InFlight, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The store may be away for a while; the next minute tries again, and readiness tells the operator.
                log.LogError(e, "The authority's jobs failed and will run again");
            }
        }
    }

    public async Task RunOnceAsync(TimeSpan olderThan, CancellationToken ct)
    {
        if (authority.Find() is not { } hierarchy)
            return;
        foreach (string serial in await UnfinishedAsync(hierarchy, clock.GetUtcNow() - olderThan, ct))
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            Result<CertificateRecord> outcome = await scope.ServiceProvider.GetRequiredService<IssueCertificate>().FinishAsync(serial, ct);
            log.LogWarning("Finished the interrupted issuing of {Serial}: {Outcome}", serial, outcome.Error?.Code ?? "issued");
        }
        await using AsyncServiceScope lists = scopes.CreateAsyncScope();
        await lists.ServiceProvider.GetRequiredService<PublishCrl>().RefreshAsync(ct);
    }

    private async Task<List<string>> UnfinishedAsync(Hierarchy hierarchy, DateTimeOffset reservedBefore, CancellationToken ct)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        AnTinDbContext db = scope.ServiceProvider.GetRequiredService<AnTinDbContext>();
        return await db.Set<CertificateRecord>().AsNoTracking()
            .Where(c => (c.State == IssuanceState.Reserved || c.State == IssuanceState.Intended)
                && c.IssuerKeyId == hierarchy.Issuing.KeyId && c.ReservedAt <= reservedBefore)
            .OrderBy(c => c.ReservedAt)
            .Select(c => c.SerialNumber)
            .ToListAsync(ct);
    }
}
