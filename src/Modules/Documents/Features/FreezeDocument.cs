using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Features.Signing;
using AnTin.Modules.Documents.Persistence;
using AnTin.Pdf;
using AnTin.Platform.Blobs;
using AnTin.Platform.Evidence;
using AnTin.Platform.Faults;
using AnTin.Platform.Identity;
using AnTin.Platform.Persistence;
using AnTin.Signatures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AnTin.Modules.Documents.Features;

/// <summary>
/// The drafter freezes: empty fields for number, date, initial, signature and seal are laid before anyone signs, so that later acts only
/// fill and sign them. A file that arrived signed stays as it is.
/// </summary>
internal sealed class FreezeDocument(
    AnTinDbContext db, DocumentAccess access, StoredFiles files, IEvidenceLog evidence, ICrashPoint crash, TimeProvider time)
{
    public const string CrashPoint = "documents.freeze.file-kept";

    public async Task<Result> HandleAsync(Actor actor, Guid documentId, CancellationToken ct)
    {
        if (actor.PersonId is not { } person || await access.FindForActorAsync(documentId, person, ct) is not { } document)
            return DocumentErrors.NotFound();
        if (document.CheckDraft(person) is { } refusal)
            return refusal;
        Result<(string Sha256, long Length)> frozen = document.ArrivedSigned
            ? (document.CurrentSha256, document.CurrentLength)
            : await LayFieldsAsync(document, ct);
        if (!frozen.IsSuccess)
            return frozen.Error;
        crash.Reach(CrashPoint);
        DateTimeOffset now = time.GetUtcNow();
        Result result = document.Freeze(person, frozen.Value.Sha256, frozen.Value.Length, now);
        if (!result.IsSuccess)
            return result;
        evidence.Append(db, ActEntries.Of(DocumentActs.Frozen, actor, document, now) with
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["original"] = document.OriginalSha256,
                ["fieldsLaid"] = !document.ArrivedSigned,
            },
        });
        return await Races.TryCommitAsync(db, ct) ? Result.Success : DocumentErrors.ChangedMeanwhile();
    }

    private async Task<Result<(string Sha256, long Length)>> LayFieldsAsync(OutgoingDocument document, CancellationToken ct)
    {
        Result<BlobSource> opened = await files.OpenAsync(document.CurrentSha256, ct);
        if (!opened.IsSuccess)
            return opened.Error;
        using BlobSource source = opened.Value;
        try
        {
            FreezePlan plan = SigningPlan.Freeze(PdfDocument.Open(source, FileInspection.Limits), Placement.FromJson(document.PlacementJson));
            byte[] increment = PdfPreparation.Freeze(source, plan);
            Result<BlobInfo> kept = await files.KeepAsync(async target =>
            {
                await using Stream original = source.OpenStream();
                await original.CopyToAsync(target, ct);
                await target.WriteAsync(increment, ct);
            }, ct);
            return kept.Map(blob => (blob.Id.Sha256, blob.Length));
        }
        catch (PdfSigningException refused)
        {
            return SigningRehearsal.Error(refused);
        }
    }

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/documents/{id:guid}/freeze", PostAsync).RequireSignedIn();

    private static async Task<IResult> PostAsync(
        Guid id, [FromForm] string? _, HttpContext http, ICurrentUser user, FreezeDocument handler, CancellationToken ct)
    {
        Result result = await handler.HandleAsync(user.Actor, id, ct);
        return DocumentPaths.After(http, result.IsSuccess ? DocumentPaths.Of(id) : DocumentPaths.Place(id), result, "documents.frozen");
    }
}
