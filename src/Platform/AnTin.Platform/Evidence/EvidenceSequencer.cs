// Orders committed entries, grows the Merkle tree and publishes checkpoints (docs/specs/evidence-log.md §4).

using System.Text;
using AnTin.Platform.Evidence.Tree;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AnTin.Platform.Evidence;

/// <summary>What one round did.</summary>
public sealed record SequencerRound(bool IsLeader, int Sequenced, long PublishedSize)
{
    public static readonly SequencerRound Idle = new(IsLeader: false, 0, 0);
}

/// <summary>The tree and the head disagree, or the log's key was exchanged: nothing more may be signed. Stops the process.</summary>
public sealed class EvidenceIntegrityException(string message) : Exception(message);

/// <summary>
/// The sequencer of one log. Any number of nodes may run one: a lease keeps the others quiet, and the fence of the
/// head row makes a node that lost its lease harmless. All state is in the database, so a restart is a normal round.
/// </summary>
internal sealed class EvidenceSequencer(
    IDbContextFactory<AnTinDbContext> contexts, ICheckpointSigner signer, TimeProvider time, ICrashPoint crash)
{
    public const string BeforeCommit = "evidence.sequence.before-commit";
    public const string AfterCommit = "evidence.sequence.after-commit";
    public const string Signed = "evidence.checkpoint.signed";
    public const string Published = "evidence.checkpoint.published";

    /// <summary>Entries in one transaction: about a tenth of a second of work, so that publishing keeps its second.</summary>
    internal const int Batch = 1000;

    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly Guid _owner = Guid.CreateVersion7(time.GetUtcNow());
    private long _fence = -1;

    /// <summary>One round of work: orders what has committed and publishes. Does nothing when there is nothing new.</summary>
    /// <exception cref="EvidenceIntegrityException">The stored tree is not the one that was signed.</exception>
    public async Task<SequencerRound> RunAsync(CancellationToken ct)
    {
        if (!await HasWorkAsync(ct))
            return SequencerRound.Idle;
        if (!await HoldLeaseAsync(ct))
            return SequencerRound.Idle;
        int sequenced = 0;
        while (true)
        {
            int? batch = await SequenceAsync(ct);
            if (batch is null)
                return LeaseLost(sequenced);
            sequenced += batch.Value;
            long? published = await PublishAsync(ct);
            if (published is null)
                return LeaseLost(sequenced);
            if (batch < Batch)
                return new SequencerRound(IsLeader: true, sequenced, published.Value);
            if (!await HoldLeaseAsync(ct))
                return LeaseLost(sequenced);
        }
    }

    private SequencerRound LeaseLost(int sequenced)
    {
        _fence = -1;
        return new SequencerRound(IsLeader: false, sequenced, 0);
    }

    private async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        await using AnTinDbContext db = await contexts.CreateDbContextAsync(ct);
        EvidenceHeadRow head = await HeadAsync(db, ct);
        return head.Checkpoint is null || head.PublishedSize < head.Size
            || await db.Set<EvidenceRow>().AnyAsync(e => e.Log == signer.Log && e.Position == null, ct);
    }

    private async Task<EvidenceHeadRow> HeadAsync(AnTinDbContext db, CancellationToken ct)
    {
        EvidenceHeadRow? head = await db.Set<EvidenceHeadRow>().AsNoTracking().SingleOrDefaultAsync(h => h.Log == signer.Log, ct);
        if (head is null)
        {
            db.Add(new EvidenceHeadRow
            {
                Log = signer.Log,
                VerifierKey = signer.Verifier.ToString(),
                Root = MerkleTree.EmptyRoot.ToArray(),
                LeaseUntil = DateTimeOffset.UnixEpoch,
            });
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException)
            {
                // Another node was first; what it wrote is read below.
            }
            db.ChangeTracker.Clear();
            head = await db.Set<EvidenceHeadRow>().AsNoTracking().SingleAsync(h => h.Log == signer.Log, ct);
        }
        if (head.VerifierKey != signer.Verifier.ToString())
            throw new EvidenceIntegrityException($"The {signer.Log} log belongs to the key {head.VerifierKey}, not to the one configured.");
        return head;
    }

    private async Task<bool> HoldLeaseAsync(CancellationToken ct)
    {
        await using AnTinDbContext db = await contexts.CreateDbContextAsync(ct);
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset until = now + Lease;
        EvidenceHeadRow head = await HeadAsync(db, ct);
        if (head.LeaseOwner == _owner && head.Fence == _fence)
        {
            if (head.LeaseUntil - now > Lease / 2)
                return true;
            // Renewing succeeds even after expiry, as long as nobody took over: the fence says so.
            return await db.Set<EvidenceHeadRow>()
                .Where(h => h.Log == signer.Log && h.LeaseOwner == _owner && h.Fence == _fence)
                .ExecuteUpdateAsync(set => set.SetProperty(h => h.LeaseUntil, until), ct) == 1;
        }
        // A lease that ends impossibly late was written by a node whose clock is wrong; the fence keeps this safe too.
        if (head.LeaseUntil > now && head.LeaseUntil <= now + 2 * Lease)
            return false;
        long fence = head.Fence + 1;
        int taken = await db.Set<EvidenceHeadRow>()
            .Where(h => h.Log == signer.Log && h.Fence == head.Fence && h.LeaseUntil == head.LeaseUntil)
            .ExecuteUpdateAsync(set => set
                .SetProperty(h => h.LeaseOwner, _owner)
                .SetProperty(h => h.LeaseUntil, until)
                .SetProperty(h => h.Fence, fence), ct);
        _fence = taken == 1 ? fence : -1;
        return taken == 1;
    }

    /// <returns>How many entries got their place; null when the lease is lost.</returns>
    private async Task<int?> SequenceAsync(CancellationToken ct)
    {
        await using AnTinDbContext db = await contexts.CreateDbContextAsync(ct);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);

        // 1. Lock the head: nobody else can sequence until this transaction ends.
        if (!await LockHeadAsync(db, ct))
            return null;
        EvidenceHeadRow head = await db.Set<EvidenceHeadRow>().SingleAsync(h => h.Log == signer.Log, ct);

        // 2. Whatever has committed without a place, in the order of its id (time; within one process the order of the acts).
        List<EvidenceRow> pending = await db.Set<EvidenceRow>()
            .Where(e => e.Log == signer.Log && e.Position == null)
            .OrderBy(e => e.Id)
            .Take(Batch)
            .ToListAsync(ct);
        if (pending.Count == 0)
            return 0;

        // 3. Grow the tree from its right edge, which must be the one the head speaks of.
        TileSet tiles = await LoadEdgeAsync(db, head, ct);
        foreach (EvidenceRow entry in pending)
        {
            entry.Position = head.Size++;
            tiles.Append(entry.Position.Value, MerkleTree.HashLeaf(Encoding.UTF8.GetBytes(entry.Leaf)));
        }
        head.Root = new TileTree(tiles, head.Size).Root().ToArray();
        await SaveTilesAsync(db, tiles, ct);

        // 4. Places, tiles and head become durable together.
        await db.SaveChangesAsync(ct);
        crash.Reach(BeforeCommit);
        await transaction.CommitAsync(ct);
        crash.Reach(AfterCommit);
        return pending.Count;
    }

    /// <returns>The published size; null when the lease is lost.</returns>
    private async Task<long?> PublishAsync(CancellationToken ct)
    {
        await using AnTinDbContext db = await contexts.CreateDbContextAsync(ct);
        EvidenceHeadRow head = await HeadAsync(db, ct);
        if (head.Checkpoint is not null && head.PublishedSize == head.Size)
            return head.Size;
        // Only a durable head is signed, and heads only grow: two checkpoints can never contradict each other,
        // whichever node signs and wherever it is killed.
        var checkpoint = new Checkpoint(signer.Verifier.Name, head.Size, new MerkleHash(head.Root));
        string note = await signer.SignAsync(checkpoint, ct);
        crash.Reach(Signed);
        DateTimeOffset now = time.GetUtcNow();
        int published = await db.Set<EvidenceHeadRow>()
            .Where(h => h.Log == signer.Log && h.LeaseOwner == _owner && h.Fence == _fence)
            .ExecuteUpdateAsync(set => set
                .SetProperty(h => h.Checkpoint, note)
                .SetProperty(h => h.PublishedSize, head.Size)
                .SetProperty(h => h.PublishedAt, now), ct);
        crash.Reach(Published);
        return published == 1 ? head.Size : null;
    }

    private async Task<bool> LockHeadAsync(AnTinDbContext db, CancellationToken ct) =>
        await db.Set<EvidenceHeadRow>()
            .Where(h => h.Log == signer.Log && h.LeaseOwner == _owner && h.Fence == _fence)
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.Fence, _fence), ct) == 1;

    private async Task<TileSet> LoadEdgeAsync(AnTinDbContext db, EvidenceHeadRow head, CancellationToken ct)
    {
        var tiles = new TileSet();
        // The head's root needs the hashes left of the edge too: the perfect subtrees of the size.
        foreach (TileId id in TileSet.EdgeOf(head.Size))
        {
            EvidenceTileRow row = await db.Set<EvidenceTileRow>()
                .SingleOrDefaultAsync(t => t.Log == signer.Log && t.Level == id.Level && t.TileIndex == id.Index, ct)
                ?? throw new EvidenceIntegrityException($"Tile {id.Level}/{id.Index} of the {signer.Log} log is missing.");
            tiles.Load(id, EvidenceTiles.Decode(row.Hashes, id.WidthAt(head.Size)));
        }
        MerkleHash root = new TileTree(tiles, head.Size).Root();
        if (root != new MerkleHash(head.Root))
            throw new EvidenceIntegrityException($"The tiles of the {signer.Log} log do not give the root of its head at size {head.Size}.");
        return tiles;
    }

    private async Task SaveTilesAsync(AnTinDbContext db, TileSet tiles, CancellationToken ct)
    {
        foreach (TileId id in tiles.Changed)
        {
            byte[] hashes = EvidenceTiles.Encode(tiles.Read(id, 1));
            EvidenceTileRow? row = db.Set<EvidenceTileRow>().Local.SingleOrDefault(t => t.Level == id.Level && t.TileIndex == id.Index)
                ?? await db.Set<EvidenceTileRow>().FindAsync([signer.Log, id.Level, id.Index], ct);
            if (row is null)
                db.Add(new EvidenceTileRow { Log = signer.Log, Level = id.Level, TileIndex = id.Index, Hashes = hashes });
            else
                row.Hashes = hashes;
        }
    }
}

internal static class EvidenceTiles
{
    public static byte[] Encode(IReadOnlyList<MerkleHash> hashes)
    {
        byte[] bytes = new byte[hashes.Count * MerkleHash.Size];
        for (int i = 0; i < hashes.Count; i++)
            hashes[i].CopyTo(bytes.AsSpan(i * MerkleHash.Size));
        return bytes;
    }

    /// <exception cref="EvidenceIntegrityException">The stored tile is narrower than the tree needs.</exception>
    public static List<MerkleHash> Decode(byte[] bytes, int width)
    {
        if (bytes.Length < width * MerkleHash.Size)
            throw new EvidenceIntegrityException("A stored tile is narrower than its tree.");
        List<MerkleHash> hashes = new(width);
        for (int i = 0; i < width; i++)
            hashes.Add(new MerkleHash(bytes.AsSpan(i * MerkleHash.Size, MerkleHash.Size)));
        return hashes;
    }
}
