// The kinds of certificate AnTin issues, as lists of extensions. References: RFC 5280 §4.2; ETSI EN 319 412-2 and -3 (persons, seals:
// nonRepudiation alone is allowed, digitalSignature is added because common readers ask for it); RFC 6960 §4.2.2.2.1; RFC 3161 §2.3.
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>Pointers that an issuer puts into every certificate.</summary>
public sealed record IssuerPointers(IReadOnlyList<string> CrlUrls, IReadOnlyList<string> OcspUrls, IReadOnlyList<string> IssuerUrls)
{
    public static IssuerPointers None { get; } = new([], [], []);
}

public static class CertificateTemplate
{
    /// <summary>A self-signed root: cA, no path limit, certificate and CRL signing.</summary>
    public static IReadOnlyList<Extension> Root(SubjectPublicKeyInfo key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return
        [
            ExtensionWriter.BasicConstraints(true, null),
            ExtensionWriter.KeyUsage(KeyUsages.KeyCertSign | KeyUsages.CrlSign),
            ExtensionWriter.SubjectKeyIdentifier(key.KeyIdentifier()),
        ];
    }

    /// <summary>An issuing authority below another.</summary>
    public static IReadOnlyList<Extension> IssuingCa(
        SubjectPublicKeyInfo key, Certificate issuer, IssuerPointers pointers, int pathLength, IReadOnlyList<string> policies) =>
    [
        ExtensionWriter.BasicConstraints(true, pathLength),
        ExtensionWriter.KeyUsage(KeyUsages.KeyCertSign | KeyUsages.CrlSign),
        .. Common(key, issuer, pointers, policies),
    ];

    /// <summary>An officer's signing certificate; the e-mail address, when given, is also the alternative name.</summary>
    public static IReadOnlyList<Extension> Officer(
        SubjectPublicKeyInfo key, Certificate issuer, IssuerPointers pointers, string? email, IReadOnlyList<string> policies) =>
        Signer(key, issuer, pointers, email, policies);

    /// <summary>An organisation's certificate: the key of its seal. Told apart from a person by policy and subject form.</summary>
    public static IReadOnlyList<Extension> Seal(
        SubjectPublicKeyInfo key, Certificate issuer, IssuerPointers pointers, string? email, IReadOnlyList<string> policies) =>
        Signer(key, issuer, pointers, email, policies);

    /// <summary>A delegated OCSP responder. ocsp-nocheck: its own status is not asked for, so its life is short.</summary>
    public static IReadOnlyList<Extension> OcspResponder(SubjectPublicKeyInfo key, Certificate issuer)
    {
        ArgumentNullException.ThrowIfNull(key);
        return
        [
            ExtensionWriter.BasicConstraints(false, null),
            ExtensionWriter.KeyUsage(KeyUsages.DigitalSignature),
            ExtensionWriter.ExtendedKeyUsage([Oids.OcspSigning], critical: false),
            .. Identifiers(key, issuer),
            ExtensionWriter.OcspNoCheck(),
        ];
    }

    /// <summary>A time-stamping authority. RFC 3161 §2.3: one extended key usage, timeStamping, and it MUST be critical.</summary>
    public static IReadOnlyList<Extension> TimeStamping(
        SubjectPublicKeyInfo key, Certificate issuer, IssuerPointers pointers, IReadOnlyList<string> policies) =>
    [
        ExtensionWriter.BasicConstraints(false, null),
        ExtensionWriter.KeyUsage(KeyUsages.DigitalSignature | KeyUsages.NonRepudiation),
        ExtensionWriter.ExtendedKeyUsage([Oids.TimeStamping], critical: true),
        .. Common(key, issuer, pointers, policies),
    ];

    private static IReadOnlyList<Extension> Signer(
        SubjectPublicKeyInfo key, Certificate issuer, IssuerPointers pointers, string? email, IReadOnlyList<string> policies)
    {
        List<Extension> all =
        [
            ExtensionWriter.BasicConstraints(false, null),
            ExtensionWriter.KeyUsage(KeyUsages.DigitalSignature | KeyUsages.NonRepudiation),
            ExtensionWriter.ExtendedKeyUsage([Oids.DocumentSigning, Oids.EmailProtection, Oids.ClientAuth], critical: false),
            .. Common(key, issuer, pointers, policies),
        ];
        if (!string.IsNullOrWhiteSpace(email))
        {
            all.Add(ExtensionWriter.AlternativeNames([GeneralName.Email(email)]));
        }

        return all;
    }

    private static List<Extension> Common(SubjectPublicKeyInfo key, Certificate issuer, IssuerPointers pointers, IReadOnlyList<string> policies)
    {
        ArgumentNullException.ThrowIfNull(pointers);
        var all = Identifiers(key, issuer);
        if (pointers.CrlUrls.Count > 0)
        {
            all.Add(ExtensionWriter.CrlDistributionPoints(pointers.CrlUrls));
        }

        if (pointers.OcspUrls.Count + pointers.IssuerUrls.Count > 0)
        {
            all.Add(ExtensionWriter.AuthorityInfoAccess(pointers.OcspUrls, pointers.IssuerUrls));
        }

        if (policies.Count > 0)
        {
            all.Add(ExtensionWriter.Policies(policies));
        }

        return all;
    }

    private static List<Extension> Identifiers(SubjectPublicKeyInfo key, Certificate issuer)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(issuer);

        // RFC 5280 §4.2.1.1: the issuer's subjectKeyIdentifier, whatever its method was.
        return
        [
            ExtensionWriter.SubjectKeyIdentifier(key.KeyIdentifier()),
            ExtensionWriter.AuthorityKeyIdentifier(issuer.SubjectKeyIdentifier ?? issuer.PublicKey.KeyIdentifier()),
        ];
    }
}
