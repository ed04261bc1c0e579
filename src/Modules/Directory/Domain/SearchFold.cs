using System.Globalization;
using System.Text;

namespace AnTin.Modules.Directory.Domain;

/// <summary>
/// The form in which names are compared when people search: compatible letters composed, lower case, marks removed,
/// đ as d, one space between words. "Nguyễn  Thị Đào" and "nguyen thi dao" fold to the same text.
/// </summary>
internal static class SearchFold
{
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (Rune rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
                continue;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                    folded.Append(' ');
                continue;
            }
            folded.Append(rune.Value is 'đ' or 'Đ' ? "d" : Rune.ToLowerInvariant(rune).ToString());
        }
        return folded.ToString().Trim().Normalize(NormalizationForm.FormC);
    }
}
