using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

/// <summary>A certification authority at work: its certificate, the key that signs for it, and where its word is published.</summary>
/// <param name="Slug">Its name in URLs: <c>/pki/{slug}.crt</c>, <c>/pki/{slug}.crl</c>.</param>
/// <param name="Pointers">What goes into every certificate it issues.</param>
internal sealed record Issuer(string Slug, Certificate Certificate, ISigningKey Key, IssuerPointers Pointers)
{
    /// <summary>Lower-case hex of the key identifier: tells generations of an authority apart.</summary>
    public string KeyId { get; } = Convert.ToHexStringLower(Certificate.PublicKey.KeyIdentifier());

    public SignatureScheme Scheme => Key.DefaultScheme;

    /// <summary>Signs a tbsCertificate or tbsCertList and proves the signature with the public key of the certificate before anyone sees it.</summary>
    /// <exception cref="IssuerSignatureException">The key did not sign what its certificate promises.</exception>
    public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> tbs, CancellationToken ct)
    {
        byte[] hash = DigestAlgorithm.Of(Scheme.HashName()).Hash(tbs.Span);
        byte[] signature = await Key.SignHashAsync(hash, Scheme, ct);
        if (!SignatureVerification.VerifyHash(Certificate.PublicKey, Scheme, hash, signature))
            throw new IssuerSignatureException(Slug);
        return CertificateAssembler.Assemble(tbs, Scheme, signature);
    }

    /// <summary>Where an authority published under a base URL says it can be found.</summary>
    /// <param name="withOcsp">False for authorities that answer by CRL alone.</param>
    public static IssuerPointers PointersOf(Uri baseUrl, string slug, bool withOcsp) => new(
        [At(baseUrl, $"pki/{slug}.crl")],
        withOcsp ? [At(baseUrl, "ocsp")] : [],
        [At(baseUrl, $"pki/{slug}.crt")]);

    private static string At(Uri baseUrl, string path) => baseUrl.AbsoluteUri.TrimEnd('/') + "/" + path;
}

/// <summary>A certificate with the key that signs under it: the OCSP responder, the time-stamping authority, a subscriber.</summary>
internal sealed record CertifiedKey(Certificate Certificate, ISigningKey Key);

/// <summary>A signature of the authority does not verify under its own certificate: a broken key or device. Nothing may be issued.</summary>
internal sealed class IssuerSignatureException(string slug)
    : Exception($"The key of {slug} produced a signature that its own certificate does not verify.");
