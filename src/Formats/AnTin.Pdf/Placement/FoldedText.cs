using System.Globalization;
using System.Text;

namespace AnTin.Pdf;

/// <summary>
/// Text without case and marks, one character for each of the original: "KT. GIÁM ĐỐC" is "kt. giam doc". Matches what was
/// typed in capitals or small letters, composed or decomposed, with or without marks.
/// </summary>
internal static class FoldedText
{
    /// <summary>Folds text of any normalisation form; blanks are collapsed and trimmed.</summary>
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in Composed(text))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark)
                continue;
            var plain = Letter(letter);
            if (plain != ' ' || (folded.Length > 0 && folded[^1] != ' '))
                folded.Append(plain);
        }
        return folded.ToString().TrimEnd();
    }

    /// <summary>Folds one character of composed text.</summary>
    public static char Letter(char letter)
    {
        if (char.IsWhiteSpace(letter) || char.IsControl(letter))
            return ' ';
        if (letter < 0x80)
            return char.ToLowerInvariant(letter);
        if (letter is 'đ' or 'Đ' or 'ð' or 'Ð')
            return 'd';
        return char.IsSurrogate(letter) ? letter : char.ToLowerInvariant(letter.ToString().Normalize(NormalizationForm.FormKD)[0]);
    }

    private static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Lone surrogates: such text matches nothing anyway.
            return text;
        }
    }
}
