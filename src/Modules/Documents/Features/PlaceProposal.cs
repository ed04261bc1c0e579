using AnTin.Modules.Documents.Domain;
using AnTin.Pdf;

namespace AnTin.Modules.Documents.Features;

/// <summary>
/// Proposes the places of a new document's boxes from the text of its pages. What the text does not show (a scan, an unusual
/// layout) stands where Decree 30/2020 (Appendix I, part IV) has it on an A4 page, and the drafter moves it.
/// </summary>
internal sealed class PlaceProposal
{
    private const double DefaultFontSize = 13;

    public static Placement Propose(IRandomAccessSource file, string signerName, decimal sealDiameterMm, double? signatureAspect)
    {
        PdfDocument document = PdfDocument.Open(file, FileInspection.Limits);
        try
        {
            return FromText(document, signerName, sealDiameterMm, signatureAspect);
        }
        catch (PdfFormatException)
        {
            // The pages are sound but their text is not readable: as for a scan.
            return FromLayout(document, sealDiameterMm);
        }
    }

    private static Placement FromText(PdfDocument document, string signerName, decimal sealDiameterMm, double? signatureAspect)
    {
        var finder = new SignaturePlacement(document);
        var first = PageGeometry.Of(document, document.GetPage(0));
        NumberAndDatePlaces head = finder.FindNumberAndDate();
        FoundPlace signature = finder.FindSigner(signerName);
        FoundPlace seal = finder.FindSeal(signature, (double)sealDiameterMm, signatureAspect);
        FoundPlace initial = finder.FindInitial();
        return new Placement(
            head.Number is { } number ? BoxOf(number.Place) : DefaultPlaces.Number(first),
            head.Date is { } date ? BoxOf(date.Place) : DefaultPlaces.Date(first),
            BoxOf(initial),
            BoxOf(signature),
            BoxOf(seal),
            head.Number is { } n ? new NumberWriting(n.FontSize, n.HasSymbol, n.IsFilled) : null,
            head.Date is { } d ? WritingOf(d) : null,
            signature.Source != PlaceSource.Fallback);
    }

    private static Placement FromLayout(PdfDocument document, decimal sealDiameterMm)
    {
        int pages = document.PageCount;
        var first = PageGeometry.Of(document, document.GetPage(0));
        Box signature = DefaultPlaces.Signature(PageGeometry.Of(document, document.GetPage(pages - 1)), pages);
        return new Placement(
            DefaultPlaces.Number(first), DefaultPlaces.Date(first), DefaultPlaces.Initial(signature), signature,
            DefaultPlaces.Seal(signature, sealDiameterMm), NumberText: null, DateText: null, SignatureFound: false);
    }

    private static DateWriting WritingOf(DatePlace date) => new(
        date.FontSize, GapOf(date.Day), GapOf(date.Month), date.Year is { } year ? GapOf(year) : null, date.PrintedYear, date.IsFilled, date.IsItalic);

    private static Gap GapOf((double Start, double Width) gap) => new(gap.Start, gap.Width);

    private static Box BoxOf(FoundPlace place) =>
        new(place.PageIndex + 1, place.Seen.X, place.Seen.Y, place.Seen.Width, place.Seen.Height);

    /// <summary>What the number's appearance shows.</summary>
    public static AppearanceOptions WriteNumber(Placement placement, int number, string symbol)
    {
        Box box = placement.Number;
        NumberWriting writing = placement.NumberText ?? new NumberWriting(DefaultFontSize, HasSymbol: false, IsFilled: false);
        return new NumberPlace(PlaceOf(box), writing.FontSize, writing.HasSymbol, writing.IsFilled).Write(writing.HasSymbol ? DocumentNumber.Digits(number) : symbol);
    }

    /// <summary>What the date's appearance shows; the printed year must be that of the date (<see cref="FitsYear"/>).</summary>
    public static AppearanceOptions WriteDate(Placement placement, DateOnly day)
    {
        Box box = placement.Date;
        if (placement.DateText is not { } writing)
        {
            return new AppearanceOptions
            {
                Width = box.Width,
                Height = box.Height,
                Lines = [new AppearanceLine(DocumentNumber.DateInWords(day), DefaultFontSize)],
                Vertical = VerticalAlignment.Bottom,
            };
        }
        (double, double)? year = writing.Year is { } gap ? (gap.Start, gap.Width) : null;
        return new DatePlace(
            PlaceOf(box), writing.FontSize, (writing.Day.Start, writing.Day.Width), (writing.Month.Start, writing.Month.Width),
            year, writing.PrintedYear, writing.IsFilled, writing.IsItalic).Write(day);
    }

    /// <summary>Whether the year printed in the document, if any, is that of the date.</summary>
    public static bool FitsYear(Placement placement, DateOnly day) =>
        placement.DateText is not { } writing || DocumentNumber.Year(day).StartsWith(writing.PrintedYear, StringComparison.Ordinal);

    private static FoundPlace PlaceOf(Box box)
    {
        var seen = new VisualRectangle(box.X, box.Y, box.Width, box.Height);
        return new FoundPlace(box.Page - 1, seen, default, PlaceSource.Anchor);
    }
}

/// <summary>Where the boxes stand on a page laid out as Decree 30/2020 asks; as shares of the page, so that other sizes work too.</summary>
internal static class DefaultPlaces
{
    public static Box Number(PageGeometry page) => At(page, 1, 0.16, 0.118, 40, 6);

    public static Box Date(PageGeometry page) => At(page, 1, 0.55, 0.118, 70, 6);

    public static Box Signature(PageGeometry page, int number) => At(page, number, 0.60, 0.70, 53, 25);

    /// <summary>Small, left of the signature and its seal.</summary>
    public static Box Initial(Box signature)
    {
        double width = VisualRectangle.Points(15), height = VisualRectangle.Points(8);
        return new Box(signature.Page, Math.Max(0, signature.X - width - VisualRectangle.Points(45)), signature.Y, width, height);
    }

    /// <summary>
    /// NĐ 30/2020, Phụ lục I, ô 8: the seal at its real size, over about a third of the signature's picture, on its left.
    /// </summary>
    public static Box Seal(Box signature, decimal diameterMm)
    {
        double size = VisualRectangle.Points((double)diameterMm);
        double left = signature.X + (signature.Width / 3) - size;
        double top = signature.Y + (signature.Height / 2) - (size / 2);
        return new Box(signature.Page, Math.Max(0, left), Math.Max(0, top), size, size);
    }

    private static Box At(PageGeometry page, int number, double left, double top, double widthMm, double heightMm)
    {
        double width = Math.Min(VisualRectangle.Points(widthMm), page.Width), height = Math.Min(VisualRectangle.Points(heightMm), page.Height);
        return new Box(number, Math.Min(left * page.Width, page.Width - width), Math.Min(top * page.Height, page.Height - height), width, height);
    }
}
