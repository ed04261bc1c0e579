using AnTin.Contracts.Authority;
using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

/// <summary>What is common to every certificate made here: random serial, whole seconds, own signature verified.</summary>
internal static class CertificateMaking
{
    /// <summary>A self-signed root, which publishes under <paramref name="slug"/> and answers by CRL alone.</summary>
    public static async Task<Issuer> RootAsync(
        DistinguishedName name, string slug, Uri baseUrl, DateTimeOffset notBefore, DateTimeOffset notAfter, ISigningKey key, CancellationToken ct)
    {
        SubjectPublicKeyInfo publicKey = SubjectPublicKeyInfo.Parse(key.SubjectPublicKeyInfo);
        byte[] tbs = new TbsCertificateBuilder
        {
            SerialNumber = SerialNumbers.Next(),
            Issuer = name,
            Subject = name,
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
            NotBefore = notBefore,
            NotAfter = notAfter,
            Scheme = key.DefaultScheme,
            Extensions = CertificateTemplate.Root(publicKey),
        }.Build();
        byte[] der = await CertificateAssembler.SignAsync(tbs, key, key.DefaultScheme, ct);
        return new Issuer(slug, Certificate.Parse(der), key, Issuer.PointersOf(baseUrl, slug, withOcsp: false));
    }

    /// <summary>A certificate below <paramref name="issuer"/> with the extensions of a template.</summary>
    public static async Task<Certificate> BelowAsync(
        Issuer issuer, DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo, DateTimeOffset notBefore, DateTimeOffset notAfter,
        IReadOnlyList<Extension> extensions, CancellationToken ct)
    {
        byte[] tbs = Tbs(issuer, SerialNumbers.Next(), subject, subjectPublicKeyInfo, notBefore, notAfter, extensions);
        return Certificate.Parse(await issuer.SignAsync(tbs, ct));
    }

    /// <summary>The exact bytes of a subscriber's certificate; the same input gives the same bytes.</summary>
    public static byte[] SubscriberTbs(
        Issuer issuer, ReadOnlyMemory<byte> serialNumber, CertificateProfile profile, DistinguishedName subject, string? email,
        ReadOnlyMemory<byte> subjectPublicKeyInfo, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.Parse(subjectPublicKeyInfo);
        IReadOnlyList<Extension> extensions = profile switch
        {
            CertificateProfile.Officer =>
                CertificateTemplate.Officer(key, issuer.Certificate, issuer.Pointers, email, [AuthorityOids.OfficerPolicy]),
            CertificateProfile.OrganisationSeal =>
                CertificateTemplate.Seal(key, issuer.Certificate, issuer.Pointers, email, [AuthorityOids.SealPolicy]),
            _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "Not a subscriber's profile."),
        };
        return Tbs(issuer, serialNumber, subject, subjectPublicKeyInfo, notBefore, notAfter, extensions);
    }

    private static byte[] Tbs(
        Issuer issuer, ReadOnlyMemory<byte> serialNumber, DistinguishedName subject, ReadOnlyMemory<byte> subjectPublicKeyInfo,
        DateTimeOffset notBefore, DateTimeOffset notAfter, IReadOnlyList<Extension> extensions) =>
        new TbsCertificateBuilder
        {
            SerialNumber = serialNumber,
            Issuer = issuer.Certificate.Subject,
            Subject = subject,
            SubjectPublicKeyInfo = subjectPublicKeyInfo,
            NotBefore = notBefore,
            NotAfter = notAfter,
            Scheme = issuer.Scheme,
            Extensions = extensions,
        }.Build();
}
