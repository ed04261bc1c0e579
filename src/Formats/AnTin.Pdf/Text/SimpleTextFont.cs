// Simple fonts (Type1, MMType1, TrueType, Type3): one byte a code.
// References: ISO 32000-2:2020 §9.6.2 (Type 1), §9.6.3 (TrueType), §9.6.4 (Type 3), §9.6.5 (encodings), §9.10.2.
// Limits: the built-in encoding of CFF programs (FontFile3) is not read; such fonts carry /Encoding or /ToUnicode in practice.
using System.Text;

namespace AnTin.Pdf;

internal sealed class SimpleTextFont : TextFont
{
    private readonly string?[] texts = new string?[256];
    private readonly double[] widths = new double[256];

    public SimpleTextFont(PdfDocument document, PdfDictionary font)
    {
        var subtype = document.Get<PdfName>(font, "Subtype")?.Value;
        var descriptor = document.Get<PdfDictionary>(font, "FontDescriptor");
        ReadVerticalMetrics(document, descriptor);
        ReadSlant(document, font, descriptor);
        ReadTexts(document, font, descriptor);
        ReadWidths(document, font, descriptor, subtype == "Type3");
    }

    public override TextCode Next(ReadOnlySpan<byte> bytes)
    {
        var code = bytes[0];
        return new TextCode(1, texts[code] ?? Unknown, widths[code], code == 32);
    }

    private void ReadTexts(PdfDocument document, PdfDictionary font, PdfDictionary? descriptor)
    {
        const int symbolicFlag = 4;
        var flags = descriptor is null ? 0 : document.Get<PdfInteger>(descriptor, "Flags")?.Value ?? 0;
        var encoding = document.Resolve(font["Encoding"]);
        var name =
            encoding is PdfName named ? named.Value
            : encoding is PdfDictionary { } inner ? document.Get<PdfName>(inner, "BaseEncoding")?.Value
            : null;
        var table = name is null ? null : SimpleEncoding.ByName(name);
        var isTrueType = document.Get<PdfName>(font, "Subtype")?.Value == "TrueType";
        if (table is null || (isTrueType && (flags & symbolicFlag) != 0))
            table = BuiltIn(document, descriptor) ?? table;
        (table ?? (isTrueType ? SimpleEncoding.WinAnsi : SimpleEncoding.Standard)).CopyTo(texts, 0);
        if (encoding is PdfDictionary dictionary && document.Get<PdfArray>(dictionary, "Differences") is { } differences)
            ApplyDifferences(document, differences);
        if (ReadToUnicode(document, font) is { } toUnicode)
            for (var code = 0; code < 256; code++)
                texts[code] = toUnicode.Text(1, (uint)code) ?? toUnicode.Text(2, (uint)code) ?? texts[code];
    }

    private void ApplyDifferences(PdfDocument document, PdfArray differences)
    {
        var code = 0;
        foreach (var item in differences)
            switch (document.Resolve(item))
            {
                case PdfInteger { Value: >= 0 and < 256 } number:
                    code = (int)number.Value;
                    break;
                case PdfName glyph when code < 256:
                    texts[code++] = GlyphNames.ToText(glyph.Value);
                    break;
            }
    }

    // §9.6.5.2-9.6.5.4: a font without /Encoding, or a symbolic TrueType font, uses the encoding of its program.
    private static string?[]? BuiltIn(PdfDocument document, PdfDictionary? descriptor)
    {
        if (ReadTrueType(document, descriptor) is { } program)
            return FromTrueType(program);
        if (descriptor is not null && document.Get<PdfStream>(descriptor, "FontFile") is { } file)
            return Type1Encoding.Read(document, file);
        return null;
    }

    private static string?[]? FromTrueType(TrueTypeFont program)
    {
        var symbol = program.CharacterMaps.FirstOrDefault(map => map is { Platform: 3, Encoding: 0 });
        var macintosh = program.CharacterMaps.FirstOrDefault(map => map is { Platform: 1, Encoding: 0 });
        var unicode = program.GlyphTexts();
        if ((symbol is null && macintosh is null) || unicode.Count == 0)
            return null;
        var table = new string?[256];
        for (var code = 0; code < 256; code++)
        {
            var glyph =
                symbol?.GlyphIndex(0xF000 + code) is > 0 and var high ? high
                : symbol?.GlyphIndex(code) is > 0 and var low ? low
                : macintosh?.GlyphIndex(code) ?? 0;
            table[code] = glyph > 0 ? unicode.GetValueOrDefault(glyph) : null;
        }
        return table;
    }

    private void ReadWidths(PdfDocument document, PdfDictionary font, PdfDictionary? descriptor, bool isType3)
    {
        // §9.6.4: widths of a Type 3 font are in glyph space; FontMatrix brings them to text space.
        var unit =
            isType3 && document.Get<PdfArray>(font, "FontMatrix") is { Count: 6 } matrix && document.Resolve(matrix[0]) is PdfNumber scale
                ? scale.ToDouble()
                : 0.001;
        var given = document.Get<PdfArray>(font, "Widths");
        var first = document.Get<PdfInteger>(font, "FirstChar")?.Value ?? 0;
        var missing = descriptor is null ? 0 : document.Get<PdfNumber>(descriptor, "MissingWidth")?.ToDouble() ?? 0;
        var standard = given is null ? Standard(document, font, descriptor) : null;
        for (var code = 0; code < 256; code++)
        {
            var at = code - first;
            var width =
                given is not null && at >= 0 && at < given.Count && document.Resolve(given[(int)at]) is PdfNumber number
                    ? number.ToDouble()
                    : standard?.Width(texts[code] ?? "") ?? missing;
            widths[code] = width * unit;
        }
    }

    private static StandardFontWidths Standard(PdfDocument document, PdfDictionary font, PdfDictionary? descriptor)
    {
        const int fixedPitch = 1,
            serif = 2;
        var flags = descriptor is null ? 0 : document.Get<PdfInteger>(descriptor, "Flags")?.Value ?? 0;
        return StandardFontWidths.For(
            document.Get<PdfName>(font, "BaseFont")?.Value ?? "",
            (flags & fixedPitch) != 0,
            (flags & serif) != 0
        );
    }
}

/// <summary>The /Encoding array in the clear part of a Type 1 program: lines of the form "dup 65 /A put".</summary>
internal static class Type1Encoding
{
    public static string?[]? Read(PdfDocument document, PdfStream file)
    {
        ReadOnlyMemory<byte> program;
        try
        {
            program = document.Decode(file);
        }
        catch (PdfFormatException exception) when (!exception.Code.StartsWith("limit.", StringComparison.Ordinal))
        {
            return null;
        }
        var end = program.Span.IndexOf("eexec"u8);
        var start = program.Span.IndexOf("/Encoding"u8);
        if (start < 0 || end < start)
            return null;
        if (
            Encoding
                .Latin1.GetString(program.Span.Slice(start, Math.Min(40, end - start)))
                .Contains("StandardEncoding", StringComparison.Ordinal)
        )
            return SimpleEncoding.Standard;
        var table = new string?[256];
        var lexer = new ContentLexer(program[start..end]);
        var code = -1;
        for (var token = lexer.Next(); token != ContentTokenKind.End; token = lexer.Next())
        {
            if (token == ContentTokenKind.Keyword && lexer.Word is "def" or "readonly" && code >= 0)
                break;
            if (token == ContentTokenKind.Number)
                code = lexer.Number is >= 0 and < 256 ? (int)lexer.Number : -1;
            else if (token == ContentTokenKind.Name && code >= 0)
                table[code] = GlyphNames.ToText(lexer.Word);
        }
        return table;
    }
}
