using System.Data.Common;
using AnTin.Platform.Faults;
using AnTin.Platform.Hosting;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnTin.Platform.Evidence;

/// <summary>
/// Runs the sequencer of every log, each some times a second. A lost database is waited for; a damaged tree or an
/// exchanged key stops the process, because nothing that follows could be believed.
/// </summary>
internal sealed class SequencerService(
    IDbContextFactory<AnTinDbContext> contexts,
    IEnumerable<ICheckpointSigner> signers,
    PlatformSettings settings,
    TimeProvider time,
    ICrashPoint crash,
    ILogger<SequencerService> log) : BackgroundService, IEvidenceSequencing
{
    // One round at a time and log: the timer's and a caller's.
    private readonly Dictionary<string, Sequencer> _sequencers = signers.ToDictionary(
        signer => signer.Log,
        signer => new Sequencer(new EvidenceSequencer(contexts, signer, time, crash), new SemaphoreSlim(1)),
        StringComparer.Ordinal);

    public async Task CatchUpAsync(string log, CancellationToken ct)
    {
        while (!(await RunAsync(_sequencers[log], ct)).IsLeader && await IsBehindAsync(log, ct))
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, ct);
    }

    public override void Dispose()
    {
        foreach (Sequencer sequencer in _sequencers.Values)
            sequencer.Turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.EvidenceInterval, time);
        try
        {
            do
            {
                foreach ((string name, Sequencer sequencer) in _sequencers)
                    await RunWaitingAsync(name, sequencer, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping between two rounds or inside one: the next start goes on.
        }
    }

    private async Task RunWaitingAsync(string name, Sequencer sequencer, CancellationToken ct)
    {
        try
        {
            await RunAsync(sequencer, ct);
        }
        catch (Exception e) when (e is DbException or DbUpdateException or TimeoutException)
        {
            log.LogWarning(e, "The {Log} log could not be sequenced; trying again", name);
        }
    }

    private async Task<bool> IsBehindAsync(string log, CancellationToken ct)
    {
        await using AnTinDbContext db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<EvidenceRow>().AnyAsync(e => e.Log == log && e.Position == null, ct)
            || await db.Set<EvidenceHeadRow>().AnyAsync(h => h.Log == log && (h.Checkpoint == null || h.PublishedSize < h.Size), ct);
    }

    private static async Task<SequencerRound> RunAsync(Sequencer sequencer, CancellationToken ct)
    {
        await sequencer.Turn.WaitAsync(ct);
        try
        {
            return await sequencer.Rounds.RunAsync(ct);
        }
        finally
        {
            sequencer.Turn.Release();
        }
    }

    private sealed record Sequencer(EvidenceSequencer Rounds, SemaphoreSlim Turn);
}
