using AnTin.Contracts.Platform;
using AnTin.Platform.Evidence.Tree;

namespace AnTin.Platform.Evidence;

/// <summary>One entry as stored. <paramref name="Position"/> is null until the sequencer has seen it.</summary>
public sealed record EvidenceView(string Log, long? Position, EvidenceRecord Record, string Leaf);

/// <summary>The signed head of a log and the key that verifies it.</summary>
public sealed record PublishedCheckpoint(string Note, string VerifierKey, long Size);

/// <summary>Everything to check one entry offline: <see cref="MerkleTree.VerifyInclusion"/> against the checkpoint's root.</summary>
public sealed record EvidenceProof(long Position, string Leaf, IReadOnlyList<MerkleHash> Path, PublishedCheckpoint Checkpoint);

/// <summary>Which sequenced entries are asked for; every condition that is given must hold.</summary>
public sealed record EvidenceFilter(string Log)
{
    public string? Act { get; init; }

    /// <summary>Entries of these agencies only; entries of no agency are left out then.</summary>
    public IReadOnlyCollection<Guid>? Organisations { get; init; }

    public string? SubjectId { get; init; }

    public string? DocumentSha256 { get; init; }

    /// <summary>Only entries before this index.</summary>
    public long? Before { get; init; }
}

/// <summary>
/// Reads the evidence. Asks no permission: the caller shows entries only to those who may see their subject.
/// </summary>
public interface IEvidenceReader
{
    /// <summary>Every act on one thing, oldest first.</summary>
    Task<IReadOnlyList<EvidenceView>> OfSubjectAsync(EvidenceSubject subject, CancellationToken ct);

    /// <summary>Every act that left or took a file with this hash.</summary>
    Task<IReadOnlyList<EvidenceView>> OfDocumentAsync(string sha256, CancellationToken ct);

    /// <summary>Acts of one code in [from, to).</summary>
    Task<IReadOnlyList<EvidenceView>> OfActAsync(string act, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);

    /// <summary>Sequenced entries that match, newest first.</summary>
    Task<IReadOnlyList<EvidenceView>> LatestAsync(EvidenceFilter filter, int count, CancellationToken ct);

    /// <summary>Sequenced entries in their order, from an index on.</summary>
    Task<IReadOnlyList<EvidenceView>> RangeAsync(string log, long from, int count, CancellationToken ct);

    /// <returns>Null before the first checkpoint.</returns>
    Task<PublishedCheckpoint?> CheckpointAsync(string log, CancellationToken ct);

    /// <returns>Null while no published checkpoint covers the entry.</returns>
    Task<EvidenceProof?> ProveAsync(Guid entryId, CancellationToken ct);

    /// <returns>Null when the published tree has no such tile of that width.</returns>
    Task<byte[]?> TileAsync(string log, TileId tile, int width, CancellationToken ct);
}

/// <summary>Orders and publishes at once what has committed: for exports, the command line and tests.</summary>
public interface IEvidenceSequencing
{
    /// <summary>Returns when a checkpoint covers everything that had committed when it was called.</summary>
    Task CatchUpAsync(string log, CancellationToken ct);
}
