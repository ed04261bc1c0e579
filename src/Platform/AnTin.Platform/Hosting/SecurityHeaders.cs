using AnTin.Contracts.Platform;
using AnTin.Platform.Errors;
using Microsoft.AspNetCore.Http;

namespace AnTin.Platform.Hosting;

/// <summary>
/// Headers of every answer. The policy allows no inline script or style and no other origin; a page that needs more
/// (a worker of the PDF preview) says so with <see cref="AllowWorker"/> on its endpoint.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, PlatformSettings settings)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            bool worker = context.GetEndpoint()?.Metadata.GetMetadata<AllowWorker>() is not null;
            headers.ContentSecurityPolicy = worker ? Policy + "; worker-src 'self'" : Policy;
            headers.XContentTypeOptions = "nosniff";
            // For browsers older than frame-ancestors; antiforgery would say SAMEORIGIN.
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (settings.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000";
            // What is made for one person stays out of shared caches unless the endpoint said otherwise.
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }
}

/// <summary>Endpoint metadata: the page may start a worker from our own files.</summary>
public sealed class AllowWorker;

/// <summary>
/// Refuses acts that another site makes a browser send: an unsafe method carrying our cookie must come from a page of
/// ours. Forms have their token too; this also guards endpoints that take JSON or streams.
/// </summary>
internal sealed class SameSiteActs(RequestDelegate next, PlatformSettings settings)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (IsSafe(context.Request.Method) || context.User.Identity?.IsAuthenticated != true || IsOwn(context.Request))
            await next(context);
        else
            await PlatformErrors.CrossSite.ToProblem(context).ExecuteAsync(context);
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // Browsers send Sec-Fetch-Site, older ones Origin; a program that sends neither holds the cookie by its own right.
    private bool IsOwn(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";
        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}" || origin == settings.PublicUrl.GetLeftPart(UriPartial.Authority);
    }
}
