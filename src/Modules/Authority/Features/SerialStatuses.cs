using AnTin.Modules.Authority.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Authority.Features;

/// <summary>Status straight from the journal: a revocation is visible with its commit.</summary>
internal sealed class SerialStatuses(IDbContextFactory<AnTinDbContext> stores, AuthorityState authority) : ISerialStatusSource
{
    public async Task<IReadOnlyDictionary<string, SerialStatus>> StatusOfAsync(
        string issuerKeyId, IReadOnlyCollection<string> serialNumbers, CancellationToken ct)
    {
        await using AnTinDbContext db = await stores.CreateDbContextAsync(ct);
        var rows = await db.Set<CertificateRecord>().AsNoTracking()
            .Where(c => c.IssuerKeyId == issuerKeyId && c.State == IssuanceState.Issued && serialNumbers.Contains(c.SerialNumber))
            .Select(c => new { c.SerialNumber, c.RevokedAt, c.RevocationReason })
            .ToListAsync(ct);
        var found = serialNumbers.ToDictionary(serial => serial, _ => SerialStatus.Unknown, StringComparer.Ordinal);
        foreach (string serial in OwnServices(issuerKeyId).Where(found.ContainsKey))
            found[serial] = SerialStatus.Good;
        foreach (var row in rows)
            found[row.SerialNumber] = new SerialStatus(true, row.RevokedAt, (X509.RevocationReason?)(int?)row.RevocationReason);
        return found;
    }

    /// <summary>The responder's and the time-stamping authority's own certificates were not ordered by anyone, but are asked for by everyone.</summary>
    private IEnumerable<string> OwnServices(string issuerKeyId) =>
        authority.Find() is { } hierarchy && hierarchy.Issuing.KeyId == issuerKeyId
            ? [Number(hierarchy.OcspResponder), Number(hierarchy.TimeStamping)]
            : [];

    private static string Number(CertifiedKey service) => SerialNumbers.Text(service.Certificate.SerialNumberBytes.Span);
}
