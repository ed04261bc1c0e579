using System.Globalization;
using System.Text;
using AnTin.Modules.Documents.Domain;

namespace AnTin.Modules.Documents.Features;

/// <summary>
/// Names of files we hand out: ASCII letters and digits, no marks, at most 50 characters with the extension, as agencies'
/// document systems ask (local regulations under Decree 30/2020).
/// </summary>
internal static class FileNames
{
    private const int Limit = 50;
    private const string Extension = ".pdf";

    /// <summary>The uploaded name without folders, marks and special characters; never empty, always ending in .pdf.</summary>
    public static string Safe(string? name)
    {
        string last = (name ?? "").Replace('\\', '/').Split('/')[^1];
        if (last.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            last = last[..^Extension.Length];
        string plain = Plain(last);
        if (plain.Length > Limit - Extension.Length)
            plain = plain[..(Limit - Extension.Length)].TrimEnd('-', '_');
        return (plain.Length == 0 ? "van-ban" : plain) + Extension;
    }

    /// <summary>The name of an issued document says its number first: <c>05-QD-SXD_ten-tep.pdf</c>.</summary>
    public static string OfDownload(OutgoingDocument document) =>
        document.Symbol is { } symbol ? Safe(Plain(symbol.Replace('/', '-')) + "_" + document.FileName) : document.FileName;

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text.Replace('đ', 'd').Replace('Đ', 'D').Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
                plain.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && plain.Length > 0 && plain[^1] != '-')
                plain.Append('-');
        }
        return plain.ToString().Trim('-', '.', '_');
    }
}
