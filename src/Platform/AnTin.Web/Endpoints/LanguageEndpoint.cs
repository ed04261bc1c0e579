using AnTin.Platform.Languages;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AnTin.Web.Endpoints;

/// <summary>POST /language: remembers the language in a cookie and goes back to the page.</summary>
internal static class LanguageEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/language", Set).AllowAnonymous();

    private static IResult Set([FromForm] string? language, [FromForm] string? returnUrl, HttpContext http)
    {
        http.Response.Cookies.Append(RequestLanguage.Cookie, language == "en" ? "en" : "vi", new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
        });
        return PageRedirect.To(PageRedirect.IsLocal(returnUrl) ? WithoutLanguage(returnUrl!) : "/");
    }

    // A language in the address would outweigh the one just chosen.
    private static string WithoutLanguage(string url)
    {
        string[] parts = url.Split('?', 2);
        if (parts.Length == 1)
            return url;
        IEnumerable<KeyValuePair<string, StringValues>> kept = QueryHelpers.ParseQuery(parts[1]).Where(q => q.Key != RequestLanguage.Query);
        return QueryHelpers.AddQueryString(parts[0], kept);
    }
}
