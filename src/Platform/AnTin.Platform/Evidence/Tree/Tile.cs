// Tiles: the Merkle tree cut into files of 256 hashes.
// Reference: C2SP tlog-tiles (c2sp.org/tlog-tiles), levels, paths, partial tiles, entry bundles.
// Limits: no pruning (minimum index 0).

using System.Globalization;

namespace AnTin.Platform.Evidence.Tree;

/// <summary>The n-th tile of a level; level 0 holds leaf hashes, each hash above is the root of a full tile below.</summary>
public readonly record struct TileId(int Level, long Index)
{
    public const int Width = 256;
    public const int Height = 8;

    /// <summary>Levels that a tree of at most 2^62 leaves can have.</summary>
    public const int MaxLevel = 7;

    /// <summary>How many hashes the tile has in a tree of <paramref name="size"/>: 0 to 256.</summary>
    public int WidthAt(long size)
    {
        long hashes = (size >> (Height * Level)) - Index * Width;
        return (int)Math.Clamp(hashes, 0, Width);
    }

    /// <summary><c>tile/&lt;L&gt;/&lt;N&gt;[.p/&lt;W&gt;]</c>; a width of 256 is the full tile.</summary>
    public string Path(int width) => $"tile/{Level.ToString(CultureInfo.InvariantCulture)}/{TilePath.Encode(Index, width)}";

    /// <summary>Every tile of a tree of that size, level by level, left to right.</summary>
    public static IEnumerable<TileId> AllOf(long size)
    {
        for (int level = 0; level <= MaxLevel; level++)
        {
            long hashes = size >> (Height * level);
            if (hashes == 0)
                yield break;
            long tiles = (hashes + Width - 1) / Width;
            for (long index = 0; index < tiles; index++)
                yield return new TileId(level, index);
        }
    }
}

/// <summary>The index part of tile and bundle paths: <c>x001/x234/067</c>, with <c>.p/W</c> when partial.</summary>
public static class TilePath
{
    public static string Encode(long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        string path = (index % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (long rest = index / 1000; rest > 0; rest /= 1000)
            path = $"x{(rest % 1000).ToString("000", CultureInfo.InvariantCulture)}/{path}";
        return width == TileId.Width ? path : $"{path}.p/{width.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>The inverse of <see cref="Encode"/>; only the one canonical spelling is accepted.</summary>
    public static bool TryDecode(string path, out long index, out int width)
    {
        index = 0;
        width = TileId.Width;
        string number = path;
        int partial = path.IndexOf(".p/", StringComparison.Ordinal);
        if (partial >= 0)
        {
            number = path[..partial];
            if (!int.TryParse(path.AsSpan(partial + 3), NumberStyles.None, CultureInfo.InvariantCulture, out width)
                || width is < 1 or >= TileId.Width)
                return false;
        }
        if (number.Length > 7 * 5)
            return false;
        foreach (string element in number.Split('/'))
        {
            ReadOnlySpan<char> digits = element.StartsWith('x') ? element.AsSpan(1) : element;
            if (digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int part))
                return false;
            if (index > (long.MaxValue - part) / 1000)
                return false;
            index = index * 1000 + part;
        }
        return Encode(index, width) == path;
    }
}

/// <summary>Where tiles come from: a database, a folder, an export. Not trusted: roots and proofs are checked.</summary>
public interface ITileSource
{
    /// <returns>At least <paramref name="width"/> hashes of the tile.</returns>
    /// <exception cref="EvidenceFormatException">The tile is missing or too short.</exception>
    IReadOnlyList<MerkleHash> Read(TileId tile, int width);
}

/// <summary>Tiles in memory; also collects what an appended batch changes.</summary>
public sealed class TileSet : ITileSource
{
    private readonly Dictionary<TileId, List<MerkleHash>> _tiles = [];
    private readonly HashSet<TileId> _changed = [];

    public IReadOnlyCollection<TileId> Changed => _changed;

    public void Load(TileId tile, IEnumerable<MerkleHash> hashes) => _tiles[tile] = [.. hashes];

    public IReadOnlyList<MerkleHash> Read(TileId tile, int width)
    {
        if (!_tiles.TryGetValue(tile, out List<MerkleHash>? hashes) || hashes.Count < width)
            throw new EvidenceFormatException(tile.Path(width), "the tile is missing or too short");
        return hashes;
    }

    /// <summary>The tiles that hold the right edge of a tree of that size: all that appending to it needs.</summary>
    public static IEnumerable<TileId> EdgeOf(long size)
    {
        for (int level = 0; level <= TileId.MaxLevel; level++)
        {
            long hashes = size >> (TileId.Height * level);
            if (hashes == 0)
                yield break;
            if (hashes % TileId.Width != 0)
                yield return new TileId(level, hashes / TileId.Width);
        }
    }

    /// <summary>Adds the leaf with that index; the edge of the tree before it must be loaded.</summary>
    public void Append(long index, MerkleHash leaf)
    {
        MerkleHash hash = leaf;
        for (int level = 0; level <= TileId.MaxLevel; level++)
        {
            var id = new TileId(level, index / TileId.Width);
            int position = (int)(index % TileId.Width);
            if (!_tiles.TryGetValue(id, out List<MerkleHash>? tile))
                _tiles[id] = tile = [];
            if (tile.Count != position)
                throw new EvidenceFormatException(id.Path(TileId.Width), "the tile does not end where the tree does");
            tile.Add(hash);
            _changed.Add(id);
            if (tile.Count < TileId.Width)
                return;
            hash = TileTree.SubtreeRoot(tile, 0, TileId.Height);
            index /= TileId.Width;
        }
    }
}
