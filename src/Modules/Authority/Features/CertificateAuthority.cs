using AnTin.Contracts.Authority;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Authority.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Authority.Features;

/// <summary>What other rooms see of the authority.</summary>
internal sealed class CertificateAuthority(
    AnTinDbContext db, AuthorityState authority, IssueCertificate issue, RevokeCertificate revoke, TimeProvider clock) : ICertificateAuthority
{
    public async Task<Result<IssuedCertificate>> IssueAsync(CertificateOrder order, CancellationToken ct) =>
        (await issue.IssueAsync(order, ct)).Map(Describe);

    public async Task<Result<IssuedCertificate>> RevokeAsync(string serialNumber, RevocationReason reason, CancellationToken ct) =>
        (await revoke.RevokeAsync(serialNumber, reason, ct)).Map(Describe);

    public async Task<IssuedCertificate?> FindAsync(string serialNumber, CancellationToken ct)
    {
        CertificateRecord? record = await Issued().SingleOrDefaultAsync(c => c.SerialNumber == serialNumber, ct);
        return record is null ? null : Describe(record);
    }

    public async Task<IReadOnlyList<IssuedCertificate>> ListAsync(IReadOnlySet<OrganisationId> organisations, CancellationToken ct)
    {
        List<Guid> ids = [.. organisations.Select(o => o.Value)];
        List<CertificateRecord> records = await Issued().Where(c => ids.Contains(c.OrganisationId)).ToListAsync(ct);
        return [.. records.OrderBy(c => c.NotAfter).ThenBy(c => c.SerialNumber, StringComparer.Ordinal).Select(Describe)];
    }

    private IQueryable<CertificateRecord> Issued() =>
        db.Set<CertificateRecord>().AsNoTracking().Where(c => c.State == IssuanceState.Issued);

    private IssuedCertificate Describe(CertificateRecord record)
    {
        List<ReadOnlyMemory<byte>> chain = [record.Certificate!];
        if (authority.Find()?.Issuing is { } issuing && issuing.KeyId == record.IssuerKeyId)
            chain.Add(issuing.Certificate.RawData);
        return new IssuedCertificate(
            record.SerialNumber,
            record.Profile,
            record.SubjectName,
            new OrganisationId(record.OrganisationId),
            record.HolderId is { } holder ? new PersonId(holder) : null,
            record.NotBefore,
            record.NotAfter,
            record.StatusAt(clock.GetUtcNow()),
            record.RevokedAt,
            record.RevocationReason?.ToString(),
            chain);
    }
}
