using AnTin.Platform.Languages;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

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
        return PageRedirect.To(PageRedirect.IsLocal(returnUrl) ? returnUrl! : "/");
    }
}
