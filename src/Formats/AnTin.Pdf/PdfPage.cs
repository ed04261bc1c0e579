namespace AnTin.Pdf;

/// <summary>A rectangle in default user space: lower left and upper right corner, in points.</summary>
public readonly record struct PdfRectangle(double Left, double Bottom, double Right, double Top)
{
    /// <summary>Right minus left.</summary>
    public double Width => Right - Left;

    /// <summary>Top minus bottom.</summary>
    public double Height => Top - Bottom;

    /// <summary>Reads an array of four numbers, any two opposite corners (ISO 32000-2 7.9.5); null when it is none.</summary>
    public static PdfRectangle? From(PdfDocument document, PdfObject? value)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Resolve(value) is not PdfArray { Count: 4 } array) return null;
        Span<double> n = stackalloc double[4];
        for (var i = 0; i < 4; i++)
        {
            if (document.Resolve(array[i]) is not PdfNumber number) return null;
            n[i] = number.ToDouble();
        }

        return new PdfRectangle(Math.Min(n[0], n[2]), Math.Min(n[1], n[3]), Math.Max(n[0], n[2]), Math.Max(n[1], n[3]));
    }

    /// <summary>The array to be written.</summary>
    public PdfArray ToArray() => PdfArray.Of(Left, Bottom, Right, Top);
}

/// <summary>A page with what it inherits from the page tree.</summary>
/// <param name="Index">0 for the first.</param>
/// <param name="Reference">The page object.</param>
/// <param name="Dictionary">The page dictionary as it stands.</param>
/// <param name="Resources">Own or inherited resources; empty when there are none.</param>
/// <param name="MediaBox">Own or inherited media box.</param>
/// <param name="CropBox">Own or inherited crop box, cut to the media box; the media box when absent.</param>
/// <param name="Rotate">Clockwise rotation for showing: 0, 90, 180 or 270.</param>
public sealed record PdfPage(
    int Index,
    PdfReference Reference,
    PdfDictionary Dictionary,
    PdfDictionary Resources,
    PdfRectangle MediaBox,
    PdfRectangle CropBox,
    int Rotate);
