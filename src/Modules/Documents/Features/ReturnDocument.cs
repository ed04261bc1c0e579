using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Evidence;
using AnTin.Platform.Identity;
using AnTin.Platform.Persistence;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AnTin.Modules.Documents.Features;

/// <summary>The clerk, or whoever the document waits for, gives it back to the drafter and says why.</summary>
internal sealed class ReturnDocument(AnTinDbContext db, DocumentAccess access, IEvidenceLog evidence, TimeProvider time)
{
    public async Task<Result> HandleAsync(Actor actor, Guid documentId, string reason, CancellationToken ct)
    {
        reason = reason.Trim();
        if (await access.FindForActorAsync(documentId, actor.PersonId, ct) is not { } document || actor.PersonId is not { } person)
            return DocumentErrors.NotFound();
        if (reason.Length == 0)
            return DocumentErrors.ReasonMissing();
        if (reason.Length > OutgoingDocument.ReasonLimit)
            return DocumentErrors.ReasonTooLong(OutgoingDocument.ReasonLimit);
        bool isClerk = await access.IsClerkAsync(person, document.OrganisationId, ct);
        DateTimeOffset now = time.GetUtcNow();
        DocumentState from = document.State;
        Result returned = document.Return(person, actor.Name, isClerk, reason, now);
        if (!returned.IsSuccess)
            return returned;
        evidence.Append(db, ActEntries.Of(DocumentActs.Refused, actor, document, now) with
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["reason"] = reason, ["state"] = from.ToString() },
        });
        return await Races.TryCommitAsync(db, ct) ? Result.Success : DocumentErrors.ChangedMeanwhile();
    }

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/documents/{id:guid}/return", PostAsync).RequireSignedIn();

    private static async Task<IResult> PostAsync(
        Guid id, [FromForm] string? reason, HttpContext http, ICurrentUser user, ReturnDocument handler, CancellationToken ct) =>
        DocumentPaths.After(http, id, await handler.HandleAsync(user.Actor, id, reason ?? "", ct), "documents.returned");
}
