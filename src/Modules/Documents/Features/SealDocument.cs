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

/// <summary>
/// The clerk issues: the next number of the year's register, number and date filled and made read-only, and the organisation's signature
/// over all of it, in one act. Refused before the leader signed (NĐ 30/2020, Điều 32).
/// </summary>
internal sealed class SealDocument(SigningAct act)
{
    public async Task<Result<IssuedNumber>> HandleAsync(Actor actor, SigningRequest request, CancellationToken ct) =>
        (await act.RunAsync(actor, StepKind.Seal, request, ct))
        .Map(document => new IssuedNumber(document.Year!.Value, document.Number!.Value, document.Symbol!, document.IssuedOn!.Value));

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/documents/{id:guid}/seal", PostAsync).RequireSignedIn();

    private static async Task<IResult> PostAsync(
        Guid id, [FromForm] string? pin, [FromForm] int? version, HttpContext http, ICurrentUser user, SealDocument handler, CancellationToken ct)
    {
        Result<IssuedNumber> issued = await handler.HandleAsync(user.Actor, new SigningRequest(id, pin ?? "", Version: version), ct);
        return DocumentPaths.After(http, id, issued.Match(_ => Result.Success, Result.Failure), "documents.issued");
    }
}
