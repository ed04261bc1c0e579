// The hierarchy for trying AnTin out. Names follow the conventions of the official-duty PKI but say that they are a model (mẫu);
// lives are those of NĐ 68/2024/NĐ-CP, Điều 9 (a CA 20 years). Profiles: CertificateTemplate (RFC 5280, RFC 6960, RFC 3161).
using AnTin.Keys;
using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

/// <summary>The keys of a demonstration, made side by side because an RSA key takes a fifth of a second and more.</summary>
internal sealed record DemonstrationKeys(SoftwareKey Root, SoftwareKey Issuing, SoftwareKey OcspResponder, SoftwareKey TimeStamping)
{
    public static async Task<DemonstrationKeys> GenerateAsync(CancellationToken ct)
    {
        Task<SoftwareKey> root = OneAsync(KeyKind.Rsa3072, ct);
        Task<SoftwareKey> issuing = OneAsync(KeyKind.Rsa2048, ct);
        Task<SoftwareKey> ocsp = OneAsync(KeyKind.Rsa2048, ct);
        Task<SoftwareKey> tsa = OneAsync(KeyKind.Rsa2048, ct);
        return new DemonstrationKeys(await root, await issuing, await ocsp, await tsa);
    }

    private static Task<SoftwareKey> OneAsync(KeyKind kind, CancellationToken ct) => Task.Run(() => SoftwareKey.Generate(kind), ct);
}

internal static class DemonstrationHierarchy
{
    public const string Organization = "AnTin (mẫu)";
    public const string RootName = "RootCA công vụ mẫu AnTin";

    // Old enough to have issued the demonstration's expired certificate.
    private const int YearsBefore = 4;
    private const int AuthorityYears = 20;
    private const int ServiceYears = 5;

    /// <summary>Root, issuing authority, OCSP responder and time-stamping authority.</summary>
    /// <param name="baseUrl">Goes into every certificate's CRL, OCSP and issuer pointers.</param>
    public static async Task<Hierarchy> CreateAsync(Uri baseUrl, DateTimeOffset at, DemonstrationKeys keys, CancellationToken ct)
    {
        DateTimeOffset now = CertificateOrders.WholeSeconds(at);
        DateTimeOffset from = now.AddYears(-YearsBefore);
        DateTimeOffset to = from.AddYears(AuthorityYears);
        DateTimeOffset serviceEnd = now.AddYears(ServiceYears);
        Issuer root = await CertificateMaking.RootAsync(NameOf(RootName), Hierarchy.RootSlug, baseUrl, from, to, keys.Root, ct);
        Certificate authority = await CertificateMaking.BelowAsync(
            root, NameOf("CA phục vụ các cơ quan Nhà nước mẫu AnTin"), keys.Issuing.SubjectPublicKeyInfo, from, to,
            CertificateTemplate.IssuingCa(keys.Issuing.PublicKey, root.Certificate, root.Pointers, pathLength: 0, []), ct);
        var issuing = new Issuer(
            Hierarchy.IssuingSlug, authority, keys.Issuing, Issuer.PointersOf(baseUrl, Hierarchy.IssuingSlug, withOcsp: true));
        Certificate ocsp = await CertificateMaking.BelowAsync(
            issuing, NameOf("OCSP công vụ mẫu AnTin"), keys.OcspResponder.SubjectPublicKeyInfo, now, serviceEnd,
            CertificateTemplate.OcspResponder(keys.OcspResponder.PublicKey, authority), ct);
        Certificate tsa = await CertificateMaking.BelowAsync(
            issuing, NameOf("TSA công vụ mẫu AnTin"), keys.TimeStamping.SubjectPublicKeyInfo, now, serviceEnd,
            CertificateTemplate.TimeStamping(keys.TimeStamping.PublicKey, authority, issuing.Pointers, [AuthorityOids.TimeStampingPolicy]), ct);
        return new Hierarchy(
            root, issuing, new CertifiedKey(ocsp, keys.OcspResponder), new CertifiedKey(tsa, keys.TimeStamping), IsDemonstration: true);
    }

    private static DistinguishedName NameOf(string commonName) =>
        new NameBuilder().Country("VN").Organization(Organization).CommonName(commonName).Build();
}
