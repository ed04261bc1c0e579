using System.Text;
using AnTin.Formats.Tests.Support;
using AnTin.Pdf;
using AnTin.TestKit;

namespace AnTin.Formats.Tests.Fonts;

public sealed class FontStackTests
{
    [Fact]
    public void There_are_134_letters()
    {
        Assert.Equal(134, VietnameseLetters.All.Distinct().Count());
        Assert.All(VietnameseLetters.All, letter => Assert.Equal(1, letter.Length));
    }

    [Fact]
    public void Every_letter_has_a_glyph_composed_and_decomposed()
    {
        foreach (var letter in VietnameseLetters.All)
        {
            Assert.Empty(FontStack.Tinos.Missing(letter));
            var composed = Assert.Single(FontStack.Tinos.Shape(letter));
            var decomposed = Assert.Single(FontStack.Tinos.Shape(letter.Normalize(NormalizationForm.FormD)));
            Assert.Equal(Assert.Single(composed.Glyphs), Assert.Single(decomposed.Glyphs));
            Assert.True(FontStack.Tinos.Fonts[composed.Font].Outline(composed.Glyphs[0].Glyph).Length > 0);
        }
    }

    [Fact]
    public void Every_letter_has_an_italic_glyph_too() =>
        Assert.All(VietnameseLetters.All.Append("05/2026"), letter => Assert.Empty(FontStack.TinosItalic.Missing(letter)));

    [Fact]
    public void A_letter_is_as_wide_as_in_Times()
    {
        // Published widths of Times-Roman, thousandths of the em.
        foreach (var (letter, width) in new[] { ("a", 444), ("M", 889), (" ", 250), ("5", 500), ("/", 278), ("ệ", 444) })
            Assert.InRange(FontStack.Tinos.Measure(letter, 1000), width - 14, width + 14);
    }

    [Fact]
    public void What_no_font_has_is_named_and_not_dropped()
    {
        Assert.Equal(["\U0001F600", "漢"], FontStack.Tinos.Missing("An \U0001F600 漢 漢"));
        Assert.True(FontStack.Tinos.Measure("漢", 10) > 0);
    }

    [Theory]
    [InlineData("a\tb\nc", "a b c", "controls are blanks")]
    [InlineData("a\u200Bb\uFEFF", "ab", "invisible characters have no width")]
    [InlineData("e\u0302\u0323", "ệ", "marks in either order compose")]
    [InlineData("e\u0323\u0302", "ệ", "marks in either order compose")]
    public void Cleans_text(string text, string expected, string why) => Assert.True(expected == FontStack.Clean(text), why);

    [Fact]
    public void A_lone_surrogate_is_replaced() => Assert.Equal("\uFFFDx", FontStack.Clean("\uD800x"));

    [Fact]
    public async Task Poppler_shows_and_reads_every_letter()
    {
        const int columns = 12,
            cell = 40;
        var letters = VietnameseLetters.All.Concat("aeiouydAEIOUYD".Select(letter => letter.ToString())).ToList();
        var texts = letters
            .Select((letter, i) => (X: 20.0 + (i % columns * cell), Baseline: 60.0 + (i / columns * cell), 24.0, letter))
            .ToList();
        var file = Drawn.Document(texts.Select(text => (text.X, text.Baseline, text.Item3, text.letter)));

        var picture = await Drawn.RenderAsync(file, 72);
        var cells = texts.Select(text => picture.Cell((int)text.X - 4, (int)text.Baseline - 26, cell - 6, cell - 6)).ToList();
        Assert.All(cells, drawn => Assert.Contains('#', drawn));
        // Two letters that look the same mean that a mark was lost.
        Assert.Equal(letters.Count, cells.Distinct().Count());

        using var folder = new TempFolder();
        var path = folder.Write("letters.pdf", file);
        var text = (await OutsideTool.RunAsync("pdftotext", "-layout", path, "-")).Output;
        Assert.Equal(letters, text.Split((char[])[' ', '\n', '\f'], StringSplitOptions.RemoveEmptyEntries));
        var fonts = (await OutsideTool.RunAsync("pdffonts", path)).Output.Split('\n').Skip(2).Where(line => line.Length > 0).ToList();
        Assert.All(fonts, line => Assert.Matches("CID TrueType +Identity-H +yes yes yes", line));
    }
}
