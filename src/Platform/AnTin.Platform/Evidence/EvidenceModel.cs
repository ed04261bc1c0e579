using Microsoft.EntityFrameworkCore;

namespace AnTin.Platform.Evidence;

/// <summary>
/// One act on record. Written with the act and never changed, except that the sequencer sets <see cref="Position"/>
/// once. Trusted no further than the checkpoints: whoever owns this table can forge what no checkpoint covers yet.
/// </summary>
internal sealed class EvidenceRow
{
    public required Guid Id { get; init; }

    public required string Log { get; init; }

    /// <summary>Index in the tree; null until sequenced.</summary>
    public long? Position { get; set; }

    /// <summary>The canonical bytes that are hashed (UTF-8); the columns beside it only serve queries.</summary>
    public required string Leaf { get; init; }

    public required string Act { get; init; }

    public required DateTimeOffset At { get; init; }

    public Guid? OrganisationId { get; init; }

    public string? SubjectKind { get; init; }

    public string? SubjectId { get; init; }

    public string? DocumentSha256 { get; init; }
}

/// <summary>One tile, as wide as the tree has made it; a narrower partial tile is its prefix.</summary>
internal sealed class EvidenceTileRow
{
    public required string Log { get; init; }

    public required int Level { get; init; }

    public required long TileIndex { get; init; }

    public required byte[] Hashes { get; set; }
}

/// <summary>The head of one log and the lease of its sequencer. Acts never touch this row.</summary>
internal sealed class EvidenceHeadRow
{
    public required string Log { get; init; }

    public required string VerifierKey { get; init; }

    /// <summary>Leaves in the durable tiles; the published checkpoint may be a moment behind.</summary>
    public long Size { get; set; }

    public required byte[] Root { get; set; }

    public long PublishedSize { get; set; }

    /// <summary>The signed checkpoint; null before the first.</summary>
    public string? Checkpoint { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    public Guid? LeaseOwner { get; set; }

    public DateTimeOffset LeaseUntil { get; set; }

    /// <summary>Counts changes of owner; every write of a sequencer names the fence it was given.</summary>
    public long Fence { get; set; }
}

internal static class EvidenceModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<EvidenceRow>(row =>
        {
            row.ToTable("platform_evidence_entry");
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Log).HasMaxLength(32);
            row.Property(r => r.Act).HasMaxLength(128);
            row.Property(r => r.SubjectKind).HasMaxLength(64);
            row.Property(r => r.SubjectId).HasMaxLength(128);
            row.Property(r => r.DocumentSha256).HasMaxLength(64);
            row.HasIndex(r => new { r.Log, r.Position }).IsUnique();
            // Small whatever the log's size: the sequencer's work list.
            row.HasIndex(r => new { r.Log, r.Id }).HasFilter("position IS NULL").HasDatabaseName("ix_platform_evidence_pending");
            row.HasIndex(r => new { r.SubjectKind, r.SubjectId });
            row.HasIndex(r => r.DocumentSha256);
            row.HasIndex(r => new { r.Act, r.At });
        });
        model.Entity<EvidenceTileRow>(row =>
        {
            row.ToTable("platform_evidence_tile");
            row.HasKey(r => new { r.Log, r.Level, r.TileIndex });
            row.Property(r => r.Log).HasMaxLength(32);
        });
        model.Entity<EvidenceHeadRow>(row =>
        {
            row.ToTable("platform_evidence_head");
            row.HasKey(r => r.Log);
            row.Property(r => r.Log).HasMaxLength(32);
        });
    }
}
