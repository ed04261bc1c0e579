using AnTin.Contracts.Platform;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AnTin.Platform.Languages;

/// <summary>
/// The language of a request: query <c>?lang=</c>, then the cookie <c>antin.language</c>, then, for programs only, Accept-Language, then Vietnamese.
/// Pages do not go by Accept-Language: most office computers here have an English browser and a Vietnamese reader.
/// </summary>
public sealed class RequestLanguage(IHttpContextAccessor accessor) : ILanguage
{
    public const string Query = "lang";
    public const string Cookie = "antin.language";

    private Language? _current;

    public Language Current => _current ??= accessor.HttpContext is { } context ? Of(context.Request) : Language.Vi;

    public static Language Of(HttpRequest request)
    {
        // An error page is the request run again at another path and without its query.
        IStatusCodeReExecuteFeature? asked = request.HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        string? query = asked is null ? request.Query[Query] : QueryHelpers.ParseQuery(asked.OriginalQueryString).GetValueOrDefault(Query);
        PathString path = asked?.OriginalPath ?? request.Path.Value;
        return Parse(query) ?? Parse(request.Cookies[Cookie]) ?? (IsProgram(path) ? Accepted(request) : null) ?? Language.Vi;
    }

    public static Language? Parse(string? code) => code switch
    {
        "vi" => Language.Vi,
        "en" => Language.En,
        _ => null,
    };

    private static bool IsProgram(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    // The first of our two languages in the order of preference decides; anything malformed counts as absent.
    private static Language? Accepted(HttpRequest request)
    {
        try
        {
            return request.GetTypedHeaders().AcceptLanguage
                .Where(range => range.Quality is not 0)
                .OrderByDescending(range => range.Quality ?? 1)
                .Select(range => Parse(range.Value.ToString().Split('-')[0].ToLowerInvariant()))
                .FirstOrDefault(language => language is not null);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>A language chosen once: the command line, a job, a test.</summary>
public sealed record FixedLanguage(Language Current) : ILanguage;
