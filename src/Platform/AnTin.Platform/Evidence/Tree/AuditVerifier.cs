// Checks an exported log offline: docs/specs/evidence-log.md §7.

using AnTin.Contracts.Platform;

namespace AnTin.Platform.Evidence.Tree;

public enum AuditFindingKind
{
    /// <summary>The export cannot be read as one.</summary>
    Malformed,

    /// <summary>The checkpoint is not signed by the key, or is of another log.</summary>
    CheckpointInvalid,

    /// <summary>The tiles do not give the checkpoint's root.</summary>
    TilesDamaged,

    /// <summary>The entry's bytes are not those that were hashed.</summary>
    Altered,

    /// <summary>An entry of the tree is not in the export.</summary>
    Dropped,

    /// <summary>An entry stands at another place than in the tree.</summary>
    Reordered,

    /// <summary>The export holds an entry that the tree does not.</summary>
    Inserted,

    /// <summary>The last entries of the tree are missing.</summary>
    Truncated,

    /// <summary>The older checkpoint is not a prefix of this log: history was rewritten or cut.</summary>
    NotPrefix,
}

/// <param name="Index">The place in the tree, from 0, where one entry is concerned.</param>
public sealed record AuditFinding(AuditFindingKind Kind, long? Index, Text Text);

/// <param name="KeyIsIndependent">The key came from outside the export; otherwise whoever made the export made the key too.</param>
public sealed record AuditReport(long Size, MerkleHash? Root, string? Origin, bool KeyIsIndependent, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>Nothing altered, dropped, reordered, inserted or cut.</summary>
    public bool IsWhole => Findings.Count == 0;
}

public static class AuditVerifier
{
    /// <summary>Findings are counted up to here; past it the log is beyond telling what happened to each entry.</summary>
    public const int MaxFindings = 100;

    /// <param name="export">The export to check.</param>
    /// <param name="oldCheckpoint">A signed checkpoint kept from earlier: the log must have grown from it.</param>
    /// <param name="key">The log's verifier key from a trusted place; without it the export's own key is used and the report says so.</param>
    public static AuditReport Verify(AuditExport export, string? oldCheckpoint, NoteVerifier? key)
    {
        var findings = new Findings();
        Checkpoint? checkpoint = null;
        try
        {
            NoteVerifier verifier = key ?? export.ReadVerifierKey();
            checkpoint = OpenCheckpoint(export.ReadCheckpoint(), verifier, findings, older: false);
            if (checkpoint is null)
                return Report(findings, checkpoint, key);
            MerkleHash[]? leaves = LeavesOfTiles(export, checkpoint, findings);
            Checkpoint? old = oldCheckpoint is null ? null : OpenCheckpoint(oldCheckpoint, verifier, findings, older: true);
            CompareEntries(export, checkpoint, leaves, old, findings);
        }
        catch (EvidenceFormatException e)
        {
            findings.Add(AuditFindingKind.Malformed, null, $"Bản xuất không đọc được: {e.Message}", $"The export cannot be read: {e.Message}");
        }
        return Report(findings, checkpoint, key);
    }

    private static AuditReport Report(Findings findings, Checkpoint? checkpoint, NoteVerifier? key) =>
        new(checkpoint?.Size ?? 0, checkpoint?.Root, checkpoint?.Origin, key is not null, findings.List);

    private static Checkpoint? OpenCheckpoint(string note, NoteVerifier key, Findings findings, bool older)
    {
        try
        {
            return Checkpoint.Open(note, key);
        }
        catch (EvidenceFormatException e)
        {
            findings.Add(
                AuditFindingKind.CheckpointInvalid, null,
                $"Điểm chốt {(older ? "cũ " : "")}không hợp lệ: {e.Message}", $"The {(older ? "older " : "")}checkpoint is not valid: {e.Message}");
            return null;
        }
    }

    // Leaf hashes that the signed root vouches for; null when the tiles are damaged.
    private static MerkleHash[]? LeavesOfTiles(AuditExport export, Checkpoint checkpoint, Findings findings)
    {
        List<MerkleHash> leaves = [];
        foreach (TileId tile in TileId.AllOf(checkpoint.Size))
        {
            int width = tile.WidthAt(checkpoint.Size);
            if (export.ReadTile(tile, width) is not { } hashes)
                return TilesDamaged(findings, $"{tile.Path(width)}: thiếu hoặc sai độ dài", $"{tile.Path(width)}: missing or of the wrong length");
            if (tile.Level == 0)
                leaves.AddRange(hashes);
            else if (!hashes.AsSpan().SequenceEqual(RootsBelow(leaves, tile, width)))
                return TilesDamaged(findings, $"{tile.Path(width)}: không khớp tầng dưới", $"{tile.Path(width)}: does not follow from the level below");
        }
        var tree = new MerkleFrontier();
        foreach (MerkleHash leaf in leaves)
            tree.Append(leaf);
        return tree.Root() == checkpoint.Root
            ? [.. leaves]
            : TilesDamaged(findings, "gốc cây không khớp điểm chốt", "their root is not the checkpoint's");
    }

    private static MerkleHash[] RootsBelow(List<MerkleHash> leaves, TileId tile, int width)
    {
        long span = 1L << (TileId.Height * tile.Level);
        var roots = new MerkleHash[width];
        for (int i = 0; i < width; i++)
        {
            var subtree = new MerkleFrontier();
            long first = (tile.Index * TileId.Width + i) * span;
            for (long leaf = first; leaf < first + span; leaf++)
                subtree.Append(leaves[(int)leaf]);
            roots[i] = subtree.Root();
        }
        return roots;
    }

    private static MerkleHash[]? TilesDamaged(Findings findings, string vi, string en)
    {
        findings.Add(AuditFindingKind.TilesDamaged, null, $"Các tầng băm bị hỏng: {vi}.", $"The tiles are damaged: {en}.");
        return null;
    }

    private static void CompareEntries(
        AuditExport export, Checkpoint checkpoint, MerkleHash[]? leaves, Checkpoint? old, Findings findings)
    {
        var tree = new MerkleFrontier();
        MerkleHash? oldRoot = old?.Size == 0 ? MerkleTree.EmptyRoot : null;
        List<MerkleHash> lines = [];
        foreach (byte[] leaf in export.ReadLeaves())
        {
            MerkleHash hash = MerkleTree.HashLeaf(leaf);
            lines.Add(hash);
            tree.Append(hash);
            if (tree.Size == old?.Size)
                oldRoot = tree.Root();
            if (leaves is not null && lines.Count <= leaves.Length && leaves[lines.Count - 1] == hash)
                EvidenceRecord.Decode(AuditExport.DecodeUtf8(leaf, lines.Count - 1), $"{ExportNames.Entries}:{lines.Count}");
        }
        if (leaves is not null)
            EntryAlignment.Compare(leaves, lines, findings);
        else if (tree.Size != checkpoint.Size || tree.Root() != checkpoint.Root)
            findings.Add(AuditFindingKind.Altered, null, "Các mục không cho ra gốc cây của điểm chốt.", "The entries do not give the checkpoint's root.");
        if (old is not null && (old.Size > checkpoint.Size || oldRoot != old.Root))
        {
            findings.Add(
                AuditFindingKind.NotPrefix, null,
                $"Điểm chốt cũ ({old.Size} mục) không phải phần đầu của nhật ký này: lịch sử đã bị viết lại hoặc cắt bớt.",
                $"The older checkpoint ({old.Size} entries) is not a prefix of this log: history was rewritten or cut.");
        }
    }

    internal sealed class Findings
    {
        public List<AuditFinding> List { get; } = [];

        public void Add(AuditFindingKind kind, long? index, string vi, string en)
        {
            if (List.Count < MaxFindings)
                List.Add(new AuditFinding(kind, index, new Text(vi, en)));
        }
    }
}
