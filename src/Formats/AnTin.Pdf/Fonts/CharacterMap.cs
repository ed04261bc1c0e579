// Character to glyph mapping of a TrueType font ('cmap').
// References: ISO/IEC 14496-22:2019 §5.2.1, formats 0, 4, 6 and 12; ISO 32000-2:2020 §9.6.5.4 for which
// subtable a PDF reader uses.
// Limits: formats 2, 8, 10, 13 and 14 are passed over.
namespace AnTin.Pdf;

internal sealed class CharacterMap
{
    // Code points one map may hold: all of Unicode's assigned planes stay well below.
    private const int MaximumEntries = 400_000;

    // Real fonts have up to six.
    private const int MaximumSubtables = 16;

    private readonly Dictionary<int, int> glyphs;

    private CharacterMap(int platform, int encoding, Dictionary<int, int> glyphs)
    {
        Platform = platform;
        Encoding = encoding;
        this.glyphs = glyphs;
    }

    public int Platform { get; }

    public int Encoding { get; }

    /// <summary>Keys are code points for Unicode subtables, codes for symbol (3,0) and Macintosh (1,0) ones.</summary>
    public IReadOnlyDictionary<int, int> Entries => glyphs;

    public bool IsUnicode => Platform == 0 || (Platform == 3 && Encoding is 1 or 10);

    /// <summary>Glyph index, 0 when the map has none.</summary>
    public int GlyphIndex(int code) => glyphs.GetValueOrDefault(code);

    /// <summary>Every subtable in a format read here, in file order.</summary>
    public static IReadOnlyList<CharacterMap> ReadAll(FontData cmap)
    {
        var count = cmap.UInt16(2);
        var maps = new List<CharacterMap>();
        // Several records commonly share one subtable; each is read once.
        var read = new Dictionary<uint, Dictionary<int, int>?>();
        for (var i = 0; i < count && i < MaximumSubtables; i++)
        {
            var record = 4 + (8 * i);
            var offset = cmap.UInt32(record + 4);
            if (!read.TryGetValue(offset, out var map))
                read[offset] = map = ReadSubtable(cmap, offset);
            if (map is not null)
                maps.Add(new CharacterMap(cmap.UInt16(record), cmap.UInt16(record + 2), map));
        }
        return maps;
    }

    private static Dictionary<int, int>? ReadSubtable(FontData cmap, long offset) =>
        cmap.UInt16(offset) switch
        {
            0 => ReadByteTable(cmap, offset),
            4 => ReadSegments(cmap, offset),
            6 => ReadTrimmed(cmap, offset),
            12 => ReadGroups(cmap, offset),
            _ => null,
        };

    private static Dictionary<int, int> ReadByteTable(FontData cmap, long offset)
    {
        var map = new Dictionary<int, int>();
        for (var code = 0; code < 256; code++)
        {
            var glyph = cmap.UInt8(offset + 6 + code);
            if (glyph != 0)
                map[code] = glyph;
        }
        return map;
    }

    private static Dictionary<int, int> ReadSegments(FontData cmap, long offset)
    {
        var segments = cmap.UInt16(offset + 6) / 2;
        var ends = offset + 14;
        var starts = ends + (2 * segments) + 2;
        var deltas = starts + (2 * segments);
        var ranges = deltas + (2 * segments);
        var map = new Dictionary<int, int>();
        var visited = 0;
        for (var i = 0; i < segments; i++)
        {
            int start = cmap.UInt16(starts + (2 * i)),
                end = cmap.UInt16(ends + (2 * i));
            int delta = cmap.UInt16(deltas + (2 * i)),
                range = cmap.UInt16(ranges + (2 * i));
            visited += Math.Max(0, end - start);
            if (visited > MaximumEntries)
                throw FontData.Malformed("font.cmap", "The segments of the character map overlap too much.", offset);
            for (var code = start; code <= end && code != 0xFFFF; code++)
            {
                var glyph = code;
                if (range != 0)
                {
                    var at = ranges + (2 * i) + range + (2 * (code - start));
                    // Subset fonts exist whose last segment points past the table: such codes have no glyph.
                    glyph = at + 2 <= cmap.Length ? cmap.UInt16(at) : 0;
                    if (glyph == 0)
                        continue;
                }
                glyph = (glyph + delta) & 0xFFFF;
                if (glyph != 0)
                    map.TryAdd(code, glyph);
            }
        }
        return map;
    }

    private static Dictionary<int, int> ReadTrimmed(FontData cmap, long offset)
    {
        int first = cmap.UInt16(offset + 6),
            count = cmap.UInt16(offset + 8);
        var map = new Dictionary<int, int>();
        for (var i = 0; i < count; i++)
        {
            var glyph = cmap.UInt16(offset + 10 + (2 * i));
            if (glyph != 0)
                map[first + i] = glyph;
        }
        return map;
    }

    private static Dictionary<int, int> ReadGroups(FontData cmap, long offset)
    {
        var groups = cmap.UInt32(offset + 12);
        var map = new Dictionary<int, int>();
        for (long i = 0; i < groups; i++)
        {
            var group = offset + 16 + (12 * i);
            long start = cmap.UInt32(group),
                end = cmap.UInt32(group + 4),
                glyph = cmap.UInt32(group + 8);
            if (end < start || end > 0x10FFFF || glyph > 0xFFFF)
                throw FontData.Malformed("font.cmap", "A group of the character map is out of range.", group);
            if (map.Count + (end - start) > MaximumEntries)
                throw FontData.Malformed("font.cmap", "The character map has too many entries.", group);
            for (var code = start; code <= end; code++, glyph++)
                if (glyph is > 0 and <= 0xFFFF)
                    map.TryAdd((int)code, (int)glyph);
        }
        return map;
    }
}
