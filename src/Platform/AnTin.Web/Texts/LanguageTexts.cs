using System.Globalization;
using AnTin.Contracts.Platform;

namespace AnTin.Web.Texts;

/// <summary>Short forms for pages: <c>@L.T("Ký", "Sign")</c>.</summary>
public static class LanguageTexts
{
    public static string T(this ILanguage language, string vi, string en) => language.Current == Language.En ? en : vi;

    /// <summary>The value of the <c>lang</c> attribute.</summary>
    public static string Code(this ILanguage language) => language.Current == Language.En ? "en" : "vi";

    public static CultureInfo Culture(this ILanguage language) => Text.CultureOf(language.Current);
}
