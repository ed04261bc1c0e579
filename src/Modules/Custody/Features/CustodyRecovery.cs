using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnTin.Modules.Custody.Features;

/// <summary>At start: credentials that a crash left waiting get their certificate, by the code of the normal path.</summary>
internal sealed class CustodyRecovery(IServiceScopeFactory scopes, ILogger<CustodyRecovery> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (Guid id in await PendingAsync(cancellationToken))
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            AnTinDbContext db = scope.ServiceProvider.GetRequiredService<AnTinDbContext>();
            Credential credential = await db.Set<Credential>().SingleAsync(c => c.Id == id, cancellationToken);
            Result<Credential> outcome = await scope.ServiceProvider.GetRequiredService<EnrolCredential>().CompleteAsync(credential, cancellationToken);
            log.LogWarning("Finished the interrupted enrolment of credential {Id}: {Outcome}", id, outcome.Error?.Code ?? "active");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<List<Guid>> PendingAsync(CancellationToken ct)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        AnTinDbContext db = scope.ServiceProvider.GetRequiredService<AnTinDbContext>();
        return await db.Set<Credential>().AsNoTracking().Where(c => c.State == CredentialState.Pending).OrderBy(c => c.CreatedAt).Select(c => c.Id).ToListAsync(ct);
    }
}
