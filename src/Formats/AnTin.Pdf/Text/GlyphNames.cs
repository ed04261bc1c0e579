// Glyph names to text.
// References: Adobe Glyph List Specification 1.7 (2018) §2 (the algorithm: components, uniXXXX, uXXXXXX); ISO 32000-2:2020
// Annex D.2 (Latin character set and encodings), §9.10.2 (mapping to Unicode).
// Limits: Latin with all of its accented letters (composed from the base letter and the accents' names, as the list
// itself names them), digits, punctuation, ligatures, common symbols. Greek, Cyrillic and other scripts are found only
// by uniXXXX names, which is what producers write for them today.
using System.Globalization;
using System.Text;

namespace AnTin.Pdf;

internal static class GlyphNames
{
    // Accent names as the glyph list writes them after a base letter, longest first where one starts another.
    private static readonly (string Name, char Mark)[] Accents =
    [
        ("circumflex", '\u0302'),
        ("commaaccent", '\u0326'),
        ("hungarumlaut", '\u030B'),
        ("dotaccent", '\u0307'),
        ("hookabove", '\u0309'),
        ("dotbelow", '\u0323'),
        ("dieresis", '\u0308'),
        ("cedilla", '\u0327'),
        ("ogonek", '\u0328'),
        ("macron", '\u0304'),
        ("acute", '\u0301'),
        ("grave", '\u0300'),
        ("tilde", '\u0303'),
        ("caron", '\u030C'),
        ("breve", '\u0306'),
        ("ring", '\u030A'),
        ("horn", '\u031B'),
        ("dot", '\u0307'),
    ];

    private static readonly Dictionary<string, string> Named = BuildNamed();

    /// <summary>The text a glyph name stands for; null when the name says nothing (g12, a97, .notdef).</summary>
    public static string? ToText(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var stem = dot >= 0 ? name[..dot] : name;
        if (stem.Length == 0)
            return null;
        if (!stem.Contains('_', StringComparison.Ordinal))
            return Component(stem);
        var text = new StringBuilder();
        foreach (var part in stem.Split('_'))
            text.Append(Component(part));
        return text.Length == 0 ? null : text.ToString();
    }

    private static string? Component(string name)
    {
        if (Named.TryGetValue(name, out var text))
            return text;
        if (name.Length == 1 && char.IsAsciiLetter(name[0]))
            return name;
        return FromHex(name) ?? Accented(name);
    }

    private static string? FromHex(string name)
    {
        if (name.StartsWith("uni", StringComparison.Ordinal) && name.Length >= 7 && (name.Length - 3) % 4 == 0)
        {
            var text = new StringBuilder();
            for (var i = 3; i < name.Length; i += 4)
            {
                if (Parse(name.AsSpan(i, 4)) is not { } unit)
                    return null;
                text.Append(unit);
            }
            return text.ToString();
        }
        return name.Length is >= 5 and <= 7 && name[0] == 'u' ? Parse(name.AsSpan(1)) : null;
    }

    private static string? Parse(ReadOnlySpan<char> hex) =>
        int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) && code != 0
            ? new Rune(code).ToString()
            : null;

    private static string? Accented(string name)
    {
        if (!char.IsAsciiLetter(name[0]) || name.Length > 40)
            return null;
        var text = new StringBuilder().Append(name[0]);
        for (var at = 1; at < name.Length; )
        {
            var accent = Array.Find(Accents, a => string.CompareOrdinal(name, at, a.Name, 0, a.Name.Length) == 0);
            if (accent.Name is null)
                return null;
            text.Append(accent.Mark);
            at += accent.Name.Length;
        }
        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    private static Dictionary<string, string> BuildNamed()
    {
        const string table =
            "exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) "
            + "asterisk * plus + comma , hyphen - period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 "
            + "eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \\ "
            + "bracketright ] asciicircum ^ underscore _ grave ` braceleft { bar | braceright } asciitilde ~ "
            + "exclamdown ¡ cent ¢ sterling £ currency ¤ yen ¥ brokenbar ¦ section § dieresis ¨ copyright © ordfeminine ª "
            + "guillemotleft « guillemotright » guilsinglleft ‹ guilsinglright › logicalnot ¬ registered ® macron ¯ degree ° "
            + "plusminus ± twosuperior ² threesuperior ³ acute ´ mu µ mu1 µ paragraph ¶ periodcentered · middot · cedilla ¸ "
            + "onesuperior ¹ ordmasculine º onequarter ¼ onehalf ½ threequarters ¾ questiondown ¿ AE Æ ae æ Eth Ð eth ð "
            + "Oslash Ø oslash ø Thorn Þ thorn þ germandbls ß multiply × divide ÷ OE Œ oe œ dotlessi ı dotlessj ȷ "
            + "Lslash Ł lslash ł Dcroat Đ dcroat đ Dslash Đ dmacron đ Hbar Ħ hbar ħ Tbar Ŧ tbar ŧ Eng Ŋ eng ŋ kgreenlandic ĸ "
            + "longs ſ florin ƒ circumflex ˆ caron ˇ breve ˘ dotaccent ˙ ring ˚ ogonek ˛ tilde ˜ hungarumlaut ˝ "
            + "endash – emdash — quoteleft ‘ quoteright ’ quotesinglbase ‚ quotedblleft “ quotedblright ” quotedblbase „ "
            + "dagger † daggerdbl ‡ bullet • ellipsis … perthousand ‰ fraction ⁄ Euro € euro € trademark ™ minus − "
            + "dong ₫ fi ﬁ fl ﬂ ff ﬀ ffi ﬃ ffl ﬄ partialdiff ∂ summation ∑ product ∏ radical √ infinity ∞ integral ∫ "
            + "approxequal ≈ notequal ≠ lessequal ≤ greaterequal ≥ lozenge ◊ Omega Ω Delta ∆ pi π arrowleft ← arrowup ↑ "
            + "arrowright → arrowdown ↓ arrowboth ↔ checkmark ✓ gravecomb \u0300 acutecomb \u0301 tildecomb \u0303 "
            + "hookabovecomb \u0309 dotbelowcomb \u0323 degreecelsius ℃ numero № copyrightserif © registerserif ® "
            + "apple \uF8FF nbspace \u00A0 nonbreakingspace \u00A0 softhyphen \u00AD sfthyphen \u00AD overscore ¯ "
            + "filledbox ■ H22073 □ H18543 ▪ H18551 ▫ circle ○ blackcircle ● square □";
        var named = new Dictionary<string, string>(StringComparer.Ordinal) { ["space"] = " " };
        var parts = table.Split(' ');
        for (var i = 0; i + 1 < parts.Length; i += 2)
            named[parts[i]] = parts[i + 1];
        return named;
    }
}
