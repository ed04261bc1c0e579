using System.Collections.Frozen;
using AnTin.Contracts.Platform;
using AnTin.Platform.Modules;

namespace AnTin.Web.Texts;

/// <summary>Texts of refusals by code, from every module.</summary>
public sealed class ErrorCatalogue
{
    private static readonly Text Unknown = new(
        "Yêu cầu không thực hiện được (mã {0}). Hãy thử lại; nếu vẫn vậy, báo cho người quản trị kèm mã này.",
        "The request could not be done (code {0}). Try again; if it happens again, tell the administrator this code.");

    private readonly FrozenDictionary<string, Text> _texts;

    public ErrorCatalogue(ModuleList modules, IEnumerable<ErrorText> further) =>
        _texts = modules.Modules.SelectMany(module => module.Errors).Concat(further)
            .ToFrozenDictionary(error => error.Code, error => error.Text, StringComparer.Ordinal);

    /// <summary>The refusal in words; an unknown code is shown as such, since a code in an address may be anybody's.</summary>
    public string Show(Error error, Language language)
    {
        if (!_texts.TryGetValue(error.Code, out Text? text))
            return Unknown.Format(language, [KnownForm(error.Code)]);
        try
        {
            return text.Format(language, error.Args);
        }
        catch (FormatException)
        {
            // The arguments were lost or forged on the way: say the rest.
            return text.In(language);
        }
    }

    private static string KnownForm(string code) =>
        code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-') ? code : "?";
}
