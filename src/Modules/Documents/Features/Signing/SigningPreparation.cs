using AnTin.Cms;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Persistence;
using AnTin.Pdf;
using AnTin.Platform.Persistence;
using AnTin.Signatures;
using AnTin.X509;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features.Signing;

/// <summary>Builds a stage's signature up to the hash that a key has to sign, and keeps it; or takes up the one that is already kept.</summary>
internal sealed class SigningPreparation(
    AnTinDbContext db, IDirectory directory, StoredFiles files, SignatureAppearances appearances, TimestampClient timestamps, DocumentsOptions options, TimeProvider time)
{
    private const string Application = "AnTin";

    /// <returns>Kept and not tracked; null when a concurrent act came first.</returns>
    public async Task<Result<PendingSignature?>> PrepareAsync(
        OutgoingDocument document, StepKind step, int stage, string baseFile, CredentialInfo credential, Actor actor, Guid person, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        Placement placement = Placement.FromJson(document.PlacementJson);
        Registration? registration = step == StepKind.Seal ? await NextAsync(document, now, ct) : null;
        if (registration is not null && !PlaceProposal.FitsYear(placement, registration.Day))
            return DocumentErrors.PrintedYear(placement.DateText!.PrintedYear, registration.Day.Year);
        PendingSignature? kept = await db.Set<PendingSignature>().AsNoTracking()
            .SingleOrDefaultAsync(p => p.DocumentId == document.Id && p.Kind == step && p.Stage == stage, ct);
        if (kept is not null && IsStillGood(kept, document, baseFile, credential, person, registration, now))
            return kept;
        Result<string> prepared = await BuildAsync(document, step, stage, baseFile, credential, person, placement, registration, now, ct);
        if (!prepared.IsSuccess)
            return prepared.Error;
        var pending = new PendingSignature
        {
            DocumentId = document.Id,
            Kind = step,
            Stage = stage,
            Attempt = Guid.CreateVersion7(now),
            DocumentVersion = document.Version,
            CredentialId = credential.Id.Value,
            Certificate = credential.Certificate.Chain[0].ToArray(),
            AccountId = actor.AccountId,
            PersonId = person,
            PersonName = actor.Name,
            BaseSha256 = baseFile,
            PreparedJson = prepared.Value,
            PreparedAt = now,
            Number = registration?.Number,
            IssuedOn = registration?.Day,
        };
        return await ReplaceAsync(kept, pending, ct) ? pending : (PendingSignature?)null;
    }

    // A preparation with a value is as good as signed, whoever asks now: taking it up finishes what its signer began.
    private bool IsStillGood(
        PendingSignature kept, OutgoingDocument document, string baseFile, CredentialInfo credential, Guid person, Registration? registration, DateTimeOffset now)
    {
        bool sameState = kept.DocumentVersion == document.Version && kept.BaseSha256 == baseFile
            && kept.Number == registration?.Number && kept.IssuedOn == registration?.Day;
        bool sameSigner = kept.PersonId == person && kept.CredentialId == credential.Id.Value
            && kept.Certificate.AsSpan().SequenceEqual(credential.Certificate.Chain[0].Span);
        return sameState && (kept.SignatureValue is not null || (sameSigner && now - kept.PreparedAt < TimeSpan.FromMinutes(options.PreparedMinutes)));
    }

    private async Task<Registration> NextAsync(OutgoingDocument document, DateTimeOffset now, CancellationToken ct)
    {
        DateOnly day = DocumentNumber.DayInVietnam(now);
        int number = await RegisterNumbers.NextAsync(db, document.OrganisationId, day.Year, ct);
        return new Registration(number, day, DocumentNumber.Symbol(number, document.SymbolTail));
    }

    private async Task<Result<string>> BuildAsync(
        OutgoingDocument document, StepKind step, int stage, string baseFile, CredentialInfo credential, Guid person,
        Placement placement, Registration? registration, DateTimeOffset now, CancellationToken ct)
    {
        Result<BlobSource> opened = await files.OpenAsync(baseFile, ct);
        if (!opened.IsSuccess)
            return opened.Error;
        using BlobSource source = opened.Value;
        string organisation = (await directory.FindOrganisationAsync(new OrganisationId(document.OrganisationId), DocumentNumber.DayInVietnam(now), ct))?.Name ?? "";
        Appearance appearance = await appearances.OfAsync(document, step, stage, person, placement, registration, organisation, ct);
        try
        {
            PdfDocument pdf = PdfDocument.Open(source, FileInspection.Limits);
            var prepared = PadesSigner.Prepare(source, new PadesSignatureOptions
            {
                Signer = SignerOf(credential),
                Field = SigningPlan.Target(document, step, stage, pdf, placement),
                Appearance = appearance,
                Lock = SigningPlan.LockOf(document, step, stage),
                Fills = registration is null ? [] : SignatureAppearances.Fills(document, placement, registration),
                ClaimedTime = now.ToOffset(Text.VietnamOffset),
                Name = step == StepKind.Seal ? organisation : NameOf(document, step),
                Reason = ReasonOf(document, step),
                Location = organisation,
                Application = Application,
                TimestampReserve = timestamps.IsAvailable ? TimestampClient.Reserve : 0,
            });
            return prepared.ToJson();
        }
        catch (PdfSigningException refused)
        {
            return SigningRehearsal.Error(refused);
        }
    }

    private async Task<bool> ReplaceAsync(PendingSignature? stale, PendingSignature pending, CancellationToken ct)
    {
        // The document stays tracked by the caller; only the pending rows change here.
        if (stale is not null)
        {
            int removed = await db.Set<PendingSignature>()
                .Where(p => p.DocumentId == stale.DocumentId && p.Kind == stale.Kind && p.Stage == stale.Stage && p.Attempt == stale.Attempt)
                .ExecuteDeleteAsync(ct);
            if (removed == 0)
                return false;
        }
        db.Add(pending);
        bool kept = await Races.TryCommitAsync(db, ct);
        db.Entry(pending).State = EntityState.Detached;
        return kept;
    }

    private static CmsSigner SignerOf(CredentialInfo credential)
    {
        Certificate[] chain = [.. credential.Certificate.Chain.Select(der => Certificate.Parse(der))];
        return CmsSigner.Create(chain[0], chain[1..], SignatureSchemes.For(chain[0].PublicKey)[0], CmsSignerOptions.Pades);
    }

    private static string NameOf(OutgoingDocument document, StepKind step) => step == StepKind.Initial ? document.InitiallerName : document.SignerName;

    // In the file, for readers of the file: in the document's language.
    private static string ReasonOf(OutgoingDocument document, StepKind step) => step switch
    {
        StepKind.Initial => "Ký nháy",
        StepKind.Sign when document.SignerCapacity.Length > 0 => $"Ký chính thức ({document.SignerCapacity} {document.SignerTitle})",
        StepKind.Sign => $"Ký chính thức ({document.SignerTitle})",
        _ => "Đóng dấu cơ quan",
    };
}
