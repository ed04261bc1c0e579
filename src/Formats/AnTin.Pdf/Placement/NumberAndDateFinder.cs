// The number line and the date phrase of an administrative document.
// References: Decree 30/2020/NĐ-CP, Appendix I, boxes 3 (number and symbol: "Số: 05/QĐ-BNV") and 4 (place and date:
// "…, ngày … tháng … năm …"). Drafts leave blanks, dots or underscores where the System fills in later.
using System.Text.RegularExpressions;

namespace AnTin.Pdf;

internal static partial class NumberAndDateFinder
{
    // Both stand in the head of the first page (boxes 1-4), well above the middle.
    private const double HeadOfPage = 0.45;

    // A solidus farther away than this belongs to something else.
    private const double LongestNumberGap = 14;

    // Room for number and symbol where no solidus is printed, in ems.
    private const double OpenNumberWidth = 8;

    // Between a printed letter and what is filled in, in ems.
    private const double Air = 0.08;

    // Narrower gaps are widened to this, in ems, so that two digits stay legible.
    private const double NarrowestGap = 0.7;

    public static NumberAndDatePlaces Find(PageRows page)
    {
        NumberPlace? number = null;
        DatePlace? date = null;
        foreach (var row in page.Rows.TakeWhile(row => row.Baseline < HeadOfPage * page.Geometry.Height))
        {
            date ??= FindDate(page, row);
            number ??= FindNumber(page, row);
        }
        return new NumberAndDatePlaces(number, date);
    }

    [GeneratedRegex(
        @"(?:^|\u0001)[ ]*(?<word>so)[ ]?(?<colon>:)?(?<gap>[ \u0001.…_·]*)(?<digits>[0-9]*)(?<rest>[ \u0001.…_·]*)(?<symbol>/)?",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex NumberPattern();

    // In the head the phrase follows the place and a comma; in references to other documents it does not.
    [GeneratedRegex(
        @"(?:^|[\u0001,])[ ]*ngay(?<day>[ \u0001.…_·]*(?<d>[0-9]*)[ \u0001.…_·]*)thang(?<month>[ \u0001.…_·]*(?<m>[0-9]*)[ \u0001.…_·]*)nam(?<year>[ \u0001.…_·]*(?<y>[0-9]*)[ .…_·]*)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex DatePattern();

    private static NumberPlace? FindNumber(PageRows page, TextRow row)
    {
        foreach (Match match in NumberPattern().Matches(row.Folded))
        {
            Group colon = match.Groups["colon"],
                symbol = match.Groups["symbol"],
                digits = match.Groups["digits"];
            // "Số" without colon counts only when a symbol follows at once: "Số      /QĐ-UBND".
            if (!colon.Success && !symbol.Success)
                continue;
            var from = (colon.Success ? row.Right(colon.Index) : row.Right(match.Groups["word"].Index + 1)) + (Air * row.FontSize);
            var hasSymbol = symbol.Success && row.Left(symbol.Index) - from <= LongestNumberGap * row.FontSize;
            var to = hasSymbol ? row.Left(symbol.Index) - (Air * row.FontSize) : from + (OpenNumberWidth * row.FontSize);
            var (left, width) = Widened(from, to, row.FontSize);
            var place = Place(page, row, left, width, PlaceSource.NumberLine, "Số:");
            return new NumberPlace(place, row.FontSize, hasSymbol, digits.Length > 0);
        }
        return null;
    }

    private static DatePlace? FindDate(PageRows page, TextRow row)
    {
        if (DatePattern().Match(row.Folded) is not { Success: true } match)
            return null;
        Group day = match.Groups["day"],
            month = match.Groups["month"],
            year = match.Groups["year"],
            printed = match.Groups["y"];
        var size = row.FontSize;
        var yearEnd = row.Right(year.Index - 1);
        if (printed.Length > 0)
            yearEnd = row.Right(printed.Index + printed.Length - 1);
        var missing = 4 - printed.Length;
        // What is missing of the year takes half an em a digit, in the blanks behind "năm" or beyond them.
        var end = missing > 0 ? Math.Max(yearEnd + (((0.5 * missing) + 0.3) * size), BlankEnd(row, printed, year)) : yearEnd;
        var left = row.Right(day.Index - 1);
        var place = Place(page, row, left, end - left, PlaceSource.DatePhrase, "ngày … tháng … năm …");
        return new DatePlace(
            place,
            size,
            Gap(row, day, left),
            Gap(row, month, left),
            missing > 0 ? (yearEnd + (Air * size) - left, end - yearEnd - (Air * size)) : null,
            printed.Value,
            match.Groups["d"].Length > 0 && match.Groups["m"].Length > 0,
            row.IsItalic(day.Index - 1)
        );
    }

    // Dots after "năm 20" are room; plain blanks at the end of a row are not printed at all.
    private static double BlankEnd(TextRow row, Group printed, Group year)
    {
        var last = year.Index + year.Length - 1;
        return printed.Length > 0 && last >= printed.Index && last < row.Folded.Length ? row.Right(last) : 0;
    }

    private static (double Start, double Width) Gap(TextRow row, Group gap, double origin)
    {
        var from = row.Right(gap.Index - 1) + (Air * row.FontSize);
        var to = row.Left(gap.Index + gap.Length) - (Air * row.FontSize);
        var (left, width) = Widened(from, to, row.FontSize);
        return (left - origin, width);
    }

    private static (double Left, double Width) Widened(double from, double to, double size)
    {
        var width = Math.Max(to - from, NarrowestGap * size);
        return (((from + to) / 2) - (width / 2), width);
    }

    // The box of one line of Tinos on the printed baseline: what is aligned to its bottom continues the line.
    private static FoundPlace Place(PageRows page, TextRow row, double left, double width, PlaceSource source, string text)
    {
        var font = FontStack.Tinos;
        var seen = new VisualRectangle(
            left,
            row.Baseline - (font.Ascent * row.FontSize),
            width,
            (font.Ascent - font.Descent) * row.FontSize
        );
        return FoundPlace.On(page.Geometry, page.PageIndex, seen, source, text);
    }
}
