using System.Diagnostics;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Web.Pages;

/// <summary>
/// Failures as pages for people and as problem details (RFC 9457) for programs. Who asked for HTML is a person. The request
/// is run again at /error/{status} in a scope of its own, since the page that failed may have used its services up.
/// </summary>
public static class ErrorPages
{
    private const string Path = "/error";

    public static IApplicationBuilder UseAnTinErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = $"{Path}/{StatusCodes.Status500InternalServerError}",
            CreateScopeForErrors = true,
            StatusCodeSelector = StatusOf,
        });
        app.UseStatusCodePagesWithReExecute(Path + "/{0}", createScopeForStatusCodePages: true);
        return app;
    }

    /// <summary>Any method: what failed may have been a form.</summary>
    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.Map(Path + "/{status:int:range(400,599)}", ShowAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    private static async Task ShowAsync(HttpContext http, int status)
    {
        // A failure may carry a better status than the path: a body that was too large.
        if (http.Response.StatusCode >= StatusCodes.Status400BadRequest)
            status = http.Response.StatusCode;
        http.Response.StatusCode = status;
        if (!WantsPage(http))
        {
            var problem = new ProblemDetailsContext { HttpContext = http, ProblemDetails = { Status = status } };
            await http.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(problem);
            return;
        }
        // A page that had begun to answer set it already, and setting it twice throws.
        http.Response.Headers.Remove("blazor-enhanced-nav");
        string? reference = status >= StatusCodes.Status500InternalServerError ? Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier : null;
        await PageResult.Of<ErrorPage>(status, (nameof(ErrorPage.Status), status), (nameof(ErrorPage.Reference), reference)).ExecuteAsync(http);
    }

    // A body that is too large or cut short is the sender's fault and carries its own status.
    private static int StatusOf(Exception? exception) =>
        exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;

    private static bool WantsPage(HttpContext http) =>
        !OriginalPath(http).StartsWithSegments("/api", StringComparison.Ordinal)
        && http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    internal static PathString OriginalPath(HttpContext http) =>
        http.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
        ?? http.Features.Get<IExceptionHandlerPathFeature>()?.Path
        ?? http.Request.Path.Value
        ?? "/";
}
