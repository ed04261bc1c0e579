using System.Threading.RateLimiting;
using AnTin.Contracts.Platform;
using AnTin.Contracts.Validation;
using AnTin.Modules.Validation.Domain;
using AnTin.Modules.Validation.Pages;
using AnTin.Platform.Errors;
using AnTin.Platform.Languages;
using AnTin.Signatures;
using AnTin.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace AnTin.Modules.Validation.Features;

/// <summary>
/// POST /verify (a page) and POST /api/v1/validations (the JSON of <c>antin verify --json</c>): anybody's file, verified and forgotten.
/// Neither changes anything, so neither asks for an antiforgery token.
/// </summary>
internal sealed class VerifyFile(UploadReader uploads, ConcurrencyGate gate, IDocumentValidator validator, TimeProvider time)
{
    public const string RateLimit = "validation";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/verify", ([FromServices] VerifyFile verify, HttpContext http) => verify.AnswerPageAsync(http, http.RequestAborted))
            .AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimit).ExcludeFromDescription();
        endpoints.MapPost("/api/v1/validations", ([FromServices] VerifyFile verify, HttpContext http) => verify.AnswerJsonAsync(http, http.RequestAborted))
            .AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimit)
            .WithName("verifyFile").WithSummary("Verify the signatures on a file; the file is not kept.")
            .WithDescription("multipart/form-data with the file in the part `file`. The answer is the JSON of `antin verify --json`: an unreadable file is an answer, too.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>So many a minute from one address, in six slices, so that a burst does not lock an office out for a whole minute.</summary>
    public static RateLimitPartition<string> Limit(HttpContext http, ValidationOptions options) =>
        RateLimitPartition.GetSlidingWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = options.RequestsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 });

    private async Task<IResult> AnswerPageAsync(HttpContext http, CancellationToken ct)
    {
        Result<Verified> result = await VerifyAsync(http, ct);
        if (!result.TryGet(out Verified? verified, out Error? error))
            return PageResult.Of<Verify>(StatusOf(error), (nameof(Pages.Verify.Refusal), error));
        return PageResult.Of<VerifyResult>(StatusCodes.Status200OK,
            (nameof(VerifyResult.Report), verified.Report),
            (nameof(VerifyResult.FileName), verified.FileName),
            (nameof(VerifyResult.At), verified.At));
    }

    private async Task<IResult> AnswerJsonAsync(HttpContext http, CancellationToken ct)
    {
        Result<Verified> result = await VerifyAsync(http, ct);
        return result.ToHttp(http, verified => Results.Bytes(
            ReportJson.Write(verified.Report, english: RequestLanguage.Of(http.Request) == Language.En),
            "application/json; charset=utf-8"));
    }

    private async Task<Result<Verified>> VerifyAsync(HttpContext http, CancellationToken ct)
    {
        Result<ReceivedFile> received = await uploads.ReadAsync(http, ct);
        if (!received.TryGet(out ReceivedFile? file, out Error? error))
            return error;
        using (file)
        {
            using IDisposable? place = await gate.EnterAsync(ct);
            if (place is null)
                return ValidationErrors.Busy;
            ValidationReport report = await validator.ValidateAsync(file, ct);
            return new Verified(report, file.Name, time.GetUtcNow());
        }
    }

    private static int StatusOf(Error error) => ValidationErrors.Texts.First(text => text.Code == error.Code).Status;

    private sealed record Verified(ValidationReport Report, string FileName, DateTimeOffset At);
}
