// The fonts of appearances, and the splitting of text over them.
// References: Unicode Standard Annex #15 (normalisation form C); the Tinos fonts (SIL Open Font License 1.1) in the
// files latin, vietnamese and latin-ext of the npm package @fontsource/tinos, metric-compatible with Times New Roman.
// Limits: no kerning, no mark placement: what NFC cannot compose is drawn as letter and mark one after the other.
using System.Text;

namespace AnTin.Pdf;

/// <summary>A piece of text in one font of a stack.</summary>
/// <param name="Font">Index into <see cref="FontStack.Fonts"/>.</param>
/// <param name="Glyphs">Glyph and the text it shows, in order.</param>
internal sealed record GlyphRun(int Font, IReadOnlyList<(int Glyph, string Text)> Glyphs);

/// <summary>Fonts asked in order for each character. Immutable, safe to share.</summary>
public sealed class FontStack
{
    private static readonly Lazy<FontStack> LazyTinos = new(() => Load("latin", "vietnamese", "latin-ext"));
    private static readonly Lazy<FontStack> LazyItalic = new(() => Load("latin-italic", "vietnamese-italic"));

    /// <param name="fonts">At least one; the first gives the line's metrics and shows what none has.</param>
    public FontStack(IReadOnlyList<TrueTypeFont> fonts)
    {
        ArgumentNullException.ThrowIfNull(fonts);
        ArgumentOutOfRangeException.ThrowIfZero(fonts.Count, nameof(fonts));
        Fonts = fonts;
    }

    /// <summary>Tinos regular: Latin with all Vietnamese letters, in the metrics of Times New Roman.</summary>
    public static FontStack Tinos => LazyTinos.Value;

    /// <summary>Tinos italic, for what continues a printed line in italics: Latin with all Vietnamese letters.</summary>
    public static FontStack TinosItalic => LazyItalic.Value;

    /// <summary>The fonts in the order they are asked.</summary>
    public IReadOnlyList<TrueTypeFont> Fonts { get; }

    /// <summary>Top of a line above its baseline, in ems.</summary>
    public double Ascent => (double)Fonts[0].Ascent / Fonts[0].UnitsPerEm;

    /// <summary>Bottom of a line, in ems, negative.</summary>
    public double Descent => (double)Fonts[0].Descent / Fonts[0].UnitsPerEm;

    /// <summary>Width of a text at a size, in the unit of the size.</summary>
    public double Measure(string text, double size) =>
        Shape(text).Sum(run => run.Glyphs.Sum(glyph => PdfWidth(Fonts[run.Font], glyph.Glyph))) * size / 1000;

    /// <summary>Characters of a text that no font has; they show as an empty box.</summary>
    public IReadOnlyList<string> Missing(string text) =>
        [.. Shape(text).SelectMany(run => run.Glyphs).Where(glyph => glyph.Glyph == 0).Select(glyph => glyph.Text).Distinct()];

    /// <summary>
    /// The text in normalisation form C, with every kind of blank as a space; ill-formed UTF-16 becomes U+FFFD.
    /// </summary>
    public static string Clean(string text)
    {
        var wellFormed = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
                wellFormed.Append(' ');
            else if (rune.Value is not (0x200B or 0x200C or 0x200D or 0x2060 or 0xFEFF or 0xAD))
                wellFormed.Append(rune.ToString());
        return wellFormed.ToString().Normalize(NormalizationForm.FormC);
    }

    internal IReadOnlyList<GlyphRun> Shape(string text)
    {
        var runs = new List<GlyphRun>();
        List<(int, string)> glyphs = [];
        var current = -1;
        foreach (var rune in Clean(text).EnumerateRunes())
        {
            var font = FontOf(rune.Value);
            if (font != current)
                runs.Add(new GlyphRun(current = font, glyphs = []));
            glyphs.Add((Fonts[font].GlyphIndex(rune.Value), rune.ToString()));
        }
        return runs;
    }

    /// <summary>Advance of a glyph as it is written into /W: whole thousandths of the em.</summary>
    internal static int PdfWidth(TrueTypeFont font, int glyph) =>
        ((2000 * font.AdvanceWidth(glyph)) + font.UnitsPerEm) / (2 * font.UnitsPerEm);

    private int FontOf(int codePoint)
    {
        for (var i = 0; i < Fonts.Count; i++)
            if (Fonts[i].GlyphIndex(codePoint) != 0)
                return i;
        return 0;
    }

    private static FontStack Load(params ReadOnlySpan<string> files)
    {
        var fonts = new List<TrueTypeFont>();
        foreach (var file in files)
        {
            using var stream =
                typeof(FontStack).Assembly.GetManifestResourceStream($"AnTin.Pdf.Tinos.{file}.woff")
                ?? throw new InvalidOperationException($"The font file {file} is not embedded in this build.");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            fonts.Add(TrueTypeFont.FromWoff(bytes));
        }
        return new FontStack(fonts);
    }
}
