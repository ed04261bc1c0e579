using System.Globalization;

namespace AnTin.Contracts.Platform;

/// <summary>The two languages of the product; Vietnamese is the default.</summary>
public enum Language
{
    Vi,
    En,
}

/// <summary>One text in both languages; may carry <c>{0}</c> placeholders for <see cref="Format"/>.</summary>
public sealed record Text(string Vi, string En)
{
    public string In(Language language) => language == Language.En ? En : Vi;

    /// <summary>
    /// Fills the placeholders. An argument that is itself a <see cref="Text"/> appears in the same language;
    /// instants are shown in Vietnam's time (+07:00).
    /// </summary>
    public string Format(Language language, IReadOnlyList<object?> args)
    {
        string pattern = In(language);
        if (args.Count == 0)
            return pattern;
        CultureInfo culture = CultureOf(language);
        return string.Format(culture, pattern, [.. args.Select(arg => Shown(arg, language, culture))]);
    }

    public static CultureInfo CultureOf(Language language) =>
        CultureInfo.GetCultureInfo(language == Language.En ? "en-GB" : "vi-VN");

    private static object? Shown(object? arg, Language language, CultureInfo culture) => arg switch
    {
        Text text => text.In(language),
        DateTimeOffset instant => instant.ToOffset(VietnamOffset).ToString("HH:mm dd/MM/yyyy", culture),
        DateOnly date => date.ToString("dd/MM/yyyy", culture),
        _ => arg,
    };

    /// <summary>Vietnam has one time zone without daylight saving.</summary>
    public static readonly TimeSpan VietnamOffset = TimeSpan.FromHours(7);
}

/// <summary>The language of the request (or of the command line) being served.</summary>
public interface ILanguage
{
    Language Current { get; }

    /// <summary>The text in <see cref="Current"/>.</summary>
    string this[Text text] => text.In(Current);

    /// <summary>The formatted text in <see cref="Current"/>.</summary>
    string this[Text text, params IReadOnlyList<object?> args] => text.Format(Current, args);
}
