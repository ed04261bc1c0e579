using System.Text;
using AnTin.Platform.Evidence.Tree;
using CsCheck;

namespace AnTin.Platform.Tests.Evidence;

public sealed class MerkleTreeTests
{
    // Sizes around the edges of tiles, and anything between.
    private static readonly Gen<int> Sizes = Gen.OneOf(Gen.Int[0, 700], Gen.OneOf(new[] { 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 66_000 }.Select(Gen.Const).ToArray()));

    [Fact]
    public void The_root_is_the_recursive_definition_of_RFC_6962() =>
        Gen.Int[0, 300].Sample(size =>
        {
            MerkleHash[] leaves = Leaves(size);
            Assert.Equal(Definition(leaves), Frontier(leaves).Root());
            Assert.Equal(Definition(leaves), new TileTree(Tiles(leaves), size).Root());
        }, iter: 60);

    [Fact]
    public void Growing_in_batches_gives_the_tree_of_one_go() =>
        Gen.Select(Sizes, Gen.Int[1, 400]).Sample((size, batch) =>
        {
            MerkleHash[] leaves = Leaves(size);
            var stored = new Dictionary<TileId, IReadOnlyList<MerkleHash>>();
            for (int start = 0; start < size; start += batch)
            {
                var tiles = new TileSet();
                foreach (TileId id in TileSet.EdgeOf(start))
                    tiles.Load(id, stored[id]);
                for (int i = start; i < Math.Min(size, start + batch); i++)
                    tiles.Append(i, leaves[i]);
                foreach (TileId id in tiles.Changed)
                    stored[id] = [.. tiles.Read(id, 1)];
            }
            TileId[] all = [.. TileId.AllOf(size)];
            Assert.Equal(all.ToHashSet(), stored.Keys.ToHashSet());
            Assert.All(all, id => Assert.Equal(id.WidthAt(size), stored[id].Count));
            Assert.Equal(Frontier(leaves).Root(), new TileTree(Load(stored), size).Root());
        }, iter: 30);

    [Fact]
    public void Every_inclusion_proof_verifies_and_no_changed_one_does() =>
        Gen.Select(Gen.Int[1, 1500], Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample((size, pick, spoil) =>
        {
            MerkleHash[] leaves = Leaves(size);
            int index = pick % size;
            var tree = new TileTree(Tiles(leaves), size);
            List<MerkleHash> proof = [.. tree.InclusionProof(index, size)];
            Assert.True(MerkleTree.VerifyInclusion(index, size, leaves[index], proof, tree.Root()));
            Assert.False(MerkleTree.VerifyInclusion(index, size, Leaf(-1), proof, tree.Root()));
            Assert.False(MerkleTree.VerifyInclusion(index, size, leaves[index], [.. proof, Leaf(-1)], tree.Root()));
            if (proof.Count > 0)
            {
                proof[spoil % proof.Count] = Leaf(-1);
                Assert.False(MerkleTree.VerifyInclusion(index, size, leaves[index], proof, tree.Root()));
            }
        }, iter: 200);

    [Fact]
    public void Every_consistency_proof_verifies_and_a_rewritten_history_has_none() =>
        Gen.Select(Gen.Int[1, 1500], Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample((size, pickOld, pickChange) =>
        {
            int old = 1 + pickOld % size;
            MerkleHash[] leaves = Leaves(size);
            var tree = new TileTree(Tiles(leaves), size);
            IReadOnlyList<MerkleHash> proof = tree.ConsistencyProof(old, size);
            Assert.True(MerkleTree.VerifyConsistency(old, size, tree.RootAt(old), tree.Root(), proof));

            MerkleHash[] rewritten = [.. leaves];
            rewritten[pickChange % old] = Leaf(-1);
            var forged = new TileTree(Tiles(rewritten), size);
            Assert.False(MerkleTree.VerifyConsistency(old, size, tree.RootAt(old), forged.Root(), forged.ConsistencyProof(old, size)));
        }, iter: 200);

    [Theory]
    [InlineData(0, 256, "000")]
    [InlineData(5, 17, "005.p/17")]
    [InlineData(1234067, 256, "x001/x234/067")]
    [InlineData(999, 255, "999.p/255")]
    [InlineData(1000, 256, "x001/000")]
    public void Tile_paths_are_those_of_the_specification(long index, int width, string path)
    {
        Assert.Equal(path, TilePath.Encode(index, width));
        Assert.True(TilePath.TryDecode(path, out long decoded, out int decodedWidth));
        Assert.Equal((index, width), (decoded, decodedWidth));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000")]
    [InlineData("x000/001")]
    [InlineData("001/002")]
    [InlineData("x001")]
    [InlineData("001.p/0")]
    [InlineData("001.p/256")]
    [InlineData("001.p/08")]
    [InlineData("001.p/-1")]
    [InlineData("+01")]
    [InlineData("001/../../etc")]
    [InlineData("x999/x999/x999/x999/x999/x999/x999/x999/999")]
    public void Other_spellings_of_a_tile_path_are_refused(string path) =>
        Assert.False(TilePath.TryDecode(path, out _, out _));

    [Fact]
    public void A_tree_of_seventy_thousand_has_the_tiles_the_specification_counts()
    {
        TileId[] tiles = [.. TileId.AllOf(70_000)];
        Assert.Equal(273, tiles.Count(t => t.Level == 0 && t.WidthAt(70_000) == 256));
        Assert.Equal(112, tiles.Single(t => t.Level == 0 && t.WidthAt(70_000) < 256).WidthAt(70_000));
        Assert.Equal([256, 17], tiles.Where(t => t.Level == 1).Select(t => t.WidthAt(70_000)));
        Assert.Equal([1], tiles.Where(t => t.Level == 2).Select(t => t.WidthAt(70_000)));
    }

    private static MerkleHash Leaf(int i) => MerkleTree.HashLeaf(Encoding.UTF8.GetBytes($"leaf {i}"));

    private static MerkleHash[] Leaves(int size) => [.. Enumerable.Range(0, size).Select(Leaf)];

    private static MerkleFrontier Frontier(IEnumerable<MerkleHash> leaves)
    {
        var frontier = new MerkleFrontier();
        foreach (MerkleHash leaf in leaves)
            frontier.Append(leaf);
        return frontier;
    }

    private static TileSet Tiles(MerkleHash[] leaves)
    {
        var tiles = new TileSet();
        for (int i = 0; i < leaves.Length; i++)
            tiles.Append(i, leaves[i]);
        return tiles;
    }

    private static TileSet Load(Dictionary<TileId, IReadOnlyList<MerkleHash>> stored)
    {
        var tiles = new TileSet();
        foreach ((TileId id, IReadOnlyList<MerkleHash> hashes) in stored)
            tiles.Load(id, hashes);
        return tiles;
    }

    private static MerkleHash Definition(ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length == 0)
            return MerkleTree.EmptyRoot;
        if (leaves.Length == 1)
            return leaves[0];
        int k = 1;
        while (k * 2 < leaves.Length)
            k *= 2;
        return MerkleTree.HashNode(Definition(leaves[..k]), Definition(leaves[k..]));
    }
}
