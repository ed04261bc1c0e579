namespace AnTin.Pdf;

/// <summary>By what a place was found.</summary>
public enum PlaceSource
{
    /// <summary>Between a signer's title and full name.</summary>
    TitleAndName,

    /// <summary>Below a title without a name under it.</summary>
    Title,

    /// <summary>Above a full name without a title.</summary>
    Name,

    /// <summary>Beside a text that the caller named.</summary>
    Anchor,

    /// <summary>After the mark ./. that ends the text.</summary>
    ClosingMark,

    /// <summary>After the filing line "Lưu: VT".</summary>
    FilingLine,

    /// <summary>In the printed line "Số: …/…".</summary>
    NumberLine,

    /// <summary>In the printed phrase "ngày … tháng … năm …".</summary>
    DatePhrase,

    /// <summary>Nothing was found: a usual place, to be shown to the user.</summary>
    Fallback,
}

/// <summary>A place for a signature, a seal or a field.</summary>
/// <param name="PageIndex">0 for the first page.</param>
/// <param name="Seen">As seen on the page: points from the visible top left.</param>
/// <param name="Rect">The same in default user space, for /Rect.</param>
/// <param name="Source">By what it was found.</param>
/// <param name="FoundText">The printed text it goes by; null for a fallback.</param>
public sealed record FoundPlace(int PageIndex, VisualRectangle Seen, PdfRectangle Rect, PlaceSource Source, string? FoundText = null)
{
    /// <summary>The box as it stands on the page, moved into the page where it would reach over an edge.</summary>
    internal static FoundPlace On(PageGeometry geometry, int pageIndex, VisualRectangle seen, PlaceSource source, string? text = null)
    {
        var inside = new VisualRectangle(
            Math.Clamp(seen.X, 0, Math.Max(0, geometry.Width - seen.Width)),
            Math.Clamp(seen.Y, 0, Math.Max(0, geometry.Height - seen.Height)),
            Math.Min(seen.Width, geometry.Width),
            Math.Min(seen.Height, geometry.Height)
        );
        return new FoundPlace(pageIndex, inside, geometry.ToUserSpace(inside), source, text);
    }
}

/// <summary>Where number and date go, and how they are written so that the printed line reads right.</summary>
/// <param name="Number">The gap of "Số: …/…"; null when there is no such line.</param>
/// <param name="Date">The phrase "ngày … tháng … năm …"; null when there is none.</param>
public sealed record NumberAndDatePlaces(NumberPlace? Number, DatePlace? Date);

/// <summary>The gap for the number.</summary>
/// <param name="Place">From "Số:" to the solidus; its bottom is where text aligned to <see cref="VerticalAlignment.Bottom"/> stands on the printed baseline.</param>
/// <param name="FontSize">Size of the printed line, points.</param>
/// <param name="HasSymbol">The symbol is printed after the gap, so the field holds the bare number; else it holds number and symbol.</param>
/// <param name="IsFilled">Digits are printed in the gap already.</param>
public sealed record NumberPlace(FoundPlace Place, double FontSize, bool HasSymbol, bool IsFilled)
{
    /// <summary>The appearance that writes the number: on the printed baseline, against the symbol.</summary>
    public AppearanceOptions Write(string number) =>
        new()
        {
            Width = Place.Seen.Width,
            Height = Place.Seen.Height,
            Lines = [new AppearanceLine(number, FontSize)],
            Horizontal = HasSymbol ? HorizontalAlignment.Right : HorizontalAlignment.Left,
            Vertical = VerticalAlignment.Bottom,
        };
}

/// <summary>The printed date phrase. One field spans it; its appearance writes only what is not printed.</summary>
/// <param name="Place">From the end of "ngày" to the end of the year.</param>
/// <param name="FontSize">Size of the printed line, points.</param>
/// <param name="Day">Gap for the day, from the left edge of the place: start and width, points.</param>
/// <param name="Month">Gap for the month.</param>
/// <param name="Year">Gap for the digits of the year that are missing; null when all four are printed.</param>
/// <param name="PrintedYear">The digits of the year that are printed: "2026", "20", "202" or nothing.</param>
/// <param name="IsFilled">Day and month are printed already.</param>
/// <param name="IsItalic">The phrase is printed in italics, as the decree asks; what is filled in follows it.</param>
public sealed record DatePlace(
    FoundPlace Place,
    double FontSize,
    (double Start, double Width) Day,
    (double Start, double Width) Month,
    (double Start, double Width)? Year,
    string PrintedYear,
    bool IsFilled,
    bool IsItalic = false
)
{
    /// <summary>
    /// The appearance that writes a date into the gaps. Decree 30/2020/NĐ-CP, Appendix I: days below 10 and months 1 and 2
    /// have a leading zero.
    /// </summary>
    /// <exception cref="ArgumentException">The printed digits of the year are those of another year.</exception>
    public AppearanceOptions Write(DateOnly date)
    {
        var year = date.Year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture);
        if (!year.StartsWith(PrintedYear, StringComparison.Ordinal))
            throw new ArgumentException($"The document is printed for the year {PrintedYear}, not {year}.", nameof(date));
        var pieces = new List<AppearancePiece> { Piece(DayText(date), Day), Piece(MonthText(date), Month) };
        if (Year is { } gap)
            pieces.Add(Piece(year[PrintedYear.Length..], gap));
        return new AppearanceOptions
        {
            Width = Place.Seen.Width,
            Height = Place.Seen.Height,
            Pieces = pieces,
            Font = IsItalic ? FontStack.TinosItalic : FontStack.Tinos,
        };
    }

    /// <summary>The value of the field, as the whole phrase reads.</summary>
    public static string Value(DateOnly date) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"ngày {DayText(date)} tháng {MonthText(date)} năm {date.Year:0000}"
        );

    private AppearancePiece Piece(string text, (double Start, double Width) gap) => new(text, gap.Start, gap.Width, FontSize);

    private static string DayText(DateOnly date) => date.Day.ToString("00", System.Globalization.CultureInfo.InvariantCulture);

    private static string MonthText(DateOnly date) =>
        date.Month.ToString(date.Month <= 2 ? "00" : "0", System.Globalization.CultureInfo.InvariantCulture);
}
