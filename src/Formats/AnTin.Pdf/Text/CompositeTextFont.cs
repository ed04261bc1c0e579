// Composite fonts (Type0): codes of one to four bytes, mapped to CIDs of one descendant font.
// References: ISO 32000-2:2020 §9.7.4 (CIDFonts), §9.7.4.3 (glyph metrics), §9.7.5 (CMaps), §9.10.2-9.10.3.
// Limits: without ToUnicode, text comes from the embedded TrueType program only; character collections of Adobe (Japan1,
// GB1, CNS1, Korea1) are not known.
namespace AnTin.Pdf;

internal sealed class CompositeTextFont : TextFont
{
    private const int Cids = 65_536;

    // Widths that /W may set, counting those it sets twice.
    private const int MaximumWidths = 4 * Cids;

    private readonly CharacterCodeMap encoding;
    private readonly CharacterCodeMap? toUnicode;
    private readonly Dictionary<int, double> widths = [];
    private readonly Dictionary<uint, string> programTexts;
    private readonly byte[]? glyphsOfCids;
    private readonly double defaultWidth;
    private readonly double verticalAdvance = -1;

    public CompositeTextFont(PdfDocument document, PdfDictionary font)
    {
        var descendant = document.Get<PdfArray>(font, "DescendantFonts") is { Count: > 0 } fonts
            ? document.Resolve(fonts[0]) as PdfDictionary ?? new PdfDictionary()
            : new PdfDictionary();
        var descriptor = document.Get<PdfDictionary>(descendant, "FontDescriptor");
        ReadVerticalMetrics(document, descriptor);
        ReadSlant(document, font, descriptor);
        (encoding, IsVertical) = ReadEncoding(document, font);
        toUnicode = ReadToUnicode(document, font);
        defaultWidth = (document.Get<PdfNumber>(descendant, "DW")?.ToDouble() ?? 1000) / 1000;
        if (document.Get<PdfArray>(descendant, "DW2") is { Count: 2 } vertical && document.Resolve(vertical[1]) is PdfNumber advance)
            verticalAdvance = advance.ToDouble() / 1000;
        ReadWidths(document, document.Get<PdfArray>(descendant, "W"));
        programTexts = ReadTrueType(document, descriptor)?.GlyphTexts().ToDictionary(pair => (uint)pair.Key, pair => pair.Value) ?? [];
        if (document.Get<PdfStream>(descendant, "CIDToGIDMap") is { } map && programTexts.Count > 0)
            glyphsOfCids = document.Decode(map).ToArray();
    }

    public override bool IsVertical { get; }

    public override TextCode Next(ReadOnlySpan<byte> bytes)
    {
        var (length, code) = encoding.NextCode(bytes);
        var cid = encoding.Cid(length, code);
        var advance = IsVertical ? verticalAdvance : widths.GetValueOrDefault(cid, defaultWidth);
        return new TextCode(length, TextOf(length, code, cid), advance, length == 1 && code == 32);
    }

    private string TextOf(int length, uint code, int cid)
    {
        if (toUnicode?.Text(length, code) is { } text)
            return text;
        // A one-byte code space with two-byte entries in ToUnicode, and the reverse, are both met.
        if (toUnicode is not null && (toUnicode.Text(2, code) ?? toUnicode.Text(1, code)) is { } other)
            return other;
        var glyph = (uint)cid;
        if (glyphsOfCids is not null)
            glyph = (2 * cid) + 1 < glyphsOfCids.Length ? (uint)((glyphsOfCids[2 * cid] << 8) | glyphsOfCids[(2 * cid) + 1]) : 0;
        return programTexts.GetValueOrDefault(glyph, Unknown);
    }

    private static (CharacterCodeMap Map, bool IsVertical) ReadEncoding(PdfDocument document, PdfDictionary font)
    {
        switch (document.Resolve(font["Encoding"]))
        {
            case PdfStream stream:
                var map = CharacterCodeMap.Read(document.Decode(stream));
                var isVertical = document.Get<PdfInteger>(stream.Dictionary, "WMode")?.Value == 1;
                return (map.Spaces.Count == 0 ? CharacterCodeMap.Identity : map, isVertical);
            case PdfName name:
                return (CharacterCodeMap.Identity, name.Value.EndsWith("-V", StringComparison.Ordinal));
            default:
                return (CharacterCodeMap.Identity, false);
        }
    }

    // §9.7.4.3: "c [w1 w2 …]" or "first last w".
    private void ReadWidths(PdfDocument document, PdfArray? array)
    {
        var budget = MaximumWidths;
        for (var i = 0; array is not null && i + 1 < array.Count; )
        {
            if (document.Resolve(array[i]) is not PdfInteger { Value: >= 0 and < Cids } start)
                return;
            var first = (int)start.Value;
            switch (document.Resolve(array[i + 1]))
            {
                case PdfArray list:
                    for (var k = 0; k < list.Count && first + k < Cids && budget-- > 0; k++)
                        if (document.Resolve(list[k]) is PdfNumber each)
                            widths[first + k] = each.ToDouble() / 1000;
                    i += 2;
                    break;
                case PdfInteger { Value: >= 0 and < Cids } last
                    when i + 2 < array.Count && document.Resolve(array[i + 2]) is PdfNumber width:
                    for (var cid = first; cid <= last.Value && budget-- > 0; cid++)
                        widths[cid] = width.ToDouble() / 1000;
                    i += 3;
                    break;
                default:
                    return;
            }
        }
    }
}
