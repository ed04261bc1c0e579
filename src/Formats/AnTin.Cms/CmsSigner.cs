// Everything of a CMS signature that is the same for every signature of one credential, encoded once.
// References: RFC 5652 §5 (SignedData), RFC 5035 §3 (ESSCertIDv2), ETSI EN 319 122-1 V1.3.1 §5 (attributes), ETSI EN 319 142-1 V1.2.1
// §6.3 (which of them PAdES takes: no signing-time, content-hints, content-identifier or content-reference).
using System.Formats.Asn1;
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Cms;

/// <summary>What signed attributes a signature carries besides content-type, message-digest and signing-certificate-v2.</summary>
public sealed record CmsSignerOptions
{
    public static CmsSignerOptions Pades { get; } = new();

    /// <summary>Type of the signed content: id-data for documents, id-ct-TSTInfo for time-stamps.</summary>
    public string ContentType { get; init; } = Oids.Data;

    /// <summary>Commitments (ETSI EN 319 122-1 §5.2.3), by identifier. In PAdES not together with a /Reason entry.</summary>
    public IReadOnlyList<string> Commitments { get; init; } = [];

    /// <summary>MIME type of the innermost content for content-hints (RFC 2634 §2.9). CAdES only: PAdES forbids the attribute.</summary>
    public string? ContentHintsDescription { get; init; }

    /// <summary>The certificates travel in the signature. A time-stamp without certReq leaves them out.</summary>
    public bool IncludeCertificates { get; init; } = true;
}

/// <summary>
/// A credential ready to sign: certificate, chain, scheme and the encodings they lead to. Immutable; make one per credential and share it.
/// </summary>
public sealed class CmsSigner
{
    private readonly byte[][] _staticAttributes;

    private CmsSigner(Certificate certificate, IReadOnlyList<Certificate> chain, SignatureScheme scheme, CmsSignerOptions options)
    {
        Certificate = certificate;
        Chain = chain;
        Scheme = scheme;
        Options = options;
        Digest = DigestAlgorithm.Of(scheme.HashName());
        var digestIdentifier = Der.Encode(Digest.WriteIdentifier);
        DigestAlgorithms = Der.Wrap(Der.Set, digestIdentifier);
        Certificates = options.IncludeCertificates ? EncodeCertificates(certificate, chain) : [];

        // RFC 5652 §5.1: version 1 with issuerAndSerialNumber and id-data, 3 when the content is of another type.
        Version = Der.Encode(w => w.WriteInteger(options.ContentType == Oids.Data ? 1 : 3));
        SignerHead = [.. Der.Encode(w => w.WriteInteger(1)), .. EncodeIssuerAndSerial(certificate), .. digestIdentifier];
        SignatureIdentifier = X509.SignatureAlgorithm.From(scheme).EncodeIdentifier();
        _staticAttributes = EncodeStaticAttributes();
    }

    public Certificate Certificate { get; }

    /// <summary>Issuers above the certificate that travel with the signature, in any order; the anchor need not be among them.</summary>
    public IReadOnlyList<Certificate> Chain { get; }

    public SignatureScheme Scheme { get; }

    public CmsSignerOptions Options { get; }

    public DigestAlgorithm Digest { get; }

    internal byte[] Version { get; }

    internal byte[] DigestAlgorithms { get; }

    internal byte[] Certificates { get; }

    internal byte[] SignerHead { get; }

    internal byte[] SignatureIdentifier { get; }

    public static CmsSigner Create(Certificate certificate, IReadOnlyList<Certificate> chain, SignatureScheme scheme, CmsSignerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(chain);
        if (!SignatureSchemes.For(certificate.PublicKey).Contains(scheme))
        {
            throw new ArgumentException($"the certificate's key cannot sign with {scheme}", nameof(scheme));
        }

        return new CmsSigner(certificate, chain, scheme, options ?? CmsSignerOptions.Pades);
    }

    /// <summary>Begins a signature over content whose digest (with the scheme's hash) is given.</summary>
    /// <param name="contentDigest">Digest of the signed octets.</param>
    /// <param name="signingTime">Only for CAdES: PAdES keeps the claimed time in the signature dictionary.</param>
    public CmsSignatureBuilder Prepare(ReadOnlySpan<byte> contentDigest, DateTimeOffset? signingTime = null) =>
        new(this, EncodeSignedAttributes(contentDigest, signingTime));

    /// <summary>Begins a signature whose content travels inside (time-stamp tokens).</summary>
    public CmsSignatureBuilder PrepareEnclosed(ReadOnlyMemory<byte> content) =>
        new(this, EncodeSignedAttributes(Digest.Hash(content.Span), null), content);

    /// <summary>Continues a signature prepared earlier, perhaps by another node: its signed attributes are all that has to be kept.</summary>
    public CmsSignatureBuilder Resume(ReadOnlyMemory<byte> signedAttributes) => new(this, signedAttributes.ToArray());

    /// <summary>
    /// Octets of the finished ContentInfo. Exact for RSA; for ECDSA an upper bound that is at most nine octets too large.
    /// </summary>
    /// <param name="timestampTokenLength">Length of the token that will be attached; 0 for none.</param>
    public int PredictSize(int timestampTokenLength = 0)
    {
        var attributes = EncodeSignedAttributes(new byte[Digest.Length], null);
        return new CmsSignatureBuilder(this, attributes)
            .SizeWith(SignatureSchemes.MaxSignatureLength(Certificate.PublicKey), timestampTokenLength);
    }

    private byte[] EncodeSignedAttributes(ReadOnlySpan<byte> contentDigest, DateTimeOffset? signingTime)
    {
        if (contentDigest.Length != Digest.Length)
        {
            throw new ArgumentException($"a {Digest.Label} digest has {Digest.Length} octets", nameof(contentDigest));
        }

        var all = new List<byte[]>(_staticAttributes.Length + 2);
        all.AddRange(_staticAttributes);
        all.Add(EncodeMessageDigest(contentDigest));
        if (signingTime is { } time)
        {
            all.Add(EncodeSigningTime(time));
        }

        // RFC 5652 §5.3: signedAttrs MUST be DER encoded; a DER SET OF is sorted by encoding.
        all.Sort(static (a, b) => Der.CompareSetOf(a, b));
        var length = 0;
        foreach (var attribute in all)
        {
            length += attribute.Length;
        }

        var set = new byte[Der.Size(length)];
        var at = Der.WriteHeader(set, Der.Set, length);
        foreach (var attribute in all)
        {
            attribute.CopyTo(set.AsSpan(at));
            at += attribute.Length;
        }

        return set;
    }

    // SEQUENCE { 1.2.840.113549.1.9.4, SET { OCTET STRING } }
    private static byte[] EncodeMessageDigest(ReadOnlySpan<byte> digest)
    {
        ReadOnlySpan<byte> oid = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
        var value = Der.Size(digest.Length);
        var content = oid.Length + Der.Size(value);
        var result = new byte[Der.Size(content)];
        var at = Der.WriteHeader(result, Der.Sequence, content);
        oid.CopyTo(result.AsSpan(at));
        at += oid.Length;
        at += Der.WriteHeader(result.AsSpan(at), Der.Set, value);
        at += Der.WriteHeader(result.AsSpan(at), Der.OctetString, digest.Length);
        digest.CopyTo(result.AsSpan(at));
        return result;
    }

    // RFC 5652 §11.3: UTCTime until 2049, GeneralizedTime from 2050.
    private static byte[] EncodeSigningTime(DateTimeOffset time) => EncodeAttribute(Oids.SigningTime, w =>
    {
        if (time.UtcDateTime.Year is >= 1950 and < 2050)
        {
            w.WriteUtcTime(time.ToUniversalTime());
        }
        else
        {
            w.WriteGeneralizedTime(time.ToUniversalTime(), omitFractionalSeconds: true);
        }
    });

    private byte[][] EncodeStaticAttributes()
    {
        var all = new List<byte[]>
        {
            EncodeAttribute(Oids.ContentType, w => w.WriteObjectIdentifier(Options.ContentType)),
            EncodeAttribute(Oids.SigningCertificateV2, w => EssCertificateId.Write(w, Certificate, Digest)),
        };
        if (Options.Commitments.Count > 0)
        {
            all.Add(EncodeCommitments());
        }

        if (Options.ContentHintsDescription is { } description)
        {
            all.Add(EncodeAttribute(Oids.ContentHints, w =>
            {
                using (w.PushSequence())
                {
                    w.WriteCharacterString(UniversalTagNumber.UTF8String, description);
                    w.WriteObjectIdentifier(Oids.Data);
                }
            }));
        }

        return [.. all];
    }

    // One attribute with one value per commitment (ETSI EN 319 122-1 §5.2.3).
    private byte[] EncodeCommitments() => Der.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteObjectIdentifier(Oids.CommitmentType);
            using (w.PushSetOf())
            {
                foreach (var commitment in Options.Commitments)
                {
                    using (w.PushSequence())
                    {
                        w.WriteObjectIdentifier(commitment);
                    }
                }
            }
        }
    });

    internal static byte[] EncodeAttribute(string oid, Action<AsnWriter> writeValue) => Der.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteObjectIdentifier(oid);
            using (w.PushSetOf())
            {
                writeValue(w);
            }
        }
    });

    // CertificateSet, [0] IMPLICIT, as a DER SET OF; a certificate given twice travels once.
    private static byte[] EncodeCertificates(Certificate certificate, IReadOnlyList<Certificate> chain)
    {
        var all = chain.Prepend(certificate).Distinct().Select(c => c.RawData).ToArray();
        Array.Sort(all, static (a, b) => Der.CompareSetOf(a.Span, b.Span));
        return Der.Wrap(Der.Context(0), all);
    }

    private static byte[] EncodeIssuerAndSerial(Certificate certificate) => Der.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteEncodedValue(certificate.Issuer.RawData.Span);
            w.WriteInteger(certificate.SerialNumberBytes.Span);
        }
    });
}
