// One font file of a stack as PDF objects: a Type0 font over a CIDFontType2 with a subset of glyphs.
// References: ISO 32000-2:2020 §9.7 (composite fonts), §9.7.4.3 (W), §9.8 (descriptor), §9.9 (embedding, subset tags),
// §9.10.3 (ToUnicode); ISO 19005-2:2011 §6.2.11 (what PDF/A asks of embedded fonts).
// Limits: Identity-H only; the result depends on the set of glyphs alone, so equal appearances are equal bytes.
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace AnTin.Pdf;

internal sealed class EmbeddedFont(TrueTypeFont font)
{
    private readonly SortedDictionary<int, string> used = [];
    private TrueTypeSubset? subset;

    /// <summary>Notes that a glyph is shown, before the font is written.</summary>
    public void Use(int glyph, string text) => used.TryAdd(glyph, text);

    /// <summary>The code of a glyph in strings of the content stream.</summary>
    public int Code(int glyph) => Subset.Glyphs[glyph];

    private TrueTypeSubset Subset => subset ??= new TrueTypeSubset(font, used.Keys);

    /// <summary>Adds the font's objects; the last reference is the Type0 font.</summary>
    public PdfReference AddTo(AppearanceObjects objects)
    {
        var program = Subset.Build();
        var name = $"{Tag(program)}+{font.PostScriptName}";
        var file = objects.Add(Compressed(new PdfDictionary().With("Length1", new PdfInteger(program.Length)), program));
        var descriptor = objects.Add(Descriptor(name, file));
        var descendant = objects.Add(
            new PdfDictionary()
                .With("Type", new PdfName("Font"))
                .With("Subtype", new PdfName("CIDFontType2"))
                .With("BaseFont", new PdfName(name))
                .With(
                    "CIDSystemInfo",
                    new PdfDictionary()
                        .With("Registry", new PdfString("Adobe"u8.ToArray()))
                        .With("Ordering", new PdfString("Identity"u8.ToArray()))
                        .With("Supplement", new PdfInteger(0))
                )
                .With("FontDescriptor", descriptor)
                .With("CIDToGIDMap", new PdfName("Identity"))
                .With("DW", new PdfInteger(FontStack.PdfWidth(font, 0)))
                .With("W", Widths())
        );
        var toUnicode = objects.Add(Compressed(new PdfDictionary(), ToUnicode()));
        return objects.Add(
            new PdfDictionary()
                .With("Type", new PdfName("Font"))
                .With("Subtype", new PdfName("Type0"))
                .With("BaseFont", new PdfName(name))
                .With("Encoding", new PdfName("Identity-H"))
                .With("DescendantFonts", new PdfArray(descendant))
                .With("ToUnicode", toUnicode)
        );
    }

    /// <summary>A stream packed with deflate.</summary>
    public static PdfStream Compressed(PdfDictionary dictionary, ReadOnlySpan<byte> data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(data);
        return new PdfStream(dictionary.With("Filter", new PdfName("FlateDecode")), packed.ToArray());
    }

    private PdfDictionary Descriptor(string name, PdfReference file)
    {
        // Symbolic (the glyphs are addressed by number, not by a Latin encoding) and serif.
        const int flags = 4 | 2;
        // Stem width is not in the font; 50 + (weight / 65)² is the usual estimate and only guides substitution.
        var stem = 50 + (int)Math.Pow(font.Weight / 65.0, 2);
        return new PdfDictionary()
            .With("Type", new PdfName("FontDescriptor"))
            .With("FontName", new PdfName(name))
            .With("Flags", new PdfInteger(flags))
            .With(
                "FontBBox",
                PdfArray.Of(Scale(font.Bounds.Left), Scale(font.Bounds.Bottom), Scale(font.Bounds.Right), Scale(font.Bounds.Top))
            )
            .With("ItalicAngle", new PdfReal(font.ItalicAngle))
            .With("Ascent", new PdfInteger(Scale(font.Ascent)))
            .With("Descent", new PdfInteger(Scale(font.Descent)))
            .With("CapHeight", new PdfInteger(Scale(font.CapHeight)))
            .With("StemV", new PdfInteger(stem))
            .With("FontFile2", file);
    }

    private int Scale(int units) => (int)Math.Round(units * 1000.0 / font.UnitsPerEm);

    private PdfArray Widths()
    {
        var widths = new PdfArray();
        foreach (var glyph in Subset.Glyphs.Keys)
            widths.Add(new PdfInteger(FontStack.PdfWidth(font, glyph)));
        return new PdfArray(new PdfInteger(0), widths);
    }

    private byte[] ToUnicode()
    {
        const int blockSize = 100;
        var map = new StringBuilder();
        map.Append("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n")
            .Append("/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n")
            .Append("/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n")
            .Append("1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var block in used.Where(entry => entry.Key != 0).Chunk(blockSize))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, text) in block)
                map.Append(
                    CultureInfo.InvariantCulture,
                    $"<{Code(glyph):X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>\n"
                );
            map.Append("endbfchar\n");
        }
        map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        return Encoding.ASCII.GetBytes(map.ToString());
    }

    // §9.9.2: six capitals. Taken from the program's bytes, so that different subsets differ in name.
    private static string Tag(ReadOnlySpan<byte> program)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in program)
            hash = unchecked((hash ^ value) * 1099511628211UL);
        var tag = new char[6];
        for (var i = 0; i < tag.Length; i++, hash /= 26)
            tag[i] = (char)('A' + (int)(hash % 26));
        return new string(tag);
    }
}
