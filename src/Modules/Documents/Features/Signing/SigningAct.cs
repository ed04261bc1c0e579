using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using AnTin.Signatures;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features.Signing;

/// <summary>Places in the signing of a step where a test may kill the process.</summary>
internal static class SigningCrashPoints
{
    public const string Prepared = "documents.signing.prepared";
    public const string KeyUsed = "documents.signing.key-used";
    public const string ValueKept = "documents.signing.value-kept";
    public const string FileKept = "documents.signing.file-kept";
    public const string Committed = "documents.signing.committed";

    public static readonly string[] All = [Prepared, KeyUsed, ValueKept, FileKept, Committed];
}

/// <summary>
/// One signing step of one person: initial, sign, or number-and-seal. Prepares, lets the key sign, completes; killed anywhere it either
/// left nothing that counts, or leaves a <see cref="PendingSignature"/> that the same code finishes.
/// </summary>
internal sealed class SigningAct(
    AnTinDbContext db,
    DocumentAccess access,
    CredentialChoice choice,
    ISigningCredentials credentials,
    SigningPreparation preparation,
    SigningCompletion completion,
    Gates gates,
    RegisterNumbers numbers,
    ICrashPoint crash)
{
    public async Task<Result<OutgoingDocument>> RunAsync(Actor actor, StepKind step, SigningRequest request, CancellationToken ct)
    {
        if (actor.PersonId is not { } person || await access.FindForActorAsync(request.DocumentId, person, ct) is not { } seen)
            return DocumentErrors.NotFound();
        if (request.Pin.Length == 0)
            return DocumentErrors.PinMissing();
        int version = request.Version ?? seen.Version;
        using IDisposable documentGate = await gates.EnterAsync(seen.Id, ct);
        // Seals of one register wait for each other here, so that they rarely lose the race for a number.
        using IDisposable? registerGate = step == StepKind.Seal ? await numbers.EnterAsync(seen.OrganisationId, access.Today.Year, ct) : null;
        for (int attempt = 0; attempt < RegisterNumbers.Tries; attempt++)
        {
            db.ChangeTracker.Clear();
            if (await TryAsync(actor, person, step, request, version, ct) is { } outcome)
                return outcome;
        }
        return DocumentErrors.RegisterBusy();
    }

    /// <returns>Null when a concurrent act came first: look again.</returns>
    private async Task<Result<OutgoingDocument>?> TryAsync(Actor actor, Guid person, StepKind step, SigningRequest request, int version, CancellationToken ct)
    {
        // 1. May this person do this step, now? Nothing is durable yet.
        OutgoingDocument document = await access.FindForActorAsync(request.DocumentId, person, ct)
            ?? throw new InvalidOperationException($"Document {request.DocumentId} vanished: documents are never deleted.");
        if (document.Done(step) is { } done && done.PersonId == person && done.FromVersion == version)
            return document;
        bool isClerk = await access.IsClerkAsync(person, document.OrganisationId, ct);
        if (document.CheckStep(step, person, isClerk) is { } refusal)
            return refusal;
        if (document.Version != version)
            return DocumentErrors.ChangedMeanwhile();

        // 2. With which credential?
        Result<CredentialInfo> credential = await choice.ChooseAsync(document, step, person, request.CredentialId, ct);
        if (!credential.IsSuccess)
            return credential.Error;

        // 3. Every stage is prepared, signed and completed; the last one commits the step.
        string baseFile = document.CurrentSha256;
        for (int stage = 0; ; stage++)
        {
            Result<PendingSignature?> pending = await preparation.PrepareAsync(document, step, stage, baseFile, credential.Value, actor, person, ct);
            if (!pending.IsSuccess)
                return pending.Error;
            if (pending.Value is not { } prepared)
                return null;
            crash.Reach(SigningCrashPoints.Prepared);
            if (prepared.SignatureValue is null && await SignAsync(prepared, document, person, request.Pin, ct) is { } failed)
                return failed.Error is { } error ? error : (Result<OutgoingDocument>?)null;
            // From here the act runs to its end: the key has signed.
            Result<CompletedStage?> completed = await completion.CompleteAsync(prepared, CancellationToken.None);
            if (!completed.IsSuccess)
                return completed.Error;
            if (completed.Value is not { } kept)
                return null;
            if (kept.IsLast)
                return await access.FindForActorAsync(document.Id, person, CancellationToken.None) ?? document;
            baseFile = kept.FileSha256;
        }
    }

    /// <summary>Lets the key sign and keeps the value.</summary>
    /// <returns>Null when the value is kept; a failure to report; or a failure without error when another attempt took this one's place.</returns>
    private async Task<Attempt?> SignAsync(PendingSignature pending, OutgoingDocument document, Guid person, string pin, CancellationToken ct)
    {
        PreparedPdfSignature prepared = PreparedPdfSignature.FromJson(pending.PreparedJson);
        var activation = new SignatureActivation(
            new CredentialId(pending.CredentialId), new PersonId(person), prepared.HashToSign, prepared.Scheme, pin, document.Title);
        Result<byte[]> value = await credentials.SignHashAsync(activation, ct);
        if (!value.IsSuccess)
            return new Attempt(value.Error);
        crash.Reach(SigningCrashPoints.KeyUsed);
        if (!SigningCompletion.Matches(pending, prepared, value.Value))
            return new Attempt(DocumentErrors.SigningFailed());
        db.Attach(pending);
        pending.SignatureValue = value.Value;
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Attempt(null);
        }
        crash.Reach(SigningCrashPoints.ValueKept);
        return null;
    }

    private sealed record Attempt(Error? Error);
}
