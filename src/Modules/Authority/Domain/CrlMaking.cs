// Full revocation lists. Reference: RFC 5280 §5: numbers strictly increase (§5.2.3); entries stay after their certificate expired, because a
// signature is judged long after its certificate's end.
using System.Numerics;
using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

/// <summary>Signs a CRL and proves, before it replaces the previous one, that nothing was lost on the way.</summary>
internal static class CrlMaking
{
    /// <summary>A relying party may live with a list this long; a new one is made every day and at each revocation.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public static readonly TimeSpan Renewal = TimeSpan.FromDays(1);

    /// <param name="previous">The list it replaces, null for the first.</param>
    /// <returns>DER CertificateList.</returns>
    /// <exception cref="CrlRegressionException">It would forget a revocation, go back in time or in number.</exception>
    public static async Task<byte[]> MakeAsync(
        Issuer issuer, IReadOnlyList<RevokedCertificate> entries, CertificateRevocationList? previous, DateTimeOffset at, CancellationToken ct)
    {
        DateTimeOffset now = CertificateOrders.WholeSeconds(at);
        byte[] tbs = new CrlBuilder
        {
            Issuer = issuer.Certificate,
            ThisUpdate = now,
            NextUpdate = now + Life,
            Number = NextNumber(previous?.Number, now),
            Scheme = issuer.Scheme,
            Entries = entries,
        }.Build();
        byte[] der = await issuer.SignAsync(tbs, ct);
        if (previous is not null && Regression(CertificateRevocationList.Parse(der), previous) is { } regression)
            throw new CrlRegressionException(issuer.Slug, regression);
        return der;
    }

    /// <summary>
    /// Seconds since 1970, or one more than the last number: increases even when the database that held the last number is lost.
    /// </summary>
    private static BigInteger NextNumber(BigInteger? previous, DateTimeOffset now) =>
        previous is { } last && last >= now.ToUnixTimeSeconds() ? last + 1 : now.ToUnixTimeSeconds();

    private static string? Regression(CertificateRevocationList next, CertificateRevocationList previous)
    {
        if (next.ThisUpdate < previous.ThisUpdate)
            return "its time lies before the previous one's";
        if (next.Number <= previous.Number)
            return "its number does not increase";
        HashSet<string> kept = [.. next.Entries.Select(entry => entry.SerialNumber)];
        return previous.Entries.FirstOrDefault(entry => !kept.Contains(entry.SerialNumber)) is { } lost
            ? $"it forgets {lost.SerialNumber}"
            : null;
    }
}

/// <summary>A new CRL would say less than the published one. It is not published; someone has to look at the store.</summary>
internal sealed class CrlRegressionException(string slug, string reason) : Exception($"The new CRL of {slug} is refused: {reason}.");
