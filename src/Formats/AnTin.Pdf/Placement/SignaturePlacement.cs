// Where signatures, seals, initials, number and date go on an administrative document, found by its printed text.
// References: Decree 30/2020/NĐ-CP, Appendix I (boxes 3, 4, 7a-7c, 8, 9b; order and manner of signing).
// Limits: upright text only; scans without a text layer give fallbacks. Every answer says by what it was found, and the
// user may move it.
namespace AnTin.Pdf;

/// <summary>Size of a signature's box.</summary>
/// <param name="Width">Points; 53 mm is a generous signature.</param>
/// <param name="Height">Points, at most: the room between title and name limits it.</param>
public sealed record SignatureBoxOptions(double Width = 150, double Height = 71);

/// <summary>Finds places by the printed text of a document. Reads each page once; not for several threads at once.</summary>
public sealed class SignaturePlacement(PdfDocument document)
{
    // The signature stands on the last pages; annexes in the same file may follow it.
    private const int PagesSearched = 40;

    private readonly Dictionary<int, PageRows> pages = [];

    /// <summary>
    /// The signer's box: centred between title and full name (box 7c). Without the name, below the lowest known title;
    /// without that, at the bottom right of the last page.
    /// </summary>
    /// <param name="fullName">As printed, in any case, with or without marks, a rank before it allowed; null when unknown.</param>
    /// <param name="options">Size of the box.</param>
    /// <exception cref="PdfFormatException">The text of a page cannot be read.</exception>
    public FoundPlace FindSigner(string? fullName, SignatureBoxOptions? options = null)
    {
        var box = options ?? new SignatureBoxOptions();
        var finder = new SignerBlockFinder(box);
        if (!string.IsNullOrWhiteSpace(fullName))
            foreach (var page in FromTheEnd())
                if (finder.FindByName(page, fullName) is { } named)
                    return named;
        foreach (var page in FromTheEnd())
            if (finder.FindByTitle(page) is { } titled)
                return titled;
        return BottomRight(box.Width, box.Height);
    }

    /// <summary>
    /// The seal over about a third of the signature's picture, on its left, in real size (box 8).
    /// </summary>
    /// <param name="signature">Place of the signature.</param>
    /// <param name="diameterMillimetres">Of the agency's seal: 32 to 42 mm by its rank.</param>
    /// <param name="signatureAspect">Width over height of the signature's picture, which is centred in its box; null for a picture that fills it.</param>
    public FoundPlace FindSeal(FoundPlace signature, double diameterMillimetres, double? signatureAspect = null)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(diameterMillimetres);
        var size = VisualRectangle.Points(diameterMillimetres);
        var box = signature.Seen;
        var width = signatureAspect is > 0 and var aspect ? Math.Min(box.Width, box.Height * aspect) : box.Width;
        var left = box.X + ((box.Width - width) / 2);
        var seen = new VisualRectangle(left + (width / 3) - size, box.Y + (box.Height / 2) - (size / 2), size, size);
        return FoundPlace.On(Page(signature.PageIndex).Geometry, signature.PageIndex, seen, signature.Source, signature.FoundText);
    }

    /// <summary>Number line and date phrase of the first page.</summary>
    /// <exception cref="PdfFormatException">The text of the page cannot be read.</exception>
    public NumberAndDatePlaces FindNumberAndDate() =>
        document.PageCount == 0 ? new NumberAndDatePlaces(null, null) : NumberAndDateFinder.Find(Page(0));

    /// <summary>
    /// A small place for initials (ký nháy): after the mark ./. that ends the text for who checks the content; after "Lưu: VT"
    /// for who checks form and procedure. Each falls back on the other, then on the bottom right of the last page.
    /// </summary>
    /// <param name="checksForm">Whether the one who initials checks form and procedure.</param>
    /// <param name="ordinal">0 for the first person at this place; later ones stand to the right.</param>
    /// <param name="width">Points; 15 mm.</param>
    /// <param name="height">Points; 8 mm.</param>
    /// <exception cref="PdfFormatException">The text of a page cannot be read.</exception>
    public FoundPlace FindInitial(bool checksForm = false, int ordinal = 0, double width = 42, double height = 23)
    {
        var order = checksForm
            ? [PlaceSource.FilingLine, PlaceSource.ClosingMark]
            : new[] { PlaceSource.ClosingMark, PlaceSource.FilingLine };
        foreach (var source in order)
        foreach (var page in FromTheEnd())
            if (page.Pieces.LastOrDefault(piece => IsMark(piece, source)) is { } mark)
            {
                const double air = 4;
                var x = mark.Seen.Right + air + (ordinal * (width + air));
                var y = mark.Seen.Y + (mark.Seen.Height / 2) - (height / 2);
                // No room to the right of a full line: below its end.
                if (x + width > page.Geometry.Width)
                    (x, y) = (page.Geometry.Width - ((ordinal + 1) * (width + air)), mark.Seen.Bottom + 1);
                return FoundPlace.On(page.Geometry, page.PageIndex, new VisualRectangle(x, y, width, height), source, mark.Text);
            }
        var fallback = BottomRight(width, height);
        var moved = fallback.Seen with { X = fallback.Seen.X - (ordinal * (width + 4)) };
        return FoundPlace.On(Page(fallback.PageIndex).Geometry, fallback.PageIndex, moved, PlaceSource.Fallback);
    }

    /// <summary>A box beside the last occurrence of a text: below it or above it, where there is more room. Null when the text is not found.</summary>
    /// <param name="text">Any part of a line, in any case, with or without marks.</param>
    /// <param name="options">Size of the box.</param>
    /// <exception cref="PdfFormatException">The text of a page cannot be read.</exception>
    public FoundPlace? FindAnchor(string text, SignatureBoxOptions? options = null)
    {
        var box = options ?? new SignatureBoxOptions();
        var wanted = FoldedText.Of(text);
        if (wanted.Length == 0)
            return null;
        foreach (var page in FromTheEnd(document.PageCount))
        {
            if (page.Pieces.LastOrDefault(piece => piece.Folded.Contains(wanted, StringComparison.Ordinal)) is not { } anchor)
                continue;
            var column = page.Pieces.Where(piece => piece != anchor && piece.SharesColumn(anchor)).ToList();
            var above =
                anchor.Seen.Y
                - column.Where(piece => piece.Seen.Bottom <= anchor.Seen.Y + 1).Select(piece => piece.Seen.Bottom).DefaultIfEmpty(0).Max();
            var below =
                column
                    .Where(piece => piece.Seen.Y >= anchor.Seen.Bottom - 1)
                    .Select(piece => piece.Seen.Y)
                    .DefaultIfEmpty(page.Geometry.Height)
                    .Min() - anchor.Seen.Bottom;
            // Below is where a signature is expected; above only when the text is a name with its room above.
            var y = below >= Math.Min(box.Height, above) ? anchor.Seen.Bottom + 1 : anchor.Seen.Y - 1 - box.Height;
            return FoundPlace.On(
                page.Geometry,
                page.PageIndex,
                new VisualRectangle(anchor.Middle - (box.Width / 2), y, box.Width, box.Height),
                PlaceSource.Anchor,
                anchor.Text
            );
        }
        return null;
    }

    private static bool IsMark(TextPiece piece, PlaceSource source) =>
        source == PlaceSource.ClosingMark
            ? piece.Folded.EndsWith("./.", StringComparison.Ordinal) || piece.Folded is "/." or "./"
            : piece.Folded.TrimStart('-', ' ', '+', '•').StartsWith("luu:", StringComparison.Ordinal)
                || piece.Folded.TrimStart('-', ' ', '+', '•').StartsWith("luu vt", StringComparison.Ordinal);

    private FoundPlace BottomRight(double width, double height)
    {
        // Margins of Decree 30/2020/NĐ-CP, Appendix I: right 15-20 mm, bottom 20-25 mm.
        const double right = 20,
            bottom = 25;
        var page = Page(Math.Max(0, document.PageCount - 1));
        var geometry = page.Geometry;
        var x = geometry.Width - VisualRectangle.Points(right) - width;
        var y = geometry.Height - VisualRectangle.Points(bottom) - height;
        return FoundPlace.On(geometry, page.PageIndex, new VisualRectangle(x, y, width, height), PlaceSource.Fallback);
    }

    private IEnumerable<PageRows> FromTheEnd(int count = PagesSearched)
    {
        for (var index = document.PageCount - 1; index >= Math.Max(0, document.PageCount - count); index--)
            yield return Page(index);
    }

    private PageRows Page(int index)
    {
        if (!pages.TryGetValue(index, out var rows))
            pages[index] = rows = new PageRows(document, index);
        return rows;
    }
}
