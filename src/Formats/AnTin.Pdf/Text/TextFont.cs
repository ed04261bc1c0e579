// Fonts as text extraction sees them: codes, what they stand for, how wide they are.
// References: ISO 32000-2:2020 §9.6 (simple fonts), §9.7 (composite fonts), §9.8 (descriptors), §9.10 (extraction of text).
namespace AnTin.Pdf;

/// <summary>One character code of a shown string.</summary>
/// <param name="Length">Bytes the code takes.</param>
/// <param name="Text">What it stands for; U+FFFD when the file does not say.</param>
/// <param name="Advance">Displacement along the writing direction, in ems (text space at size 1).</param>
/// <param name="IsWordSpace">A single-byte code 32, which word spacing widens (§9.3.3).</param>
internal readonly record struct TextCode(int Length, string Text, double Advance, bool IsWordSpace);

internal abstract class TextFont
{
    public const string Unknown = "\uFFFD";

    /// <summary>Top of the line above the baseline, in ems.</summary>
    public double Ascent { get; protected set; } = 0.75;

    /// <summary>Bottom of the line, in ems, negative.</summary>
    public double Descent { get; protected set; } = -0.25;

    /// <summary>Slanted letters, by the descriptor or the name.</summary>
    public bool IsItalic { get; protected set; }

    /// <summary>Text runs downwards (writing mode 1).</summary>
    public virtual bool IsVertical => false;

    /// <summary>Takes the next code off a non-empty string.</summary>
    public abstract TextCode Next(ReadOnlySpan<byte> bytes);

    protected void ReadSlant(PdfDocument document, PdfDictionary font, PdfDictionary? descriptor)
    {
        const int italicFlag = 64;
        var name = document.Get<PdfName>(font, "BaseFont")?.Value ?? "";
        IsItalic =
            name.Contains("Italic", StringComparison.OrdinalIgnoreCase)
            || name.Contains("Oblique", StringComparison.OrdinalIgnoreCase)
            || (
                descriptor is not null
                && (
                    ((document.Get<PdfInteger>(descriptor, "Flags")?.Value ?? 0) & italicFlag) != 0
                    || (document.Get<PdfNumber>(descriptor, "ItalicAngle")?.ToDouble() ?? 0) < -1
                )
            );
    }

    protected void ReadVerticalMetrics(PdfDocument document, PdfDictionary? descriptor)
    {
        if (descriptor is null)
            return;
        var ascent = (document.Get<PdfNumber>(descriptor, "Ascent")?.ToDouble() ?? 0) / 1000;
        var descent = (document.Get<PdfNumber>(descriptor, "Descent")?.ToDouble() ?? 0) / 1000;
        // Some producers write the descent without its sign, or zero for both.
        descent = -Math.Abs(descent);
        if (ascent is > 0.3 and < 2 && ascent - descent < 3)
            (Ascent, Descent) = (ascent, descent);
    }

    /// <summary>The embedded TrueType program; null when there is none or it cannot be read, which text survives.</summary>
    protected static TrueTypeFont? ReadTrueType(PdfDocument document, PdfDictionary? descriptor)
    {
        if (descriptor is null || document.Get<PdfStream>(descriptor, "FontFile2") is not { } file)
            return null;
        try
        {
            return TrueTypeFont.FromSfnt(document.Decode(file));
        }
        catch (PdfFormatException exception) when (!exception.Code.StartsWith("limit.", StringComparison.Ordinal))
        {
            return null;
        }
    }

    protected static CharacterCodeMap? ReadToUnicode(PdfDocument document, PdfDictionary font)
    {
        try
        {
            return
                document.Get<PdfStream>(font, "ToUnicode") is { } stream
                && CharacterCodeMap.Read(document.Decode(stream)) is { HasTexts: true } map
                ? map
                : null;
        }
        catch (PdfFormatException exception) when (!exception.Code.StartsWith("limit.", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
