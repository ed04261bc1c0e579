using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Features.Signing;
using AnTin.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AnTin.Modules.Documents.Features;

/// <summary>The named division head initials (ký nháy): answers for the content. NĐ 30/2020, Điều 12.</summary>
internal sealed class InitialDocument(SigningAct act)
{
    public async Task<Result> HandleAsync(Actor actor, SigningRequest request, CancellationToken ct) =>
        await act.RunAsync(actor, StepKind.Initial, request, ct) is { Error: { } refusal } ? refusal : Result.Success;

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/documents/{id:guid}/initial", PostAsync).RequireSignedIn();

    private static async Task<IResult> PostAsync(
        Guid id, [FromForm] string? pin, [FromForm] int? version, HttpContext http, ICurrentUser user, InitialDocument handler, CancellationToken ct)
    {
        Result result = await handler.HandleAsync(user.Actor, new SigningRequest(id, pin ?? "", Version: version), ct);
        return DocumentPaths.After(http, id, result, "documents.initialled");
    }
}
