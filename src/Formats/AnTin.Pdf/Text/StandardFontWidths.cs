// Advance widths of the standard 14 fonts, for files that name one and give no /Widths.
// Reference: ISO 32000-2:2020 §9.6.2.2 (standard 14 fonts; readers know their metrics). The numbers are the published
// metrics of those fonts, thousandths of the em.
// Limits: letters with marks take the width of their base letter, which is how these fonts are drawn; Symbol and
// ZapfDingbats take an average; a font that is none of the 14 takes the family that its name and flags suggest.
using System.Globalization;
using System.Text;

namespace AnTin.Pdf;

internal sealed class StandardFontWidths
{
    private const string Characters =
        " !\"#$%&’()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_‘abcdefghijklmnopqrstuvwxyz{|}~–—“”•…†ßÆæØøŒœıﬁﬂ£¶«»‹›¡¿ÞþÐð®©™°±×÷'„`";

    private static readonly short[] Helvetica = Numbers(
        "278 278 355 556 556 889 667 222 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 "
            + "1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 "
            + "222 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584 556 "
            + "1000 333 333 350 1000 556 611 1000 889 778 611 1000 944 278 500 500 556 537 556 556 333 333 333 611 667 556 722 556 737 737 1000 400 "
            + "584 584 584 191 333 333"
    );

    private static readonly short[] HelveticaBold = Numbers(
        "278 333 474 556 556 889 722 278 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 "
            + "975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 "
            + "278 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584 556 "
            + "1000 500 500 350 1000 556 611 1000 889 778 611 1000 944 278 611 611 556 556 556 556 333 333 333 611 667 611 722 611 737 737 1000 400 "
            + "584 584 584 238 500 333"
    );

    private static readonly short[] Times = Numbers(
        "250 333 408 500 500 833 778 333 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 564 564 564 444 "
            + "921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 "
            + "333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541 500 "
            + "1000 444 444 350 1000 500 500 889 667 722 500 889 722 278 556 556 500 453 500 500 333 333 333 444 556 500 722 500 760 760 980 400 "
            + "564 564 564 180 444 333"
    );

    private static readonly short[] TimesBold = Numbers(
        "250 333 555 500 500 1000 833 333 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 570 570 570 500 "
            + "930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667 333 278 333 581 500 "
            + "333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444 394 220 394 520 500 "
            + "1000 500 500 350 1000 500 556 1000 722 778 500 1000 722 278 556 556 500 540 500 500 333 333 333 500 611 556 722 500 747 747 1000 400 "
            + "570 570 570 278 500 333"
    );

    private static readonly short[] TimesItalic = Numbers(
        "250 333 420 500 500 833 778 333 333 333 500 675 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 675 675 675 500 "
            + "920 611 611 667 722 611 611 722 722 333 444 667 556 833 667 722 611 722 611 500 556 722 611 833 611 556 556 389 278 389 422 500 "
            + "333 500 500 444 500 444 278 500 500 278 278 444 278 722 500 500 500 500 389 389 278 500 444 667 444 444 389 400 275 400 541 500 "
            + "889 556 556 350 889 500 500 889 667 722 500 944 667 278 500 500 500 523 500 500 333 333 389 500 611 500 722 500 760 760 980 400 "
            + "675 675 675 214 556 333"
    );

    private static readonly short[] TimesBoldItalic = Numbers(
        "250 389 555 500 500 833 778 333 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 570 570 570 500 "
            + "832 667 667 667 722 667 667 722 778 389 500 667 611 889 722 722 611 722 667 556 611 722 667 889 667 611 611 333 278 333 570 500 "
            + "333 500 500 444 500 444 333 500 556 278 278 500 278 778 556 500 500 500 389 389 278 556 444 667 500 444 389 348 220 348 570 500 "
            + "1000 500 500 350 1000 500 500 944 722 722 500 944 722 278 556 556 500 500 500 500 333 333 389 500 611 500 722 500 747 747 1000 400 "
            + "570 570 570 278 500 333"
    );

    private const int CourierWidth = 600;

    private readonly short[]? widths;
    private readonly int otherwise;

    private StandardFontWidths(short[]? widths, int otherwise)
    {
        this.widths = widths;
        this.otherwise = otherwise;
    }

    /// <summary>Picks the metrics for a base font name, its subset tag allowed.</summary>
    /// <param name="baseFont">/BaseFont.</param>
    /// <param name="isFixedPitch">Flag of the font descriptor, for names that say nothing.</param>
    /// <param name="isSerif">Flag of the font descriptor, for names that say nothing.</param>
    public static StandardFontWidths For(string baseFont, bool isFixedPitch = false, bool isSerif = false)
    {
        var bold = Has(baseFont, "Bold") || Has(baseFont, "Black");
        var italic = Has(baseFont, "Italic") || Has(baseFont, "Oblique");
        if (Has(baseFont, "Symbol") || Has(baseFont, "Dingbats"))
            return new StandardFontWidths(null, 700);
        if (isFixedPitch || Has(baseFont, "Courier") || Has(baseFont, "Mono"))
            return new StandardFontWidths(null, CourierWidth);
        if (isSerif || Has(baseFont, "Times") || Has(baseFont, "Roman"))
            return new StandardFontWidths(
                (bold, italic) switch
                {
                    (true, true) => TimesBoldItalic,
                    (true, false) => TimesBold,
                    (false, true) => TimesItalic,
                    _ => Times,
                },
                500
            );
        return new StandardFontWidths(bold ? HelveticaBold : Helvetica, 556);
    }

    /// <summary>Width of the first character of a text, thousandths of the em.</summary>
    public double Width(string text)
    {
        if (widths is null || text.Length == 0)
            return otherwise;
        var at = Characters.IndexOf(text[0], StringComparison.Ordinal);
        if (at < 0)
            at = Characters.IndexOf(BaseLetter(text), StringComparison.Ordinal);
        return at < 0 ? otherwise : widths[at];
    }

    private static char BaseLetter(string text) =>
        text[0] switch
        {
            'đ' => 'd',
            'Đ' => 'D',
            '\u00A0' => ' ',
            '\u00AD' => '-',
            var letter when char.IsSurrogate(letter) => letter,
            _ => text[..1].Normalize(NormalizationForm.FormD)[0],
        };

    private static short[] Numbers(string text) => [.. text.Split(' ').Select(number => short.Parse(number, CultureInfo.InvariantCulture))];

    private static bool Has(string name, string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
}
