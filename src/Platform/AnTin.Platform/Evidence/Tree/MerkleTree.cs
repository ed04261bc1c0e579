// Merkle tree hashing and proofs.
// References: RFC 6962 §2.1 (hash, root); RFC 9162 §2.1.3.2 and §2.1.4.2 (verifying proofs; the same tree).
// Limits: SHA-256 only; sizes up to 2^62.

using System.Numerics;
using System.Security.Cryptography;

namespace AnTin.Platform.Evidence.Tree;

public static class MerkleTree
{
    public const long MaxSize = 1L << 62;

    /// <summary>The root of the tree without leaves: the hash of nothing.</summary>
    public static readonly MerkleHash EmptyRoot = new(SHA256.HashData([]));

    /// <summary>RFC 6962 §2.1: SHA-256(0x00 || leaf).</summary>
    public static MerkleHash HashLeaf(ReadOnlySpan<byte> leaf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(leaf);
        Span<byte> digest = stackalloc byte[MerkleHash.Size];
        hash.GetHashAndReset(digest);
        return new MerkleHash(digest);
    }

    /// <summary>RFC 6962 §2.1: SHA-256(0x01 || left || right).</summary>
    public static MerkleHash HashNode(MerkleHash left, MerkleHash right)
    {
        Span<byte> node = stackalloc byte[1 + 2 * MerkleHash.Size];
        node[0] = 0x01;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + MerkleHash.Size)..]);
        Span<byte> digest = stackalloc byte[MerkleHash.Size];
        SHA256.HashData(node, digest);
        return new MerkleHash(digest);
    }

    /// <summary>RFC 9162 §2.1.3.2: whether the proof ties the leaf at <paramref name="index"/> to the root of that size.</summary>
    public static bool VerifyInclusion(
        long index, long size, MerkleHash leaf, IReadOnlyList<MerkleHash> proof, MerkleHash root)
    {
        if (index < 0 || index >= size || size > MaxSize)
            return false;
        long fn = index;
        long sn = size - 1;
        MerkleHash r = leaf;
        foreach (MerkleHash p in proof)
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                r = HashNode(p, r);
                while (fn != 0 && (fn & 1) == 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                r = HashNode(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r == root;
    }

    /// <summary>
    /// RFC 9162 §2.1.4.2: whether the first tree is a prefix of the second; equal sizes need equal roots and an empty
    /// proof. Like the RFC it starts at size 1: the empty tree is a prefix of every tree, and a proof of that says nothing.
    /// </summary>
    public static bool VerifyConsistency(
        long size1, long size2, MerkleHash root1, MerkleHash root2, IReadOnlyList<MerkleHash> proof)
    {
        if (size1 < 1 || size1 > size2 || size2 > MaxSize)
            return false;
        if (size1 == size2)
            return proof.Count == 0 && root1 == root2;
        if (proof.Count == 0)
            return false;

        bool wholeSubtree = BitOperations.IsPow2(size1);
        MerkleHash first = wholeSubtree ? root1 : proof[0];
        long fn = size1 - 1;
        long sn = size2 - 1;
        while ((fn & 1) == 1)
        {
            fn >>= 1;
            sn >>= 1;
        }
        MerkleHash fr = first;
        MerkleHash sr = first;
        foreach (MerkleHash c in proof.Skip(wholeSubtree ? 0 : 1))
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                fr = HashNode(c, fr);
                sr = HashNode(c, sr);
                while (fn != 0 && (fn & 1) == 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                sr = HashNode(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr == root1 && sr == root2;
    }
}

/// <summary>The right edge of a growing tree: the roots of its perfect subtrees, largest first. Constant in memory.</summary>
public sealed class MerkleFrontier
{
    private readonly List<MerkleHash> _subtrees = [];

    public long Size { get; private set; }

    public void Append(MerkleHash leaf)
    {
        MerkleHash node = leaf;
        for (long n = Size; (n & 1) == 1; n >>= 1)
        {
            node = MerkleTree.HashNode(_subtrees[^1], node);
            _subtrees.RemoveAt(_subtrees.Count - 1);
        }
        _subtrees.Add(node);
        Size++;
    }

    public MerkleHash Root()
    {
        if (_subtrees.Count == 0)
            return MerkleTree.EmptyRoot;
        MerkleHash root = _subtrees[^1];
        for (int i = _subtrees.Count - 2; i >= 0; i--)
            root = MerkleTree.HashNode(_subtrees[i], root);
        return root;
    }
}
