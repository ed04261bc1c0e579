using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnTin.Modules.Documents.Features.Signing;

/// <summary>
/// At start, finishes what a crash interrupted after the key had signed. What had no value yet needs its person again and is left
/// to them. Several nodes may do this at once: the document's version lets one of them commit.
/// </summary>
internal sealed class UnfinishedSignatures(IServiceScopeFactory scopes, ILogger<UnfinishedSignatures> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        await FinishAllAsync(scope.ServiceProvider, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task FinishAllAsync(IServiceProvider services, CancellationToken ct)
    {
        AnTinDbContext db = services.GetRequiredService<AnTinDbContext>();
        SigningCompletion completion = services.GetRequiredService<SigningCompletion>();
        List<PendingSignature> interrupted = await db.Set<PendingSignature>().AsNoTracking().Where(p => p.SignatureValue != null).ToListAsync(ct);
        int finished = 0;
        // Of several stages only the last can end the step; one before it needs the person for the next.
        foreach (PendingSignature pending in interrupted.GroupBy(p => (p.DocumentId, p.Kind)).Select(stages => stages.MaxBy(p => p.Stage)!))
        {
            Result<CompletedStage?> result = await completion.CompleteAsync(pending, ct);
            if (result is { IsSuccess: true, Value.IsLast: true })
                finished++;
            else
                log.LogWarning("The interrupted {Step} of document {Document} was not finished: {Reason}", pending.Kind, pending.DocumentId, result.Error?.Code ?? "overtaken");
        }
        if (finished > 0)
            log.LogInformation("Finished {Count} signatures that a stop had interrupted", finished);
    }
}
