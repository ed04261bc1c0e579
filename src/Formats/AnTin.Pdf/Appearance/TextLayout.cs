// Lines of an appearance in their box: wrapping at blanks, shrinking to fit, baselines.
namespace AnTin.Pdf;

/// <summary>A line in place: X and Baseline from the lower left corner of the appearance.</summary>
internal sealed record PlacedLine(IReadOnlyList<GlyphRun> Runs, double X, double Baseline, double Size, PdfColor Color);

internal static class TextLayout
{
    // Below this, printed letters with stacked Vietnamese marks can no longer be told apart.
    private const double SmallestSize = 4;
    private const double ShrinkStep = 0.95;

    /// <summary>Places lines; sizes shrink together until everything fits or the smallest legible size is reached.</summary>
    public static IReadOnlyList<PlacedLine> Place(AppearanceOptions options, PdfRectangle area)
    {
        var lines = options.Lines;
        for (var scale = 1.0; ; scale *= ShrinkStep)
        {
            var wrapped = lines.SelectMany(line => Wrap(options.Font, line, line.Size * scale, area.Width)).ToList();
            var isSmallest = lines.All(line => line.Size * scale * ShrinkStep < SmallestSize);
            var fits =
                Height(wrapped, options) <= area.Height + 0.01
                && wrapped.All(line => options.Font.Measure(line.Text, line.Size) <= area.Width + 0.01);
            if (fits || isSmallest)
                return Arrange(wrapped, options, area);
        }
    }

    /// <summary>Places a piece: in the middle of its room, on the baseline that bottom alignment gives.</summary>
    public static PlacedLine Place(AppearancePiece piece, FontStack font)
    {
        var width = font.Measure(piece.Text, piece.Size);
        var size = width <= piece.Width ? piece.Size : Math.Max(SmallestSize, piece.Size * piece.Width / width);
        var x = piece.Start + ((piece.Width - font.Measure(piece.Text, size)) / 2);
        return new PlacedLine(font.Shape(piece.Text), x, -font.Descent * piece.Size, size, piece.Color);
    }

    private static double Height(List<AppearanceLine> lines, AppearanceOptions options)
    {
        var height = 0.0;
        for (var i = 0; i < lines.Count; i++)
            height += i == 0 ? (options.Font.Ascent - options.Font.Descent) * lines[i].Size : options.LineSpacing * lines[i].Size;
        return height;
    }

    private static List<PlacedLine> Arrange(List<AppearanceLine> lines, AppearanceOptions options, PdfRectangle area)
    {
        var placed = new List<PlacedLine>();
        if (lines.Count == 0)
            return placed;
        var height = Height(lines, options);
        var top = options.Vertical switch
        {
            VerticalAlignment.Top => area.Top,
            VerticalAlignment.Bottom => area.Bottom + height,
            _ => area.Center.Y + (height / 2),
        };
        var baseline = top - (options.Font.Ascent * lines[0].Size);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            baseline -= i == 0 ? 0 : options.LineSpacing * line.Size;
            var free = area.Width - options.Font.Measure(line.Text, line.Size);
            var x =
                area.Left
                + (
                    options.Horizontal switch
                    {
                        HorizontalAlignment.Center => free / 2,
                        HorizontalAlignment.Right => free,
                        _ => 0,
                    }
                );
            placed.Add(new PlacedLine(options.Font.Shape(line.Text), x, baseline, line.Size, line.Color));
        }
        return placed;
    }

    private static IEnumerable<AppearanceLine> Wrap(FontStack font, AppearanceLine line, double size, double width)
    {
        foreach (var paragraph in line.Text.ReplaceLineEndings("\n").Split('\n'))
        {
            var text = FontStack.Clean(paragraph);
            if (font.Measure(text, size) <= width)
            {
                yield return line with
                {
                    Text = text,
                    Size = size,
                };
                continue;
            }
            var current = "";
            foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var longer = current.Length == 0 ? word : current + " " + word;
                if (current.Length > 0 && font.Measure(longer, size) > width)
                {
                    yield return line with
                    {
                        Text = current,
                        Size = size,
                    };
                    longer = word;
                }
                current = longer;
            }
            yield return line with
            {
                Text = current,
                Size = size,
            };
        }
    }
}
