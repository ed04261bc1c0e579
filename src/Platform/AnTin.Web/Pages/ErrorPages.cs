using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Web.Pages;

/// <summary>
/// Failures as pages for people and as problem details (RFC 9457) for programs. Who asked for HTML is a person.
/// </summary>
public static class ErrorPages
{
    public static IApplicationBuilder UseAnTinErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http => ShowAsync(http, StatusOf(http.Features.Get<IExceptionHandlerFeature>()?.Error)),
            StatusCodeSelector = StatusOf,
        });
        app.UseStatusCodePages(context => ShowAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
        return app;
    }

    private static async Task ShowAsync(HttpContext http, int status)
    {
        if (!WantsPage(http.Request))
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

    private static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
