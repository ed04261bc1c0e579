using System.Security.Cryptography;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Persistence;
using AnTin.Platform.Blobs;
using AnTin.Platform.Evidence;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using AnTin.Signatures;
using AnTin.X509;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features.Signing;

/// <summary>A stage whose file is kept.</summary>
/// <param name="IsLast">The step is committed; else the next stage builds on the file.</param>
internal sealed record CompletedStage(string FileSha256, bool IsLast);

/// <summary>
/// Finishes a signature whose value is kept: the normal path and the recovery after a crash run this same code. Needs nobody's consent
/// any more; checks again that the value fits, the document still waits for it, and the register's next number is the one it shows.
/// </summary>
internal sealed class SigningCompletion(
    AnTinDbContext db, IDirectory directory, StoredFiles files, TimestampClient timestamps, IEvidenceLog evidence, ICrashPoint crash, TimeProvider time)
{
    /// <returns>Null when a concurrent act came first and this one is void.</returns>
    public async Task<Result<CompletedStage?>> CompleteAsync(PendingSignature pending, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        PreparedPdfSignature prepared = PreparedPdfSignature.FromJson(pending.PreparedJson);
        if (pending.SignatureValue is not { } value || !Matches(pending, prepared, value))
        {
            await RemoveAsync(pending, ct);
            return DocumentErrors.SigningFailed();
        }

        // 1. The signed file, a blob of its own: durable but meaning nothing until step 2 names it.
        ReadOnlyMemory<byte> token = await timestamps.StampAsync(value, ct);
        Result<BlobInfo> file = await WriteAsync(pending, prepared, value, token, ct);
        if (!file.IsSuccess)
            return file.Error;
        crash.Reach(SigningCrashPoints.FileKept);
        OutgoingDocument document = await db.Set<OutgoingDocument>().Include(d => d.Steps).SingleAsync(d => d.Id == pending.DocumentId, ct);
        if (pending.Stage + 1 < SigningPlan.Stages(document, pending.Kind))
            return new CompletedStage(file.Value.Id.Sha256, IsLast: false);

        // 2. State, step, register line, evidence, and the end of the pending rows: one transaction.
        if (document.Version != pending.DocumentVersion || document.State != pending.Kind.Due())
        {
            await RemoveAsync(pending, ct);
            return (CompletedStage?)null;
        }
        DateTimeOffset now = time.GetUtcNow();
        document.Complete(StepOf(pending, document, file.Value, !token.IsEmpty, now), file.Value.Length);
        bool numberFree = await RegisterAsync(pending, document, now, ct);
        bool committed = numberFree && await CommitAsync(pending, document, now, ct);
        db.ChangeTracker.Clear();
        if (!committed)
        {
            await RemoveAsync(pending, ct);
            return (CompletedStage?)null;
        }
        crash.Reach(SigningCrashPoints.Committed);
        return new CompletedStage(file.Value.Id.Sha256, IsLast: true);
    }

    /// <summary>Whether a value is the certificate's signature over what was prepared: a wrong key or a damaged store stops here.</summary>
    public static bool Matches(PendingSignature pending, PreparedPdfSignature prepared, ReadOnlySpan<byte> value) =>
        SignatureVerification.VerifyHash(Certificate.Parse(pending.Certificate).PublicKey, prepared.Scheme, prepared.HashToSign.Span, value);

    private async Task<Result<BlobInfo>> WriteAsync(
        PendingSignature pending, PreparedPdfSignature prepared, ReadOnlyMemory<byte> value, ReadOnlyMemory<byte> token, CancellationToken ct)
    {
        Result<BlobSource> opened = await files.OpenAsync(pending.BaseSha256, ct);
        if (!opened.IsSuccess)
            return opened.Error;
        using BlobSource source = opened.Value;
        try
        {
            return await files.KeepAsync(target => PadesSigner.CompleteAsync(prepared, value, token, source, target, ct), ct);
        }
        catch (PdfSigningException refused)
        {
            return SigningRehearsal.Error(refused);
        }
    }

    private static DocumentStep StepOf(PendingSignature pending, OutgoingDocument document, BlobInfo file, bool timestamped, DateTimeOffset now)
    {
        Certificate certificate = Certificate.Parse(pending.Certificate);
        return new DocumentStep
        {
            DocumentId = document.Id,
            Kind = pending.Kind,
            PersonId = pending.PersonId,
            PersonName = pending.PersonName,
            At = now,
            FromVersion = pending.DocumentVersion,
            CertificateSubject = certificate.Subject.DisplayName,
            CertificateSerial = certificate.SerialNumber,
            CertificateSha256 = Convert.ToHexStringLower(SHA256.HashData(pending.Certificate)),
            Timestamped = timestamped,
            FileSha256 = file.Id.Sha256,
        };
    }

    private async Task<bool> RegisterAsync(PendingSignature pending, OutgoingDocument document, DateTimeOffset now, CancellationToken ct)
    {
        if (pending is not { Number: { } number, IssuedOn: { } day })
            return true;
        document.Register(number, day);
        return await RegisterNumbers.TakeAsync(db, new RegisterEntry
        {
            OrganisationId = document.OrganisationId,
            Year = day.Year,
            Number = number,
            Symbol = document.Symbol!,
            IssuedOn = day,
            KindCode = document.KindCode,
            Title = document.Title,
            SignerName = document.SignerName,
            DocumentId = document.Id,
            RegisteredBy = pending.PersonName,
            RegisteredAt = now,
            RequestId = document.Id,
        }, ct);
    }

    private async Task<bool> CommitAsync(PendingSignature pending, OutgoingDocument document, DateTimeOffset now, CancellationToken ct)
    {
        DocumentStep step = document.Done(pending.Kind)!;
        evidence.Append(db, ActEntries.Of(ActOf(pending.Kind), pending.Actor, document, now) with
        {
            CertificateSha256 = step.CertificateSha256,
            Details = pending.Kind == StepKind.Seal ? await IssuedAsync(document, ct) : DetailsOf(document, step),
        });
        List<PendingSignature> ended = await db.Set<PendingSignature>().Where(p => p.DocumentId == document.Id && p.Kind == pending.Kind).ToListAsync(ct);
        db.RemoveRange(ended);
        return await Races.TryCommitAsync(db, ct);
    }

    private async Task<IReadOnlyDictionary<string, object?>> IssuedAsync(OutgoingDocument document, CancellationToken ct)
    {
        OrganisationInfo organisation = await directory.FindOrganisationAsync(new OrganisationId(document.OrganisationId), document.IssuedOn!.Value, ct)
            ?? throw new InvalidOperationException($"Organisation {document.OrganisationId} issues documents but does not exist.");
        RegisterEntry entry = db.Set<RegisterEntry>().Local.Single(e => e.DocumentId == document.Id);
        return IssuedDetails.Of(entry, document.Id, organisation, personallySigned: document.Done(StepKind.Sign) is not null, isSealed: true);
    }

    private static Dictionary<string, object?> DetailsOf(OutgoingDocument document, DocumentStep step) => new(StringComparer.Ordinal)
    {
        ["title"] = document.Title,
        ["capacity"] = step.Kind == StepKind.Sign ? $"{document.SignerCapacity} {document.SignerTitle}".Trim() : null,
        ["certificateSerial"] = step.CertificateSerial,
        ["certificateSubject"] = step.CertificateSubject,
        ["level"] = step.Timestamped ? "PAdES-B-T" : "PAdES-B-B",
    };

    private Task RemoveAsync(PendingSignature pending, CancellationToken ct) => db.Set<PendingSignature>()
        .Where(p => p.DocumentId == pending.DocumentId && p.Kind == pending.Kind && p.Attempt == pending.Attempt)
        .ExecuteDeleteAsync(ct);

    private static string ActOf(StepKind step) => step switch
    {
        StepKind.Initial => DocumentActs.Initialled,
        StepKind.Sign => DocumentActs.Signed,
        _ => DocumentActs.Issued,
    };
}
