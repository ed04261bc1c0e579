using AnTin.Contracts.Directory;
using AnTin.Contracts.Oversight;
using AnTin.Contracts.Platform;
using AnTin.Modules.Oversight.Persistence;
using AnTin.Platform.Evidence;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Oversight.Features;

/// <summary>A figure as the dashboard shows it.</summary>
/// <param name="Listed">The same counts taken from the list of documents: equal to the figure's total, or the page says so in red.</param>
/// <param name="WithoutDocuments">Agencies in scope that issued nothing in the month.</param>
/// <param name="ReadTo">Entries of the log that were counted.</param>
/// <param name="LogSize">Entries of the log as of its checkpoint.</param>
internal sealed record FigureView(
    IssuedDocumentsFigure Figure,
    IssuedDocumentsRow Listed,
    IReadOnlyList<OrganisationInfo> WithoutDocuments,
    long ReadTo,
    long LogSize)
{
    public bool AddsUp => Figure.Total == Listed;
}

internal sealed class ReadFigure(AnTinDbContext db, FigureScope scope, IDirectory directory, IEvidenceReader evidence)
{
    public async Task<FigureView> ReadAsync(Period period, DateOnly today, CancellationToken ct)
    {
        IReadOnlySet<Guid> organisations = await scope.OrganisationsAsync(today, ct);
        string month = period.ToString();
        List<IssuedRollup> rollups = await db.Set<IssuedRollup>().AsNoTracking()
            .Where(r => r.Period == month && r.OrganisationId != null && organisations.Contains(r.OrganisationId.Value))
            .ToListAsync(ct);
        // Counted again from the documents themselves, in the database.
        var listed = await db.Set<IssuedDocument>().AsNoTracking()
            .Where(d => d.Period == month && d.OrganisationId != null && organisations.Contains(d.OrganisationId.Value))
            .GroupBy(_ => 1)
            .Select(all => new { Issued = all.Count(), Signed = all.Sum(d => d.PersonallySigned ? 1 : 0), Sealed = all.Sum(d => d.Sealed ? 1 : 0) })
            .SingleOrDefaultAsync(ct);
        IssuedDocumentsRow[] rows = [.. rollups
            .Select(r => new IssuedDocumentsRow(r.OrganisationCode, r.OrganisationName, r.Issued, r.PersonallySigned, r.Sealed))
            .OrderBy(r => r.OrganisationCode, StringComparer.Ordinal)];
        HashSet<Guid> withDocuments = [.. rollups.Select(r => r.OrganisationId!.Value)];
        OrganisationInfo[] without = [.. (await directory.ListOrganisationsAsync(today, ct))
            .Where(o => organisations.Contains(o.Id.Value) && !withDocuments.Contains(o.Id.Value))
            .OrderBy(o => o.Code, StringComparer.Ordinal)];
        long readTo = await db.Set<FollowerCursor>().Where(c => c.Name == FollowLog.Cursor).Select(c => c.Next).SingleOrDefaultAsync(ct);
        PublishedCheckpoint? checkpoint = await evidence.CheckpointAsync(EvidenceLogs.Audit, ct);
        return new FigureView(
            new IssuedDocumentsFigure(period, rows),
            new IssuedDocumentsRow("", "", listed?.Issued ?? 0, listed?.Signed ?? 0, listed?.Sealed ?? 0),
            without, readTo, checkpoint?.Size ?? 0);
    }
}
