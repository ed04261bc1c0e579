using AnTin.Pdf;
using AnTin.TestKit;
using UglyToad.PdfPig;

namespace AnTin.Formats.Tests.Text;

/// <summary>PdfPig as second opinion: the same letters in the same places.</summary>
public sealed class WitnessTests
{
    public static TheoryData<string> Fixtures() =>
        [
            .. Directory
                .EnumerateFiles(Repository.PathOf("tests", "Formats.Tests", "Fixtures"), "*.pdf")
                .Select(path => Path.GetFileName(path)!)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Finds_the_letters_of_the_witness_where_it_finds_them(string name)
    {
        var comparison = TextComparison.Of(Repository.PathOf("tests", "Formats.Tests", "Fixtures", name));
        Assert.NotNull(comparison);
        Assert.True(comparison.Witnessed > 20, $"{name}: the witness sees {comparison.Witnessed} letters");
        Assert.True(comparison.Agreed == comparison.Witnessed, comparison.ToString());
    }
}

/// <summary>How far our letters and PdfPig's agree over all pages of a file.</summary>
internal sealed record TextComparison(string File, int Witnessed, int Agreed, int Ours, string FirstDifference)
{
    // Points. The witness takes the start of the baseline from the glyph's own metrics in Type 3 fonts.
    private const double Tolerance = 0.6;

    /// <summary>Compares all pages; null when the witness cannot read the file.</summary>
    public static TextComparison? Of(string path)
    {
        if (Witness(path) is not { } witness)
            return null;
        var document = AnTin.Pdf.PdfDocument.Open(new MemorySource(System.IO.File.ReadAllBytes(path)));
        int witnessed = 0,
            agreed = 0,
            total = 0;
        var first = "";
        for (var index = 0; index < document.PageCount; index++)
        {
            var page = document.GetPage(index);
            var geometry = PageGeometry.Of(document, page);
            var ours = PdfTextExtractor
                .ExtractGlyphs(document, page)
                .Select(glyph => (glyph.Text, At: geometry.ToVisual(glyph.Origin.X, glyph.Origin.Y)))
                .ToList();
            total += ours.Count;
            var cells = ours.ToLookup(glyph => (Math.Floor(glyph.At.X / 2), Math.Floor(glyph.At.Y / 2)));
            foreach (var (text, x, y) in witness[index])
            {
                witnessed++;
                if (
                    Near(cells, x, y)
                        .Any(glyph =>
                            Same(glyph.Text, text) && Math.Abs(glyph.At.X - x) < Tolerance && Math.Abs(glyph.At.Y - y) < Tolerance
                        )
                )
                    agreed++;
                else if (first.Length == 0)
                    first =
                        $"page {index + 1}: '{text}' at {x:0.0},{y:0.0}; near: {string.Join(' ', Near(cells, x, y).Select(glyph => $"'{glyph.Text}' {glyph.At.X:0.0},{glyph.At.Y:0.0}").Take(5))}";
            }
        }
        return new TextComparison(Path.GetFileName(path), witnessed, agreed, total, first);
    }

    // Page by page: letter, and the start of its baseline from the visible top left.
    private static List<List<(string Text, double X, double Y)>>? Witness(string path)
    {
        try
        {
            using var document = UglyToad.PdfPig.PdfDocument.Open(path);
            return
            [
                .. document
                    .GetPages()
                    .Select(page =>
                        page.Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value) && !letter.Value.All(char.IsControl))
                            .Select(letter => (letter.Value, letter.StartBaseLine.X, page.Height - letter.StartBaseLine.Y))
                            .ToList()
                    ),
            ];
        }
        catch (Exception)
        {
            // The witness has no say on files that it cannot read.
            return null;
        }
    }

    private static IEnumerable<(string Text, PdfPoint At)> Near(
        ILookup<(double, double), (string Text, PdfPoint At)> cells,
        double x,
        double y
    )
    {
        double column = Math.Floor(x / 2),
            row = Math.Floor(y / 2);
        for (var i = -1; i <= 1; i++)
        for (var k = -1; k <= 1; k++)
            foreach (var glyph in cells[(column + i, row + k)])
                yield return glyph;
    }

    private static bool Same(string ours, string theirs) =>
        ours == theirs || ours.Normalize(System.Text.NormalizationForm.FormKC) == theirs.Normalize(System.Text.NormalizationForm.FormKC);
}
