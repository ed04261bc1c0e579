using AnTin.Contracts.Platform;
using AnTin.Platform.Evidence.Tree;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Platform.Evidence;

internal sealed class EvidenceReader(AnTinDbContext db) : IEvidenceReader
{
    public Task<IReadOnlyList<EvidenceView>> OfSubjectAsync(EvidenceSubject subject, CancellationToken ct) =>
        ViewAsync(db.Set<EvidenceRow>().Where(e => e.SubjectKind == subject.Kind && e.SubjectId == subject.Id), ct);

    public Task<IReadOnlyList<EvidenceView>> OfDocumentAsync(string sha256, CancellationToken ct) =>
        ViewAsync(db.Set<EvidenceRow>().Where(e => e.DocumentSha256 == sha256), ct);

    public Task<IReadOnlyList<EvidenceView>> OfActAsync(string act, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        ViewAsync(db.Set<EvidenceRow>().Where(e => e.Act == act && e.At >= from && e.At < to), ct);

    public async Task<IReadOnlyList<EvidenceView>> LatestAsync(EvidenceFilter filter, int count, CancellationToken ct)
    {
        IQueryable<EvidenceRow> entries = db.Set<EvidenceRow>().AsNoTracking().Where(e => e.Log == filter.Log && e.Position != null);
        if (filter.Act is { } act)
            entries = entries.Where(e => e.Act == act);
        if (filter.Organisations is { } organisations)
            entries = entries.Where(e => e.OrganisationId != null && organisations.Contains(e.OrganisationId.Value));
        if (filter.SubjectId is { } subject)
            entries = entries.Where(e => e.SubjectId == subject);
        if (filter.DocumentSha256 is { } sha256)
            entries = entries.Where(e => e.DocumentSha256 == sha256);
        if (filter.Before is { } before)
            entries = entries.Where(e => e.Position < before);
        return [.. (await entries.OrderByDescending(e => e.Position).Take(count).ToListAsync(ct)).Select(View)];
    }

    public async Task<IReadOnlyList<EvidenceView>> RangeAsync(string log, long from, int count, CancellationToken ct) =>
        [.. (await db.Set<EvidenceRow>().AsNoTracking()
            .Where(e => e.Log == log && e.Position >= from)
            .OrderBy(e => e.Position)
            .Take(count)
            .ToListAsync(ct)).Select(View)];

    public async Task<PublishedCheckpoint?> CheckpointAsync(string log, CancellationToken ct)
    {
        EvidenceHeadRow? head = await db.Set<EvidenceHeadRow>().AsNoTracking().SingleOrDefaultAsync(h => h.Log == log, ct);
        return head?.Checkpoint is null ? null : new PublishedCheckpoint(head.Checkpoint, head.VerifierKey, head.PublishedSize);
    }

    public async Task<EvidenceProof?> ProveAsync(Guid entryId, CancellationToken ct)
    {
        EvidenceRow? row = await db.Set<EvidenceRow>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == entryId, ct);
        if (row?.Position is not { } position || await CheckpointAsync(row.Log, ct) is not { } checkpoint || position >= checkpoint.Size)
            return null;
        var tree = new TileTree(await ProofTilesAsync(row.Log, position, checkpoint.Size, ct), checkpoint.Size);
        return new EvidenceProof(position, row.Leaf, tree.InclusionProof(position, checkpoint.Size), checkpoint);
    }

    public async Task<byte[]?> TileAsync(string log, TileId tile, int width, CancellationToken ct)
    {
        PublishedCheckpoint? checkpoint = await CheckpointAsync(log, ct);
        if (checkpoint is null || tile.WidthAt(checkpoint.Size) < width)
            return null;
        EvidenceTileRow? row = await db.Set<EvidenceTileRow>().AsNoTracking()
            .SingleOrDefaultAsync(t => t.Log == log && t.Level == tile.Level && t.TileIndex == tile.Index, ct);
        return row is null || row.Hashes.Length < width * MerkleHash.Size ? null : row.Hashes[..(width * MerkleHash.Size)];
    }

    // An audit path touches, on each level, the tiles on the way up from the leaf and those of the right edge.
    private async Task<TileSet> ProofTilesAsync(string log, long position, long size, CancellationToken ct)
    {
        HashSet<TileId> needed = [.. TileSet.EdgeOf(size)];
        for (int level = 0; level <= TileId.MaxLevel && size >> (TileId.Height * level) > 0; level++)
            needed.Add(new TileId(level, position >> (TileId.Height * (level + 1))));
        var tiles = new TileSet();
        foreach (TileId id in needed.Where(id => id.WidthAt(size) > 0))
        {
            byte[] hashes = await TileAsync(log, id, id.WidthAt(size), ct)
                ?? throw new EvidenceIntegrityException($"Tile {id.Level}/{id.Index} of the {log} log is missing.");
            tiles.Load(id, EvidenceTiles.Decode(hashes, id.WidthAt(size)));
        }
        return tiles;
    }

    private static async Task<IReadOnlyList<EvidenceView>> ViewAsync(IQueryable<EvidenceRow> query, CancellationToken ct) =>
        [.. (await query.AsNoTracking().OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(ct)).Select(View)];

    private static EvidenceView View(EvidenceRow row) =>
        new(row.Log, row.Position, EvidenceRecord.Decode(row.Leaf, row.Id.ToString()), row.Leaf);
}
