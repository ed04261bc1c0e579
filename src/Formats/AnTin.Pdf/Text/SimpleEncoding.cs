// Single-byte encodings of simple fonts.
// References: ISO 32000-2:2020 §9.6.5 (character encoding), Annex D.1-D.2 (StandardEncoding, MacRomanEncoding,
// WinAnsiEncoding).
// Limits: MacExpertEncoding is read as StandardEncoding; it is for small capitals and fractions and is not seen today.
namespace AnTin.Pdf;

internal static class SimpleEncoding
{
    private const char None = '\0';

    // Codes 80-9F of WinAnsi; the rest above 9F is Latin-1. Annex D.2: unused codes above octal 40 show a bullet.
    private const string WinAnsiHigh = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";

    // Codes 80-FF. PDF keeps the currency sign at DB and leaves F0 without a character.
    private const string MacRomanHigh =
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\0ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

    // Codes A0-FF.
    private const string StandardHigh =
        "\0¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0\0æ\0\0\0ı\0\0łøœß\0\0\0\0";

    public static string?[] WinAnsi { get; } =
        Build(code =>
            code switch
            {
                < 0x20 => None,
                0x7F => '•',
                >= 0x80 and < 0xA0 => WinAnsiHigh[code - 0x80],
                0xA0 => ' ',
                0xAD => '-',
                _ => (char)code,
            }
        );

    public static string?[] MacRoman { get; } =
        Build(code =>
            code switch
            {
                < 0x20 or 0x7F => None,
                >= 0x80 => MacRomanHigh[code - 0x80] == '\u00A0' ? ' ' : MacRomanHigh[code - 0x80],
                _ => (char)code,
            }
        );

    public static string?[] Standard { get; } =
        Build(code =>
            code switch
            {
                < 0x20 or 0x7F => None,
                0x27 => '’',
                0x60 => '‘',
                < 0x7F => (char)code,
                < 0xA0 => None,
                _ => StandardHigh[code - 0xA0],
            }
        );

    /// <summary>The table for a name in /Encoding or /BaseEncoding; null for a name that is none of them.</summary>
    public static string?[]? ByName(string name) =>
        name switch
        {
            "WinAnsiEncoding" => WinAnsi,
            "MacRomanEncoding" => MacRoman,
            "StandardEncoding" or "MacExpertEncoding" => Standard,
            _ => null,
        };

    private static string?[] Build(Func<int, char> character)
    {
        var table = new string?[256];
        for (var code = 0; code < 256; code++)
            table[code] = character(code) is var letter && letter == None ? null : letter.ToString();
        return table;
    }
}
