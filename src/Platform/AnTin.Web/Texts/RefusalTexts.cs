using System.Text.RegularExpressions;
using AnTin.Contracts.Platform;
using AnTin.Platform.Errors;

namespace AnTin.Web.Texts;

/// <summary>Refusals as pages show them, also when their arguments were lost or forged on the way.</summary>
public static partial class RefusalTexts
{
    public static string Show(this ErrorTexts texts, Error error, Language language)
    {
        string pattern = texts[error.Code].Text.In(language);
        if (Placeholder().EnumerateMatches(pattern).MoveNext() && error.Args.Count == 0)
            return Placeholder().Replace(pattern, "…");
        return texts.Describe(error, language);
    }

    [GeneratedRegex(@"\{\d+[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
