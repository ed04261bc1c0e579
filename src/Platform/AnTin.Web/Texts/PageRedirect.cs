using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AnTin.Contracts.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Web.Texts;

/// <summary>
/// How a form post ends: back to a page (303) that says what happened. Arguments of a refusal travel protected, so that
/// nobody can make a link that puts words of his own on our page.
/// </summary>
public static class PageRedirect
{
    public const string NoticeKey = "notice";
    public const string ErrorKey = "error";
    public const string ArgsKey = "args";

    private const string Purpose = "AnTin.Web.PageRedirect";

    public static IResult WithNotice(string path, string code) =>
        To(QueryHelpers.AddQueryString(path, NoticeKey, code));

    public static IResult WithError(HttpContext http, string path, Error error)
    {
        path = QueryHelpers.AddQueryString(path, ErrorKey, error.Code);
        if (error.Args.Count > 0)
            path = QueryHelpers.AddQueryString(path, ArgsKey, Protect(http, error));
        return To(path);
    }

    /// <summary>The page of a success, or the same page with the refusal.</summary>
    public static IResult After(HttpContext http, string path, Result result, string notice) =>
        result.IsSuccess ? WithNotice(path, notice) : WithError(http, path, result.Error);

    /// <summary>See Other: the browser follows with GET, and going back never repeats the act.</summary>
    /// <exception cref="ArgumentException">The path leads to another site.</exception>
    public static IResult To(string path) =>
        IsLocal(path) ? new SeeOther(path) : throw new ArgumentException("Only paths of this site.", nameof(path));

    /// <summary>True for <c>/path</c>, false for <c>//host</c>, <c>/\host</c> and everything with control characters.</summary>
    public static bool IsLocal(string? path) =>
        path is ['/', ..] && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl);

    /// <summary>The refusal named by a page's query string; null when there is none.</summary>
    internal static Error? Read(HttpContext http)
    {
        // Only what can be a code: an address must not put words of its own on the page.
        if (http.Request.Query[ErrorKey] is not [{ Length: > 0 and <= 100 } code]
            || !code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-'))
            return null;
        return http.Request.Query[ArgsKey] is [{ Length: > 0 } args] ? new Error(code, Unprotect(http, code, args)) : new Error(code);
    }

    private static string Protect(HttpContext http, Error error)
    {
        string[] shown = [.. error.Args.Select(arg => Wire(arg))];
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes(shown);
        return Base64UrlTextEncoder.Encode(Protector(http, error.Code).Protect(payload));
    }

    private static object?[] Unprotect(HttpContext http, string code, string args)
    {
        try
        {
            byte[] payload = Protector(http, code).Unprotect(Base64UrlTextEncoder.Decode(args));
            return [.. JsonSerializer.Deserialize<string[]>(payload)!.Select(Unwire)];
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return [];
        }
    }

    private static IDataProtector Protector(HttpContext http, string code) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose, code);

    // Texts and times keep their kind, so that the page shows them in its own language.
    private static string Wire(object? arg) => arg switch
    {
        Text text => "t" + text.Vi + "\u001f" + text.En,
        DateTimeOffset at => "a" + at.ToString("O", CultureInfo.InvariantCulture),
        DateOnly on => "d" + on.ToString("O", CultureInfo.InvariantCulture),
        IFormattable value => "s" + value.ToString(null, CultureInfo.InvariantCulture),
        _ => "s" + arg,
    };

    private static object Unwire(string wire) => wire switch
    {
        ['t', .. string texts] when texts.Split('\u001f') is [string vi, string en] => new Text(vi, en),
        ['a', .. string at] => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        ['d', .. string on] => DateOnly.Parse(on, CultureInfo.InvariantCulture),
        _ => wire[1..],
    };

    private sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
