using System.Security.Cryptography;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;
using AnTin.Platform.Evidence;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Custody.Features;

/// <summary>
/// A key and its certificate. The sealed key is durable before its certificate is ordered, so that no certificate can exist
/// for a key that was lost; the same order sent again after a crash gives the same certificate.
/// </summary>
internal sealed class EnrolCredential(
    AnTinDbContext db, IKeyGuard guard, ICertificateAuthority authority, CredentialAccess access, IEvidenceLog evidence, ICrashPoint crash, TimeProvider clock)
{
    public const string AfterKey = "custody.enrol.after-key";
    public const string AfterCertificate = "custody.enrol.after-certificate";

    public async Task<Result<Credential>> EnrolAsync(CredentialEnrolment enrolment, CancellationToken ct)
    {
        if (!Pins.IsWellFormed(enrolment.Pin))
            return CustodyErrors.PinForm;
        Credential? credential = await db.Set<Credential>().SingleOrDefaultAsync(c => c.Reference == enrolment.Reference, ct);
        if (credential is not null && !IsFor(credential, enrolment))
            return CustodyErrors.ReferenceUsed;

        // 1. Durable: the sealed key, waiting for its certificate.
        if (credential is null)
        {
            credential = NewCredential(enrolment);
            db.Add(credential);
            await db.SaveChangesAsync(ct);
            crash.Reach(AfterKey);
        }
        return await CompleteAsync(credential, ct);
    }

    /// <summary>Orders the certificate of a pending credential, or finds the one already issued for it.</summary>
    public async Task<Result<Credential>> CompleteAsync(Credential credential, CancellationToken ct)
    {
        if (credential.State == CredentialState.Active)
            return credential;
        var order = new CertificateOrder(
            credential.Profile,
            credential.SubjectPublicKeyInfo,
            new OrganisationId(credential.OrganisationId),
            credential.HolderId is { } holder ? new PersonId(holder) : null,
            credential.NotBefore,
            credential.NotAfter,
            credential.Reference);

        // 2. The authority's own journal makes this step repeatable.
        if (!(await authority.IssueAsync(order, ct)).TryGet(out IssuedCertificate? certificate, out Error? refusal))
        {
            // Never certified, so never used: the key goes.
            db.Remove(credential);
            await db.SaveChangesAsync(ct);
            return refusal;
        }
        crash.Reach(AfterCertificate);

        // 3. Durable together: the credential can be used, and who may use it is on record.
        credential.SerialNumber = certificate.SerialNumber;
        credential.CertificateSha256 = Convert.ToHexStringLower(SHA256.HashData(certificate.Chain[0].Span));
        credential.State = CredentialState.Active;
        credential.Version++;
        evidence.Append(db, new EvidenceEntry("credential.enrolled", access.Actor, clock.GetUtcNow())
        {
            OrganisationId = credential.OrganisationId,
            Subject = new EvidenceSubject("credential", credential.Id.ToString("D")),
            CertificateSha256 = credential.CertificateSha256,
            Details = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["holder"] = credential.HolderId?.ToString("D"),
                ["serial"] = credential.SerialNumber,
                ["reference"] = credential.Reference,
            },
        });
        await db.SaveChangesAsync(ct);
        return credential;
    }

    private Credential NewCredential(CredentialEnrolment enrolment)
    {
        Guid id = Guid.CreateVersion7(clock.GetUtcNow());
        GuardedKey key = guard.Generate(id, enrolment.Pin);
        return new Credential
        {
            Id = id,
            Profile = enrolment.Profile,
            OrganisationId = enrolment.Organisation.Value,
            HolderId = enrolment.Holder?.Value,
            NotBefore = enrolment.NotBefore,
            NotAfter = enrolment.NotAfter,
            Reference = enrolment.Reference,
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
            SealedKey = key.SealedKey,
            CreatedAt = clock.GetUtcNow(),
        };
    }

    private static bool IsFor(Credential credential, CredentialEnrolment enrolment) =>
        credential.Profile == enrolment.Profile
        && credential.OrganisationId == enrolment.Organisation.Value
        && credential.HolderId == enrolment.Holder?.Value;
}
