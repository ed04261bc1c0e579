// A TrueType font: metrics, characters, outlines as bytes. No hinting, no shaping.
// References: ISO/IEC 14496-22:2019 §5.2 (head, hhea, hmtx, maxp, OS/2, post), §5.3 (loca, glyf).
// Limits: horizontal writing; no variable fonts; kerning and mark placement (GPOS) are not applied, which Vietnamese
// in NFC does not need because each of its letters has a glyph of its own.
namespace AnTin.Pdf;

/// <summary>A parsed TrueType font. Immutable, safe to share between threads.</summary>
public sealed class TrueTypeFont
{
    private readonly FontData glyf;
    private readonly FontData hmtx;
    private readonly int horizontalMetrics;
    private readonly uint[] loca;
    private readonly CharacterMap? unicode;

    private TrueTypeFont(SfntTables tables)
    {
        Tables = tables;
        var head = tables.Require("head");
        var maxp = tables.Require("maxp");
        var hhea = tables.Require("hhea");
        UnitsPerEm = head.UInt16(18);
        if (UnitsPerEm is < 16 or > 16384)
            throw FontData.Malformed("font.head", "Units per em are out of range.", 18);
        Bounds = (head.Int16(36), head.Int16(38), head.Int16(40), head.Int16(42));
        GlyphCount = maxp.UInt16(4);
        Ascent = hhea.Int16(4);
        Descent = hhea.Int16(6);
        horizontalMetrics = hhea.UInt16(34);
        hmtx = tables.Require("hmtx");
        if (horizontalMetrics == 0)
            throw FontData.Malformed("font.hhea", "The font has no horizontal metrics.", 34);
        glyf = tables.Require("glyf");
        loca = ReadLocations(tables.Require("loca"), head.Int16(50) != 0);
        var os2 = tables.Find("OS/2");
        CapHeight = os2 is { Length: >= 90 } os ? os.Int16(88) : Ascent;
        Weight = os2 is { Length: >= 6 } weighted ? weighted.UInt16(4) : 400;
        ItalicAngle = tables.Find("post") is { Length: >= 8 } post ? post.Int16(4) + (post.UInt16(6) / 65536.0) : 0;
        PostScriptName = ReadPostScriptName(tables.Find("name"));
        CharacterMaps = tables.Find("cmap") is { } cmap ? CharacterMap.ReadAll(cmap) : [];
        unicode = CharacterMaps.Where(map => map.IsUnicode).MaxBy(map => map.Entries.Count);
    }

    /// <summary>Font units to the em square.</summary>
    public int UnitsPerEm { get; }

    /// <summary>Glyphs in the file, .notdef included.</summary>
    public int GlyphCount { get; }

    /// <summary>Highest point of the line above the baseline, font units.</summary>
    public int Ascent { get; }

    /// <summary>Lowest point of the line, font units, negative below the baseline.</summary>
    public int Descent { get; }

    /// <summary>Height of flat capitals, font units.</summary>
    public int CapHeight { get; }

    /// <summary>Weight class, 400 for regular.</summary>
    public int Weight { get; }

    /// <summary>Slant in degrees, counter-clockwise from upright.</summary>
    public double ItalicAngle { get; }

    /// <summary>Box around all glyphs, font units.</summary>
    public (int Left, int Bottom, int Right, int Top) Bounds { get; }

    /// <summary>Name of the font for PDF dictionaries; "Font" when the file has none.</summary>
    public string PostScriptName { get; }

    internal SfntTables Tables { get; }

    internal IReadOnlyList<CharacterMap> CharacterMaps { get; }

    /// <summary>Parses an sfnt file (.ttf).</summary>
    /// <exception cref="PdfFormatException">The file is malformed.</exception>
    public static TrueTypeFont FromSfnt(ReadOnlyMemory<byte> file) => new(SfntTables.ReadSfnt(file));

    /// <summary>Unpacks and parses a WOFF 1.0 file.</summary>
    /// <exception cref="PdfFormatException">The file is malformed.</exception>
    public static TrueTypeFont FromWoff(ReadOnlyMemory<byte> file) => new(SfntTables.ReadWoff(file));

    /// <summary>Glyph of a Unicode code point, 0 (.notdef) when the font lacks it.</summary>
    public int GlyphIndex(int codePoint)
    {
        var glyph = unicode?.GlyphIndex(codePoint) ?? 0;
        return glyph < GlyphCount ? glyph : 0;
    }

    /// <summary>Advance width of a glyph, font units. Glyphs past the last metric share it.</summary>
    public int AdvanceWidth(int glyph) => hmtx.UInt16(4L * Math.Min(glyph, horizontalMetrics - 1));

    /// <summary>Glyphs and the character each is mapped from; the lowest where there are several.</summary>
    internal IReadOnlyDictionary<int, string> GlyphTexts()
    {
        var texts = new Dictionary<int, string>();
        foreach (var (code, glyph) in (unicode?.Entries ?? new Dictionary<int, int>()).OrderBy(entry => entry.Key))
            if (System.Text.Rune.IsValid(code))
                texts.TryAdd(glyph, new System.Text.Rune(code).ToString());
        return texts;
    }

    internal int LeftSideBearing(int glyph) =>
        glyph < horizontalMetrics
            ? hmtx.Int16((4L * glyph) + 2)
            : hmtx.Int16((4L * horizontalMetrics) + (2L * (glyph - horizontalMetrics)));

    /// <summary>The glyph's bytes in 'glyf'; empty for a glyph without outline.</summary>
    internal ReadOnlyMemory<byte> Outline(int glyph)
    {
        if (glyph < 0 || glyph >= GlyphCount)
            throw FontData.Malformed("font.glyph", $"The font has no glyph {glyph}.", glyph);
        if (loca[glyph + 1] < loca[glyph])
            throw FontData.Malformed("font.loca", $"The outline of glyph {glyph} ends before it starts.", glyph);
        return glyf.Slice(loca[glyph], loca[glyph + 1] - loca[glyph]);
    }

    private uint[] ReadLocations(FontData table, bool isLong)
    {
        var locations = new uint[GlyphCount + 1];
        for (var i = 0; i <= GlyphCount; i++)
            locations[i] = isLong ? table.UInt32(4L * i) : 2u * table.UInt16(2L * i);
        return locations;
    }

    private static string ReadPostScriptName(FontData? table)
    {
        const int postScriptNameId = 6;
        if (table is not { Length: >= 6 } name)
            return "Font";
        for (var i = 0; i < name.UInt16(2); i++)
        {
            var record = 6 + (12 * i);
            if (name.UInt16(record + 6) != postScriptNameId)
                continue;
            var text = name.Slice(name.UInt16(4) + name.UInt16(record + 10), name.UInt16(record + 8)).Span;
            // UTF-16BE or one byte a character: both hold the printable ASCII that the name is limited to.
            var letters = new string([
                .. text.ToArray().Where(b => b is > 32 and < 127 && !"[](){}<>/%".Contains((char)b)).Select(b => (char)b),
            ]);
            if (letters.Length > 0)
                return letters;
        }
        return "Font";
    }
}
