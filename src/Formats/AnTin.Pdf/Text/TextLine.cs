namespace AnTin.Pdf;

/// <summary>One shown character code, in default user space.</summary>
/// <param name="Text">What it stands for: usually a letter, several for a ligature, U+FFFD when the file does not say.</param>
/// <param name="Origin">Start of its baseline.</param>
/// <param name="End">End of its baseline: where the next one starts, letter and word spacing left out.</param>
/// <param name="Box">Upright box from the font's descent to its ascent.</param>
/// <param name="FontSize">Height of the em, units of user space.</param>
/// <param name="IsItalic">Its font is a slanted one.</param>
public sealed record TextGlyph(string Text, PdfPoint Origin, PdfPoint End, PdfRectangle Box, double FontSize, bool IsItalic = false);

/// <summary>A glyph's place in the text of its line.</summary>
/// <param name="Start">Index of its first character in <see cref="TextLine.Text"/>.</param>
/// <param name="Length">Characters; 1 for most.</param>
/// <param name="Box">Default user space.</param>
/// <param name="Seen">As seen on the page.</param>
public readonly record struct TextSpan(int Start, int Length, PdfRectangle Box, VisualRectangle Seen);

/// <summary>A line of text: glyphs on one baseline without a wide gap, in the direction of writing. NFC; a blank for every gap between words.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Box">Upright box in default user space.</param>
/// <param name="Seen">The same as seen: points from the visible top left.</param>
/// <param name="Baseline">For a line that is upright as seen: distance of its baseline from the visible top, points. Else of its box's bottom.</param>
/// <param name="Rotation">Direction of writing as seen, degrees clockwise from left-to-right: 0 for upright text.</param>
/// <param name="FontSize">Largest em of the line, points as seen.</param>
/// <param name="IsItalic">Most of its letters are slanted.</param>
/// <param name="Glyphs">Places of the characters; blanks that stand for gaps have none.</param>
public sealed record TextLine(
    string Text,
    PdfRectangle Box,
    VisualRectangle Seen,
    double Baseline,
    int Rotation,
    double FontSize,
    bool IsItalic,
    IReadOnlyList<TextSpan> Glyphs
)
{
    /// <summary>The box of some characters as seen; null when none of them has a glyph.</summary>
    public VisualRectangle? SeenOf(int start, int length)
    {
        VisualRectangle? seen = null;
        foreach (var glyph in Glyphs)
            if (glyph.Start < start + length && glyph.Start + glyph.Length > start)
                seen = seen is { } so ? so.Union(glyph.Seen) : glyph.Seen;
        return seen;
    }
}
