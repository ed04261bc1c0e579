// From glyphs in the order of the content to lines in the order of reading.
// Works in the page as seen, so that a turned page with upright text and an upright page with turned text are told apart.
using System.Globalization;
using System.Text;

namespace AnTin.Pdf;

internal sealed class LineBuilder(PageGeometry geometry)
{
    // Two glyphs stand on one baseline when theirs differ by less than this part of the em: superscripts stay in their line.
    private const double BaselineTolerance = 0.35;

    // Blanks are a quarter of the em in Times; letters of one word are set closer than this.
    private const double WordGap = 0.16;

    // Wider than a justified blank: a new column. A gap that is filled with blank characters is never cut.
    private const double ColumnGap = 2.5;

    // The same letter again, nearly in place: bold made by printing twice.
    private const double DoublePrint = 0.08;

    public IReadOnlyList<TextLine> Build(IReadOnlyList<TextGlyph> glyphs)
    {
        var placed = new List<Placed>();
        for (var i = 0; i < glyphs.Count; i++)
            if (Place(glyphs[i], i) is { } glyph)
                placed.Add(glyph);
        return
        [
            .. placed
                .GroupBy(glyph => glyph.Rotation)
                .SelectMany(direction => Rows(direction).SelectMany(Lines))
                .OrderBy(line => line.Rotation)
                .ThenBy(line => Math.Round(line.Baseline))
                .ThenBy(line => line.Seen.X),
        ];
    }

    // Along and Across: coordinates turned so that the writing runs in the direction of Along and lines follow in that of Across.
    private sealed record Placed(
        TextGlyph Glyph,
        int Order,
        int Rotation,
        double Start,
        double End,
        double Across,
        double Size,
        VisualRectangle Seen
    );

    private Placed? Place(TextGlyph glyph, int order)
    {
        var box = geometry.VisibleBox;
        var middle = glyph.Box.Center;
        if (middle.X < box.Left || middle.X > box.Right || middle.Y < box.Bottom || middle.Y > box.Top)
            return null;
        PdfPoint from = geometry.ToVisual(glyph.Origin.X, glyph.Origin.Y),
            to = geometry.ToVisual(glyph.End.X, glyph.End.Y);
        var angle = Math.Atan2(to.Y - from.Y, to.X - from.X);
        var rotation = (int)Math.Round(angle * 180 / Math.PI);
        rotation = ((rotation % 360) + 360) % 360;
        double cos = Math.Cos(rotation * Math.PI / 180),
            sin = Math.Sin(rotation * Math.PI / 180);
        var size = glyph.FontSize * geometry.UserUnit;
        return new Placed(
            glyph,
            order,
            rotation,
            (from.X * cos) + (from.Y * sin),
            (to.X * cos) + (to.Y * sin),
            (from.Y * cos) - (from.X * sin),
            size,
            geometry.ToVisual(glyph.Box)
        );
    }

    private static IEnumerable<List<Placed>> Rows(IEnumerable<Placed> glyphs)
    {
        List<Placed> row = [];
        foreach (var glyph in glyphs.OrderBy(glyph => glyph.Across).ThenBy(glyph => glyph.Order))
        {
            if (row.Count > 0 && glyph.Across - row[0].Across > BaselineTolerance * Math.Max(glyph.Size, row[0].Size))
            {
                yield return row;
                row = [];
            }
            row.Add(glyph);
        }
        if (row.Count > 0)
            yield return row;
    }

    private static IEnumerable<TextLine> Lines(List<Placed> row)
    {
        List<Placed> line = [];
        foreach (var glyph in row.OrderBy(glyph => glyph.Start).ThenBy(glyph => glyph.Order))
        {
            if (line.Count > 0)
            {
                var last = line[^1];
                if (last.Glyph.Text == glyph.Glyph.Text && glyph.Start - last.Start < DoublePrint * glyph.Size && !IsBlank(glyph))
                    continue;
                if (glyph.Start - last.End > ColumnGap * Math.Max(glyph.Size, last.Size))
                {
                    if (ToLine(line) is { } finished)
                        yield return finished;
                    line = [];
                }
            }
            line.Add(glyph);
        }
        if (ToLine(line) is { } rest)
            yield return rest;
    }

    private static TextLine? ToLine(List<Placed> glyphs)
    {
        var first = glyphs.FindIndex(glyph => !IsBlank(glyph));
        if (first < 0)
            return null;
        var last = glyphs.FindLastIndex(glyph => !IsBlank(glyph));
        var text = new StringBuilder();
        var spans = new List<TextSpan>();
        for (var i = first; i <= last; i++)
            Append(text, spans, glyphs[i], i == first ? null : glyphs[i - 1]);
        var inked = glyphs.GetRange(first, last - first + 1);
        var box = inked.Select(glyph => glyph.Glyph.Box).Aggregate((a, b) => a.Union(b));
        var seen = inked.Select(glyph => glyph.Seen).Aggregate((a, b) => a.Union(b));
        var baseline = inked[0].Rotation == 0 ? inked[0].Across : seen.Bottom;
        var isItalic = 2 * inked.Count(glyph => glyph.Glyph.IsItalic) > inked.Count;
        return new TextLine(text.ToString(), box, seen, baseline, inked[0].Rotation, inked.Max(glyph => glyph.Size), isItalic, spans);
    }

    private static void Append(StringBuilder text, List<TextSpan> spans, Placed glyph, Placed? before)
    {
        var shown = Normalized(glyph.Glyph.Text);
        if (
            before is not null
            && !IsBlank(before)
            && !IsBlank(glyph)
            && glyph.Start - before.End > WordGap * Math.Min(glyph.Size, before.Size)
        )
            text.Append(' ');
        else if (IsMark(shown) && spans.Count > 0)
        {
            // A mark drawn on its own joins the letter before it.
            var letter = spans[^1];
            var joined = Normalized(text.ToString(letter.Start, letter.Length) + shown);
            text.Length = letter.Start;
            text.Append(joined);
            spans[^1] = new TextSpan(letter.Start, joined.Length, letter.Box.Union(glyph.Glyph.Box), letter.Seen.Union(glyph.Seen));
            return;
        }
        spans.Add(new TextSpan(text.Length, shown.Length, glyph.Glyph.Box, glyph.Seen));
        text.Append(shown);
    }

    private static bool IsMark(string text) =>
        text.Length > 0 && CharUnicodeInfo.GetUnicodeCategory(text, 0) == UnicodeCategory.NonSpacingMark;

    private static bool IsBlank(Placed glyph) => string.IsNullOrWhiteSpace(glyph.Glyph.Text);

    private static string Normalized(string text)
    {
        if (text.Length == 1 && char.IsControl(text[0]))
            return " ";
        try
        {
            return text.Normalize(NormalizationForm.FormC).Replace('\u00A0', ' ');
        }
        catch (ArgumentException)
        {
            // Lone surrogates out of a broken ToUnicode.
            return TextFont.Unknown;
        }
    }
}
