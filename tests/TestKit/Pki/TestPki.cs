using AnTin.Keys;
using AnTin.X509;

namespace AnTin.TestKit.Pki;

/// <summary>A certificate and its key.</summary>
public sealed record PkiCredential(Certificate Certificate, SoftwareKey Key, IReadOnlyList<Certificate> Chain);

/// <summary>
/// An invented hierarchy in memory: root, issuing authority, OCSP responder, time-stamping authority, two officers and a seal of the
/// province An Bình, and a public authority with one subscriber. Everything begins on 2026-01-01; made once for all tests of a process.
/// </summary>
public sealed class TestPki
{
    private static readonly Lazy<TestPki> Lazily = new(() => new TestPki());
    private int _serial = 0x10;

    private TestPki()
    {
        Root = IssueRoot("Gốc thử nghiệm công vụ", KeyKind.EcP256);
        Ca = Issue(Root, new NameBuilder().Country("VN").Organization("Cơ quan thử nghiệm").CommonName("CA thử nghiệm công vụ").Build(), KeyKind.EcP256,
            (key, issuer) => CertificateTemplate.IssuingCa(key, issuer.Certificate, IssuerPointers.None, 0, []), years: 15);
        Ocsp = Issue(Ca, new NameBuilder().Country("VN").CommonName("OCSP thử nghiệm").Build(), KeyKind.EcP256,
            (key, issuer) => CertificateTemplate.OcspResponder(key, issuer.Certificate));
        Tsa = Issue(Ca, new NameBuilder().Country("VN").CommonName("TSA thử nghiệm").Build(), KeyKind.EcP256,
            (key, issuer) => CertificateTemplate.TimeStamping(key, issuer.Certificate, IssuerPointers.None, []));
        Officer1 = Officer("Nguyễn Văn Một", "mot@anbinh.example", KeyKind.Rsa2048);
        Officer2 = Officer("Trần Thị Hai", "hai@anbinh.example", KeyKind.EcP256);
        Seal = Issue(Ca, NameBuilder.Seal("ỦY BAN NHÂN DÂN TỈNH AN BÌNH", "An Bình", "CHÍNH PHỦ"), KeyKind.Rsa2048,
            (key, issuer) => CertificateTemplate.Seal(key, issuer.Certificate, IssuerPointers.None, null, []));
        PublicRoot = IssueRoot("CA công cộng thử nghiệm", KeyKind.EcP256);
        Public1 = Issue(PublicRoot, new NameBuilder().Country("VN").CommonName("Lê Văn Ba").Build(), KeyKind.EcP256,
            (key, issuer) => CertificateTemplate.Officer(key, issuer.Certificate, IssuerPointers.None, null, []));
    }

    public static TestPki Shared => Lazily.Value;

    public static DateTimeOffset Begin { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A time at which everything is valid.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 6, 15, 5, 0, 0, TimeSpan.Zero);

    public PkiCredential Root { get; }

    public PkiCredential Ca { get; }

    public PkiCredential Ocsp { get; }

    public PkiCredential Tsa { get; }

    public PkiCredential Officer1 { get; }

    public PkiCredential Officer2 { get; }

    public PkiCredential Seal { get; }

    public PkiCredential PublicRoot { get; }

    public PkiCredential Public1 { get; }

    public IReadOnlyList<TrustAnchor> Anchors =>
        [new TrustAnchor(Root.Certificate, TrustClass.OfficialDuty), new TrustAnchor(PublicRoot.Certificate, TrustClass.Public)];

    public PkiCredential Officer(string name, string email, KeyKind kind) =>
        Issue(Ca, NameBuilder.Officer(name, "An Bình", "ỦY BAN NHÂN DÂN TỈNH AN BÌNH", ["SỞ KHOA HỌC VÀ CÔNG NGHỆ"], email), kind,
            (key, issuer) => CertificateTemplate.Officer(key, issuer.Certificate, IssuerPointers.None, email, []));

    /// <summary>One more root, with a key of this kind.</summary>
    public PkiCredential NewRoot(KeyKind kind) => IssueRoot("Gốc thử nghiệm " + kind, kind);

    /// <summary>Issues anything below anything.</summary>
    public PkiCredential Issue(PkiCredential issuer, DistinguishedName subject, KeyKind kind,
        Func<SubjectPublicKeyInfo, PkiCredential, IReadOnlyList<Extension>> extensions, int years = 5, DateTimeOffset? from = null)
    {
        var key = SoftwareKey.Generate(kind);
        return new PkiCredential(Sign(issuer, subject, key, extensions(key.PublicKey, issuer), years, from), key, ChainOf(issuer));
    }

    public Certificate Sign(PkiCredential issuer, DistinguishedName subject, SoftwareKey key, IReadOnlyList<Extension> extensions,
        int years = 5, DateTimeOffset? from = null)
    {
        var begin = from ?? Begin;
        var tbs = new TbsCertificateBuilder
        {
            SerialNumber = new byte[] { 0x4A, 0x10, (byte)(++_serial >> 8), (byte)_serial, 9, 8, 7, 6 },
            Issuer = issuer.Certificate.Subject,
            Subject = subject,
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
            NotBefore = begin,
            NotAfter = begin.AddYears(years),
            Scheme = issuer.Key.DefaultScheme,
            Extensions = extensions,
        }.Build();
        return Certificate.Parse(SignTbs(tbs, issuer.Key));
    }

    /// <summary>A CRL of an authority, issued a day before <see cref="Noon"/> and valid for a week.</summary>
    public static CertificateRevocationList Crl(PkiCredential issuer, params RevokedCertificate[] entries) =>
        CrlAt(issuer, Noon.AddDays(-1), Noon.AddDays(6), entries);

    public static CertificateRevocationList CrlAt(PkiCredential issuer, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, params RevokedCertificate[] entries)
    {
        var tbs = new CrlBuilder
        {
            Issuer = issuer.Certificate,
            ThisUpdate = thisUpdate,
            NextUpdate = nextUpdate,
            Number = 7,
            Scheme = issuer.Key.DefaultScheme,
            Entries = entries,
        }.Build();
        return CertificateRevocationList.Parse(SignTbs(tbs, issuer.Key));
    }

    /// <summary>Empty CRLs of all authorities.</summary>
    public IReadOnlyList<CertificateRevocationList> CleanCrls => [Crl(Root), Crl(Ca), Crl(PublicRoot)];

    /// <summary>An OCSP response about a certificate, signed by a responder.</summary>
    public static OcspResponse Answer(PkiCredential responder, Certificate issuer, string serial, CertificateStatus status,
        DateTimeOffset? thisUpdate = null, DateTimeOffset? revokedAt = null)
    {
        var at = thisUpdate ?? Noon.AddHours(-1);
        var builder = new OcspResponseBuilder
        {
            Responder = responder.Certificate,
            ProducedAt = at,
            Scheme = responder.Key.DefaultScheme,
            Answers = [new OcspAnswer(OcspCertId.For(issuer, serial, DigestAlgorithm.Sha1), status, at, at.AddHours(4), revokedAt,
                status == CertificateStatus.Revoked ? RevocationReason.KeyCompromise : null)],
        };
        var tbs = builder.Build();
        return OcspResponse.Parse(builder.Assemble(tbs, Sign(tbs, responder.Key)));
    }

    /// <summary>A time-stamp token of the time-stamping authority over these octets.</summary>
    public byte[] Timestamp(ReadOnlySpan<byte> stamped, DateTimeOffset time)
    {
        var issuer = new Cms.TimestampIssuer(Tsa.Certificate, [Ca.Certificate], Tsa.Key.DefaultScheme, "1.3.6.1.4.1.99999.1", TimeSpan.FromSeconds(1));
        var request = Cms.TimestampRequest.For(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256.Hash(stamped), [1, 2, 3, 4, 5, 6, 7, 8]);
        var builder = issuer.Prepare(request, time, [1, 2, 3]);
        return builder.Complete(Tsa.Key.SignHash(builder.HashToSign(), builder.Scheme));
    }

    public static byte[] Sign(ReadOnlySpan<byte> data, SoftwareKey key)
    {
        var scheme = key.DefaultScheme;
        return key.SignHash(DigestAlgorithm.Of(scheme.HashName()).Hash(data), scheme);
    }

    private static byte[] SignTbs(byte[] tbs, SoftwareKey key) => CertificateAssembler.Assemble(tbs, key.DefaultScheme, Sign(tbs, key));

    private PkiCredential IssueRoot(string name, KeyKind kind)
    {
        var key = SoftwareKey.Generate(kind);
        var subject = new NameBuilder().Country("VN").Organization("Cơ quan thử nghiệm").CommonName(name).Build();
        var tbs = new TbsCertificateBuilder
        {
            SerialNumber = new byte[] { 0x3F, (byte)++_serial, 1, 2, 3, 4, 5, 6 },
            Issuer = subject,
            Subject = subject,
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
            NotBefore = Begin,
            NotAfter = Begin.AddYears(20),
            Scheme = key.DefaultScheme,
            Extensions = CertificateTemplate.Root(key.PublicKey),
        }.Build();
        return new PkiCredential(Certificate.Parse(SignTbs(tbs, key)), key, []);
    }

    private static IReadOnlyList<Certificate> ChainOf(PkiCredential issuer) =>
        issuer.Certificate.IsSelfIssued ? [issuer.Certificate] : [issuer.Certificate, .. issuer.Chain];
}
