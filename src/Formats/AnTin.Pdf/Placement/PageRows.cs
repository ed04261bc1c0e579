// The upright text of a page for finding places: pieces (text without a wide gap) and rows (pieces on one baseline).
using System.Text;

namespace AnTin.Pdf;

/// <summary>A piece of a line: text that no gap wider than a few letters divides.</summary>
internal sealed record TextPiece(string Text, string Folded, VisualRectangle Seen, double Baseline, double FontSize)
{
    public double Middle => Seen.X + (Seen.Width / 2);

    /// <summary>True when both have letters above one another.</summary>
    public bool SharesColumn(TextPiece other) => Seen.X < other.Seen.Right && other.Seen.X < Seen.Right;

    /// <summary>Capitals as titles are written: hardly a small letter.</summary>
    public bool IsCapitals
    {
        get
        {
            int letters = Text.Count(char.IsLetter),
                capitals = Text.Count(char.IsUpper);
            return letters >= 2 && capitals >= 0.8 * letters;
        }
    }
}

/// <summary>All characters on one baseline, folded, with where each stands.</summary>
internal sealed class TextRow(double baseline, double fontSize)
{
    /// <summary>Stands in <see cref="Folded"/> for a gap that parts two pieces.</summary>
    public const char Gap = '\u0001';

    private readonly StringBuilder folded = new();
    private readonly List<(double Left, double Right, bool IsItalic)> places = [];

    public double Baseline { get; } = baseline;

    public double FontSize { get; private set; } = fontSize;

    public string Folded => folded.ToString();

    public double Left(int index) => places[index].Left;

    public double Right(int index) => places[index].Right;

    public bool IsItalic(int index) => places[index].IsItalic;

    public bool Accepts(TextLine line) => Math.Abs(line.Baseline - Baseline) <= 0.3 * Math.Max(FontSize, line.FontSize);

    public void Add(TextLine line)
    {
        if (places.Count > 0)
            Append(Gap, places[^1].Right, line.Seen.X, line.IsItalic);
        FontSize = Math.Max(FontSize, line.FontSize);
        var spans = line.Glyphs;
        for (int i = 0, span = 0; i < line.Text.Length; i++)
        {
            while (span < spans.Count && spans[span].Start + spans[span].Length <= i)
                span++;
            if (span < spans.Count && spans[span].Start <= i)
            {
                // A ligature's letters share its width.
                var (start, length, _, seen) = spans[span];
                var width = seen.Width / length;
                Append(FoldedText.Letter(line.Text[i]), seen.X + (width * (i - start)), seen.X + (width * (i - start + 1)), line.IsItalic);
            }
            else
            {
                var left = places.Count > 0 ? places[^1].Right : line.Seen.X;
                Append(
                    FoldedText.Letter(line.Text[i]),
                    left,
                    span < spans.Count ? Math.Max(left, spans[span].Seen.X) : left,
                    line.IsItalic
                );
            }
        }
    }

    private void Append(char letter, double left, double right, bool isItalic)
    {
        folded.Append(letter);
        places.Add((left, right, isItalic));
    }
}

/// <summary>The upright text of one page.</summary>
internal sealed class PageRows
{
    // Between columns; also where blanks fill the gap, as in documents laid out with tabs and spaces.
    private const double PieceGap = 2.5;

    public PageRows(PdfDocument document, int pageIndex)
    {
        PageIndex = pageIndex;
        var page = document.GetPage(pageIndex);
        Geometry = PageGeometry.Of(document, page);
        var lines = PdfTextExtractor.Extract(document, page).Where(line => line.Rotation == 0).ToList();
        Pieces = [.. lines.SelectMany(Split).OrderBy(piece => piece.Baseline).ThenBy(piece => piece.Seen.X)];
        var rows = new List<TextRow>();
        foreach (var line in lines.OrderBy(line => line.Baseline))
        {
            if (rows.Count == 0 || !rows[^1].Accepts(line))
                rows.Add(new TextRow(line.Baseline, line.FontSize));
        }
        foreach (var line in lines.OrderBy(line => line.Seen.X))
            rows.Find(row => row.Accepts(line))?.Add(line);
        Rows = rows;
    }

    public int PageIndex { get; }

    public PageGeometry Geometry { get; }

    public IReadOnlyList<TextPiece> Pieces { get; }

    public IReadOnlyList<TextRow> Rows { get; }

    private static IEnumerable<TextPiece> Split(TextLine line)
    {
        var inked = line.Glyphs.Where(glyph => !string.IsNullOrWhiteSpace(line.Text.Substring(glyph.Start, glyph.Length))).ToList();
        for (int from = 0, to = 1; to <= inked.Count; to++)
        {
            if (to < inked.Count && inked[to].Seen.X - inked[to - 1].Seen.Right <= PieceGap * line.FontSize)
                continue;
            var text = line.Text[inked[from].Start..(inked[to - 1].Start + inked[to - 1].Length)];
            var seen = inked.GetRange(from, to - from).Select(glyph => glyph.Seen).Aggregate((a, b) => a.Union(b));
            yield return new TextPiece(text, FoldedText.Of(text), seen, line.Baseline, line.FontSize);
            from = to;
        }
    }
}
