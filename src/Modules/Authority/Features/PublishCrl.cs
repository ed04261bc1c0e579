using AnTin.Modules.Authority.Domain;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using AnTin.X509;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Authority.Features;

/// <summary>
/// Makes and keeps revocation lists. The unique (issuer, number) lets one of several nodes win; the loser finds the
/// winner's list at its next look. What is served is the stored bytes.
/// </summary>
internal sealed class PublishCrl(IDbContextFactory<AnTinDbContext> stores, AuthorityState authority, ICrashPoint crash, TimeProvider clock)
{
    public const string BeforeStore = "authority.crl.before-store";

    /// <summary>Publishes for every issuer whose list is a day old, absent, or behind the revocations.</summary>
    /// <returns>How many lists were published here.</returns>
    public async Task<int> RefreshAsync(CancellationToken ct)
    {
        await using AnTinDbContext db = await stores.CreateDbContextAsync(ct);
        int published = 0;
        foreach (Issuer issuer in authority.Hierarchy.Issuers)
        {
            // A lost race leaves the winner's list, which may not know our newest revocation yet: look again.
            while (await MakeIfDueAsync(db, issuer, ct) is { } der)
            {
                if (await TryStoreAsync(db, issuer, der, ct))
                    published++;
            }
        }
        return published;
    }

    /// <returns>DER of a list that has to replace the latest one; null when that is new and complete.</returns>
    private async Task<byte[]?> MakeIfDueAsync(AnTinDbContext db, Issuer issuer, CancellationToken ct)
    {
        CrlRecord? latest = await LatestAsync(db, issuer.KeyId, ct);
        CertificateRevocationList? previous = latest is null ? null : CertificateRevocationList.Parse(latest.Der);
        List<RevokedCertificate> revoked = await RevokedAsync(db, issuer, ct);
        bool due = previous is null || clock.GetUtcNow() >= previous.ThisUpdate + CrlMaking.Renewal || !IsComplete(previous, revoked);
        return due ? await CrlMaking.MakeAsync(issuer, revoked, previous, clock.GetUtcNow(), ct) : null;
    }

    public async Task<CrlRecord?> LatestAsync(string issuerKeyId, CancellationToken ct)
    {
        await using AnTinDbContext db = await stores.CreateDbContextAsync(ct);
        return await LatestAsync(db, issuerKeyId, ct);
    }

    private static Task<CrlRecord?> LatestAsync(AnTinDbContext db, string issuerKeyId, CancellationToken ct) =>
        db.Set<CrlRecord>().AsNoTracking().Where(c => c.IssuerKeyId == issuerKeyId).OrderByDescending(c => c.Number).FirstOrDefaultAsync(ct);

    /// <returns>False when another node published this number first.</returns>
    private async Task<bool> TryStoreAsync(AnTinDbContext db, Issuer issuer, byte[] der, CancellationToken ct)
    {
        CertificateRevocationList crl = CertificateRevocationList.Parse(der);
        crash.Reach(BeforeStore);
        var record = new CrlRecord
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            IssuerKeyId = issuer.KeyId,
            Number = (long)crl.Number!.Value,
            ThisUpdate = crl.ThisUpdate,
            NextUpdate = crl.NextUpdate!.Value,
            Der = der,
        };
        db.Add(record);
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException)
        {
            db.Entry(record).State = EntityState.Detached;
            if (await LatestAsync(db, issuer.KeyId, ct) is not { } winner || winner.Number < record.Number)
                throw;
            return false;
        }
    }

    private static async Task<List<RevokedCertificate>> RevokedAsync(AnTinDbContext db, Issuer issuer, CancellationToken ct)
    {
        var rows = await db.Set<CertificateRecord>().AsNoTracking()
            .Where(c => c.IssuerKeyId == issuer.KeyId && c.RevokedAt != null)
            .OrderBy(c => c.RevokedAt).ThenBy(c => c.SerialNumber)
            .Select(c => new { c.SerialNumber, c.RevokedAt, c.RevocationReason })
            .ToListAsync(ct);
        return rows.ConvertAll(row => new RevokedCertificate(
            row.SerialNumber.ToLowerInvariant(), row.RevokedAt!.Value, (RevocationReason?)(int?)row.RevocationReason));
    }

    private static bool IsComplete(CertificateRevocationList list, List<RevokedCertificate> revoked)
    {
        HashSet<string> listed = [.. list.Entries.Select(entry => entry.SerialNumber)];
        return revoked.TrueForAll(entry => listed.Contains(entry.SerialNumber));
    }
}
