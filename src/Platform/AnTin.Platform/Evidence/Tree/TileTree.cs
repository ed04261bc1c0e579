// Roots and proofs computed from tiles.
// References: RFC 6962 §2.1 (root), §2.1.1 (audit path), §2.1.2 (consistency proof); C2SP tlog-tiles.

using System.Numerics;

namespace AnTin.Platform.Evidence.Tree;

/// <summary>A tree of a fixed size read through its tiles.</summary>
public sealed class TileTree(ITileSource tiles, long size)
{
    public long Size { get; } = size is >= 0 and <= MerkleTree.MaxSize
        ? size
        : throw new ArgumentOutOfRangeException(nameof(size));

    public MerkleHash Root() => RootAt(Size);

    /// <summary>The root the tree had at an earlier size.</summary>
    public MerkleHash RootAt(long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? MerkleTree.EmptyRoot : Range(0, size);
    }

    /// <summary>RFC 6962 §2.1.1: PATH(index, D[0:size]), leaf's sibling first.</summary>
    public IReadOnlyList<MerkleHash> InclusionProof(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        List<MerkleHash> path = [];
        long start = 0;
        long end = size;
        while (end - start > 1)
        {
            long middle = start + SplitOf(end - start);
            if (index < middle)
            {
                path.Add(Range(middle, end));
                end = middle;
            }
            else
            {
                path.Add(Range(start, middle));
                start = middle;
            }
        }
        path.Reverse();
        return path;
    }

    /// <summary>RFC 6962 §2.1.2: PROOF(size1, D[0:size2]); empty when either side is trivial.</summary>
    public IReadOnlyList<MerkleHash> ConsistencyProof(long size1, long size2)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size2, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size1, size2);
        ArgumentOutOfRangeException.ThrowIfNegative(size1);
        List<MerkleHash> proof = [];
        if (size1 == 0 || size1 == size2)
            return proof;
        long start = 0;
        long end = size2;
        bool whole = true;
        while (size1 != end)
        {
            long middle = start + SplitOf(end - start);
            if (size1 <= middle)
            {
                proof.Add(Range(middle, end));
                end = middle;
            }
            else
            {
                proof.Add(Range(start, middle));
                start = middle;
                whole = false;
            }
        }
        if (!whole)
            proof.Add(Range(start, end));
        proof.Reverse();
        return proof;
    }

    internal static MerkleHash SubtreeRoot(IReadOnlyList<MerkleHash> hashes, int start, int height)
    {
        if (height == 0)
            return hashes[start];
        int half = 1 << (height - 1);
        return MerkleTree.HashNode(SubtreeRoot(hashes, start, height - 1), SubtreeRoot(hashes, start + half, height - 1));
    }

    // The largest power of two smaller than n (RFC 6962 §2.1's k).
    private static long SplitOf(long n) => 1L << BitOperations.Log2((ulong)(n - 1));

    // MTH(D[start:end]) for the ranges that occur: start is a multiple of the range's enclosing power of two.
    private MerkleHash Range(long start, long end)
    {
        long length = end - start;
        if (BitOperations.IsPow2(length))
            return Perfect(start, BitOperations.Log2((ulong)length));
        long middle = start + SplitOf(length);
        return MerkleTree.HashNode(Range(start, middle), Range(middle, end));
    }

    private MerkleHash Perfect(long start, int height)
    {
        int level = height / TileId.Height;
        int within = height % TileId.Height;
        long first = start >> (TileId.Height * level);
        var tile = new TileId(level, first / TileId.Width);
        IReadOnlyList<MerkleHash> hashes = tiles.Read(tile, tile.WidthAt(Size));
        return SubtreeRoot(hashes, (int)(first % TileId.Width), within);
    }
}
