using AnTin.Contracts.Authority;
using AnTin.Contracts.Platform;
using AnTin.Modules.Authority.Domain;
using AnTin.Platform.Evidence;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Authority.Features;

/// <summary>
/// Takes a certificate out of use. Durable together: the revocation and its evidence; from then on OCSP says revoked.
/// The CRL follows at once, or, after a crash in between, with the next run of the jobs.
/// </summary>
internal sealed class RevokeCertificate(
    IDbContextFactory<AnTinDbContext> stores, PublishCrl crls, IEvidenceLog evidence, ICrashPoint crash, ICurrentUser user, TimeProvider clock)
{
    public const string AfterCommit = "authority.revoke.after-commit";

    public async Task<Result<CertificateRecord>> RevokeAsync(string serialNumber, RevocationReason reason, CancellationToken ct)
    {
        if (!Enum.IsDefined(reason))
            return AuthorityErrors.ReasonMissing;
        await using AnTinDbContext db = await stores.CreateDbContextAsync(ct);
        CertificateRecord? record = await db.Set<CertificateRecord>()
            .SingleOrDefaultAsync(c => c.SerialNumber == serialNumber && c.State == IssuanceState.Issued, ct);
        if (record is null)
            return AuthorityErrors.NoSuchCertificate;
        if (record.RevokedAt is { } already)
            return AuthorityErrors.AlreadyRevoked(already);
        DateTimeOffset now = clock.GetUtcNow();
        if (record.NotAfter < now)
            return AuthorityErrors.AlreadyExpired;

        // Whole seconds, as CRLs and OCSP answers can say it; rounded down, so that nothing signed after the click is good.
        record.RevokedAt = CertificateOrders.WholeSeconds(now);
        record.RevocationReason = reason;
        record.Version++;
        evidence.Append(db, new EvidenceEntry("certificate.revoked", user.IsAuthenticated ? user.Actor : Actor.System, now)
        {
            OrganisationId = record.OrganisationId,
            Subject = new EvidenceSubject("certificate", record.SerialNumber),
            CertificateSha256 = record.Sha256,
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["reason"] = reason.ToString(), ["subject"] = record.SubjectName },
        });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            await db.Entry(record).ReloadAsync(ct);
            if (record.RevokedAt is { } other)
                return AuthorityErrors.AlreadyRevoked(other);
            throw;
        }
        crash.Reach(AfterCommit);
        await crls.RefreshAsync(ct);
        return record;
    }
}
