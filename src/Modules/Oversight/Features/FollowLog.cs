using AnTin.Contracts.Documents;
using AnTin.Contracts.Oversight;
using AnTin.Contracts.Platform;
using AnTin.Modules.Oversight.Persistence;
using AnTin.Platform.Evidence;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Oversight.Features;

/// <summary>The log has a hole or an entry no figure can be made of: figures stop here until somebody looks.</summary>
internal sealed class FollowException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Keeps the rollups from the sequenced audit log. All state is the cursor, and it moves in the transaction of what was
/// read: a kill at any point repeats or loses nothing.
/// </summary>
internal sealed class FollowLog(IDbContextFactory<AnTinDbContext> contexts, IEvidenceReader evidence, ICrashPoint crash)
{
    public const string BeforeCommit = "oversight.follow.before-commit";
    public const string AfterCommit = "oversight.follow.after-commit";
    public const string Cursor = "issued-documents";

    /// <summary>Entries read in one transaction: small enough to commit within a tenth of a second.</summary>
    internal const int Batch = 500;

    /// <summary>Reads until the log has nothing new.</summary>
    /// <returns>How many entries were read.</returns>
    /// <exception cref="FollowException">The log is not as it must be.</exception>
    public async Task<int> CatchUpAsync(CancellationToken ct)
    {
        int read = 0;
        int last;
        do
        {
            last = await ReadBatchAsync(ct);
            read += last;
        }
        while (last > 0);
        return read;
    }

    private async Task<int> ReadBatchAsync(CancellationToken ct)
    {
        await using AnTinDbContext db = await contexts.CreateDbContextAsync(ct);
        FollowerCursor? cursor = await db.Set<FollowerCursor>().FindAsync([Cursor], ct);
        if (cursor is null)
            db.Add(cursor = new FollowerCursor { Name = Cursor });
        IReadOnlyList<EvidenceView> entries = await evidence.RangeAsync(EvidenceLogs.Audit, cursor.Next, Batch, ct);
        if (entries.Count == 0)
            return 0;
        foreach (EvidenceView entry in entries)
        {
            if (entry.Position != cursor.Next)
                throw new FollowException($"Entry {cursor.Next} of the audit log is missing; the next one is {entry.Position}.");
            await ApplyAsync(db, entry, cursor.Next, ct);
            cursor.Next++;
        }
        crash.Reach(BeforeCommit);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (!ct.IsCancellationRequested)
        {
            // Another node was faster, or made the cursor first: what it committed is what we read. A real fault comes again.
            if (!await HasMovedAsync(cursor.Next - entries.Count, ct))
                throw;
            return entries.Count;
        }
        crash.Reach(AfterCommit);
        return entries.Count;
    }

    private async Task<bool> HasMovedAsync(long from, CancellationToken ct)
    {
        await using AnTinDbContext db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<FollowerCursor>().AsNoTracking().AnyAsync(c => c.Name == Cursor && c.Next > from, ct);
    }

    private static async Task ApplyAsync(AnTinDbContext db, EvidenceView entry, long position, CancellationToken ct)
    {
        DocumentIssuedDetails? issued = Read(entry, position);
        // docs/specs/figures.md: a document counts once, by its first entry.
        if (issued is null || await db.Set<IssuedDocument>().FindAsync([issued.DocumentId], ct) is not null)
            return;
        string period = Period.Of(issued.IssuedOn).ToString();
        db.Add(new IssuedDocument
        {
            DocumentId = issued.DocumentId,
            Period = period,
            OrganisationId = entry.Record.OrganisationId,
            OrganisationCode = issued.OrganisationCode,
            OrganisationName = issued.OrganisationName,
            Year = issued.Year,
            Number = issued.Number,
            Symbol = issued.Symbol,
            IssuedOn = issued.IssuedOn,
            Title = issued.Title,
            PersonallySigned = issued.PersonallySigned,
            Sealed = issued.Sealed,
            OnPaper = entry.Record.Act == DocumentActs.PaperRegistered,
            Position = position,
        });
        IssuedRollup? rollup = await db.Set<IssuedRollup>().FindAsync([period, issued.OrganisationCode], ct);
        if (rollup is null)
            db.Add(rollup = new IssuedRollup { Period = period, OrganisationCode = issued.OrganisationCode, OrganisationName = issued.OrganisationName });
        rollup.OrganisationId = entry.Record.OrganisationId ?? rollup.OrganisationId;
        rollup.OrganisationName = issued.OrganisationName;
        rollup.Issued++;
        rollup.PersonallySigned += issued.PersonallySigned ? 1 : 0;
        rollup.Sealed += issued.Sealed ? 1 : 0;
    }

    private static DocumentIssuedDetails? Read(EvidenceView entry, long position)
    {
        try
        {
            return FigureCalculator.Read(new FigureEntry(entry.Record.Act, entry.Record.Details));
        }
        catch (FigureFormatException e)
        {
            throw new FollowException($"Entry {position} of the audit log cannot be counted.", e);
        }
    }
}
