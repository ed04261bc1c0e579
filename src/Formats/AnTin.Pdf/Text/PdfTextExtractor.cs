namespace AnTin.Pdf;

/// <summary>Text of a page with positions. Annotations and form fields are not part of a page's text.</summary>
public static class PdfTextExtractor
{
    /// <summary>The lines of a page in reading order: from the top as seen, from the left within one height; turned text last.</summary>
    /// <exception cref="PdfFormatException">The page's content cannot be decoded, or a limit is exceeded.</exception>
    public static IReadOnlyList<TextLine> Extract(PdfDocument document, PdfPage page, TextLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(page);
        return new LineBuilder(PageGeometry.Of(document, page)).Build(ExtractGlyphs(document, page, limits));
    }

    /// <summary>Every character code that a page shows, in the order of its content, those outside the visible page included.</summary>
    /// <exception cref="PdfFormatException">The page's content cannot be decoded, or a limit is exceeded.</exception>
    public static IReadOnlyList<TextGlyph> ExtractGlyphs(PdfDocument document, PdfPage page, TextLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(page);
        return ContentInterpreter.Run(document, page, limits ?? TextLimits.Default);
    }
}
