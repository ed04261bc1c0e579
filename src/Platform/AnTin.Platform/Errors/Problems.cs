using System.Globalization;
using AnTin.Contracts.Platform;
using AnTin.Platform.Languages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Platform.Errors;

/// <summary>
/// The one place where a refusal becomes HTTP: RFC 9457 problem details with <c>code</c> and <c>args</c>, the title in
/// the request's language.
/// </summary>
public static class Problems
{
    public static ProblemHttpResult ToProblem(this Error error, HttpContext context) => TypedResults.Problem(Describe(error, context));

    /// <summary>The success' result, or the problem.</summary>
    public static IResult ToHttp<T>(this Result<T> result, HttpContext context, Func<T, IResult> success) =>
        result.Match(success, error => error.ToProblem(context));

    public static IResult ToHttp(this Result result, HttpContext context, Func<IResult> success) =>
        result.Error is { } error ? error.ToProblem(context) : success();

    public static ProblemDetails Describe(Error error, HttpContext context)
    {
        ErrorTexts texts = context.RequestServices.GetRequiredService<ErrorTexts>();
        Language language = RequestLanguage.Of(context.Request);
        ErrorText text = texts[error.Code];
        var problem = new ProblemDetails
        {
            Type = $"urn:antin:error:{error.Code}",
            Status = text.Status,
            Title = text.Text.Format(language, error.Args),
            Instance = context.Request.Path,
        };
        problem.Extensions["code"] = error.Code;
        if (error.Args.Count > 0)
            problem.Extensions["args"] = error.Args.Select(arg => arg is Text shown ? shown.In(language) : Convert.ToString(arg, CultureInfo.InvariantCulture)).ToArray();
        context.Response.Headers.ContentLanguage = language == Language.En ? "en" : "vi";
        return problem;
    }
}
