// One signer of a SignedData. References: RFC 5652 §5.3, §5.4, §11; RFC 5035; RFC 6211 (algorithm protection); ISO 32000-2 §12.8.3.3
// (Adobe revocation information archival).
using System.Formats.Asn1;
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Cms;

public sealed class SignerInfo
{
    private readonly ReadOnlyMemory<byte> _signedAttributesAsSent;

    private SignerInfo(Asn1Reader reader)
    {
        Version = reader.ReadInt32("version");
        if (reader.NextIsContext(0))
        {
            SubjectKeyIdentifier = reader.ReadOctetString("subjectKeyIdentifier", new Asn1Tag(TagClass.ContextSpecific, 0));
        }
        else
        {
            var id = reader.ReadSequence("issuerAndSerialNumber");
            Issuer = DistinguishedName.Parse(DerTranscoder.Transcode(id.ReadEncoded("issuer")));
            SerialNumber = Convert.ToHexStringLower(id.ReadIntegerBytes("serialNumber").Span);
            id.End();
        }

        DigestAlgorithm = AlgorithmIdentifier.Read(reader, "digestAlgorithm");
        if (reader.NextIsContext(0))
        {
            _signedAttributesAsSent = reader.PeekEncoded("signedAttrs");
            SignedAttributes = CmsAttribute.ReadAll(reader.ReadSet("signedAttrs", new Asn1Tag(TagClass.ContextSpecific, 0)));
        }

        SignatureAlgorithm = AlgorithmIdentifier.Read(reader, "signatureAlgorithm");
        Signature = reader.ReadOctetString("signature");
        if (reader.NextIsContext(1))
        {
            UnsignedAttributes = CmsAttribute.ReadAll(reader.ReadSet("unsignedAttrs", new Asn1Tag(TagClass.ContextSpecific, 1)));
        }

        reader.End();
    }

    public int Version { get; }

    public DistinguishedName? Issuer { get; }

    public string? SerialNumber { get; }

    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; }

    public AlgorithmIdentifier DigestAlgorithm { get; }

    /// <summary>Null when there are none: then the content itself is signed.</summary>
    public IReadOnlyList<CmsAttribute>? SignedAttributes { get; }

    public AlgorithmIdentifier SignatureAlgorithm { get; }

    public ReadOnlyMemory<byte> Signature { get; }

    public IReadOnlyList<CmsAttribute> UnsignedAttributes { get; } = [];

    /// <summary>The one value of a signed attribute that must have one; null when absent.</summary>
    /// <exception cref="Asn1FormatException">Present twice or with other than one value (RFC 5652 §11.1, §11.2).</exception>
    public ReadOnlyMemory<byte>? FindSigned(string oid)
    {
        var found = SignedAttributes?.Where(a => a.Oid == oid).ToList() ?? [];
        return found switch
        {
            [] => default(ReadOnlyMemory<byte>?),
            [{ Values: [var value] }] => value,
            _ => throw new Asn1FormatException("must appear once with one value", 0, "signedAttrs/" + Oids.NameOf(oid)),
        };
    }

    public ReadOnlyMemory<byte>? MessageDigest => FindSigned(Oids.MessageDigest) is { } value
        ? Asn1Reader.Ber(value, "messageDigest", Asn1Limits.Small).ReadOctetString("MessageDigest")
        : default(ReadOnlyMemory<byte>?);

    public string? SignedContentType => FindSigned(Oids.ContentType) is { } value
        ? Asn1Reader.Ber(value, "contentType", Asn1Limits.Small).ReadOid("ContentType")
        : null;

    public DateTimeOffset? SigningTime => FindSigned(Oids.SigningTime) is { } value
        ? Asn1Reader.Ber(value, "signingTime", Asn1Limits.Small).ReadTime("SigningTime")
        : null;

    /// <summary>The signing-certificate references, v2 before v1; null when neither attribute is present.</summary>
    public IReadOnlyList<EssCertificateId>? SigningCertificates
    {
        get
        {
            if (FindSigned(Oids.SigningCertificateV2) is { } second)
            {
                return EssCertificateId.Parse(second, version2: true);
            }

            return FindSigned(Oids.SigningCertificate) is { } first ? EssCertificateId.Parse(first, version2: false) : null;
        }
    }

    /// <summary>Time-stamp tokens over the signature value, as encoded.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> SignatureTimestamps =>
        UnsignedAttributes.Where(a => a.Oid == Oids.SignatureTimeStamp).SelectMany(a => a.Values);

    /// <summary>CRLs and basic OCSP responses in Adobe's signed attribute; empty when it is absent.</summary>
    public (IReadOnlyList<ReadOnlyMemory<byte>> Crls, IReadOnlyList<ReadOnlyMemory<byte>> Ocsps) AdobeRevocationInfo
    {
        get
        {
            var crls = new List<ReadOnlyMemory<byte>>();
            var ocsps = new List<ReadOnlyMemory<byte>>();
            if (FindSigned(Oids.AdobeRevocationInfoArchival) is { } value)
            {
                var sequence = Asn1Reader.Ber(value, "RevocationInfoArchival").ReadSequence("RevocationInfoArchival");
                ReadInto(sequence, 0, crls);
                ReadInto(sequence, 1, ocsps);
            }

            return (crls, ocsps);
        }
    }

    /// <summary>The signature algorithm in full; null when it is not known, or contradicts the digest algorithm.</summary>
    /// <exception cref="Asn1FormatException">PSS parameters are malformed.</exception>
    public SignatureAlgorithm? Algorithm => X509.SignatureAlgorithm.FromCms(SignatureAlgorithm, DigestAlgorithm);

    /// <summary>The signer identifier names this certificate.</summary>
    public bool IsNamed(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (SubjectKeyIdentifier is { } id)
        {
            // RFC 5280 §4.2.1.2 method (1) stands in where the certificate has no identifier of its own.
            var own = certificate.Find(Oids.SubjectKeyIdentifier) is null ? certificate.PublicKey.KeyIdentifier() : SafeKeyIdentifier(certificate);
            return id.Span.SequenceEqual(own);
        }

        return certificate.SerialNumber == SerialNumber && certificate.Issuer.Equals(Issuer);
    }

    /// <summary>
    /// What was hashed and signed: signed attributes under the SET OF tag. Two forms may differ: with the elements in the order they
    /// were sent, which careless signers hash, and the DER that RFC 5652 §5.4 wants. The second is null when it is the same.
    /// </summary>
    internal (byte[] AsSent, byte[]? Sorted) EncodeForHash()
    {
        var content = Asn1Reader.Ber(_signedAttributesAsSent, "signedAttrs", Asn1Limits.Small).ReadContent("signedAttrs");
        var sent = Der.Wrap(Der.Set, content);
        var sorted = DerTranscoder.Transcode(sent);
        return (sent, sent.AsSpan().SequenceEqual(sorted) ? null : sorted);
    }

    internal static SignerInfo Read(Asn1Reader set) => new(set.ReadSequence("SignerInfo"));

    private static ReadOnlySpan<byte> SafeKeyIdentifier(Certificate certificate)
    {
        try
        {
            return certificate.SubjectKeyIdentifier!.Value.Span;
        }
        catch (Asn1FormatException)
        {
            return default;
        }
    }

    private static void ReadInto(Asn1Reader sequence, int tag, List<ReadOnlyMemory<byte>> target)
    {
        if (sequence.NextIsContext(tag))
        {
            var list = sequence.ReadExplicit("values", tag).ReadSequence("values");
            while (list.HasData)
            {
                target.Add(list.ReadEncoded("value"));
            }
        }
    }
}
