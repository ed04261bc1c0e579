// CMS SignedData as found in the field. References: RFC 5652 §5 and its predecessor PKCS #7 v1.5 (RFC 2315 §9), RFC 5940 (OCSP
// responses among the CRLs). BER is read: PDF signers write indefinite lengths and constructed strings. Limits: attribute
// certificates and other certificate formats are skipped.
using System.Formats.Asn1;
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Cms;

/// <summary>What may follow the ContentInfo in the input.</summary>
public enum TrailingData
{
    Refuse,

    /// <summary>Zero octets only: /Contents of a PDF signature is padded to its reserve (ISO 32000-2 §12.8.3.3.1).</summary>
    AllowZeroPadding,
}

public sealed class SignedData
{
    /// <summary>More certificates than this in one message are refused (the largest honest ones hold a few dozen).</summary>
    public const int MaxCertificates = 500;

    /// <summary>More signers than this in one message are refused.</summary>
    public const int MaxSigners = 100;

    private readonly List<Certificate> _certificates = [];
    private readonly List<ReadOnlyMemory<byte>> _crls = [];
    private readonly List<ReadOnlyMemory<byte>> _ocsp = [];
    private readonly List<SignerInfo> _signers = [];

    private SignedData(ReadOnlyMemory<byte> rawData, Asn1Reader reader)
    {
        RawData = rawData;
        Version = reader.ReadInt32("version");
        var digests = reader.ReadSet("digestAlgorithms");
        var algorithms = new List<AlgorithmIdentifier>();
        while (digests.HasData)
        {
            algorithms.Add(AlgorithmIdentifier.Read(digests, "digestAlgorithm"));
        }

        DigestAlgorithms = algorithms;
        ReadContent(reader.ReadSequence("encapContentInfo"));
        if (reader.NextIsContext(0))
        {
            ReadCertificates(reader.ReadSet("certificates", new Asn1Tag(TagClass.ContextSpecific, 0)));
        }

        if (reader.NextIsContext(1))
        {
            ReadRevocations(reader.ReadSet("crls", new Asn1Tag(TagClass.ContextSpecific, 1)));
        }

        var signers = reader.ReadSet("signerInfos");
        while (signers.HasData)
        {
            if (_signers.Count == MaxSigners)
            {
                throw signers.Fail("signerInfos", $"more than {MaxSigners} signers");
            }

            _signers.Add(SignerInfo.Read(signers));
        }

        reader.End();
    }

    /// <summary>The ContentInfo without padding.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    public int Version { get; }

    public IReadOnlyList<AlgorithmIdentifier> DigestAlgorithms { get; }

    public string ContentType { get; private set; } = "";

    /// <summary>The signed octets when they travel inside; null when the signature is detached.</summary>
    public ReadOnlyMemory<byte>? Content { get; private set; }

    public IReadOnlyList<Certificate> Certificates => _certificates;

    /// <summary>Certificates that could not be read; the signature may still verify with others.</summary>
    public int UnreadableCertificates { get; private set; }

    /// <summary>CRLs as encoded.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Crls => _crls;

    /// <summary>OCSP responses as encoded: OCSPResponse of RFC 5940.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> OcspResponses => _ocsp;

    public IReadOnlyList<SignerInfo> Signers => _signers;

    /// <summary>Reads a ContentInfo that holds SignedData.</summary>
    /// <exception cref="Asn1FormatException">Anything else.</exception>
    public static SignedData Parse(ReadOnlyMemory<byte> contentInfo, TrailingData trailing = TrailingData.Refuse)
    {
        var reader = Asn1Reader.Ber(contentInfo, "ContentInfo");
        var raw = reader.PeekEncoded("ContentInfo");
        var outer = reader.ReadSequence("ContentInfo");
        if (trailing == TrailingData.Refuse)
        {
            reader.End();
        }
        else if (reader.Remaining.Span.ContainsAnyExcept((byte)0))
        {
            throw reader.Fail("end", "data other than zero padding follows");
        }

        var type = outer.ReadOid("contentType");
        if (type != Oids.SignedData)
        {
            throw outer.Fail("contentType", "not signedData but " + Oids.NameOf(type));
        }

        var wrapper = outer.ReadExplicit("content", 0);
        outer.End();
        var data = new SignedData(raw, wrapper.ReadSequence("SignedData"));
        wrapper.End();
        return data;
    }

    /// <summary>The certificate a signer names, when it travels with the message.</summary>
    public Certificate? FindCertificate(SignerInfo signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return _certificates.Find(signer.IsNamed);
    }

    private void ReadContent(Asn1Reader info)
    {
        ContentType = info.ReadOid("eContentType");
        if (info.HasData)
        {
            var wrapper = info.ReadExplicit("eContent", 0);

            // RFC 5652 §5.2.1: PKCS #7 v1.5 allowed any type here; then the content octets without their header are signed.
            Content = wrapper.NextIs(Asn1Tag.PrimitiveOctetString)
                ? wrapper.ReadOctetString("eContent")
                : wrapper.ReadContent("eContent");
            wrapper.End();
        }

        info.End();
    }

    private void ReadCertificates(Asn1Reader set)
    {
        while (set.HasData)
        {
            // Other choices ([0] to [3]): extended, attribute and other certificates.
            if (!set.NextIs(Asn1Tag.Sequence))
            {
                set.ReadEncoded("otherCertificate");
                continue;
            }

            if (_certificates.Count == MaxCertificates)
            {
                throw set.Fail("certificates", $"more than {MaxCertificates} certificates");
            }

            if (Certificate.TryParse(set.ReadEncoded("certificate"), out var certificate))
            {
                _certificates.Add(certificate);
            }
            else
            {
                UnreadableCertificates++;
            }
        }
    }

    private void ReadRevocations(Asn1Reader set)
    {
        while (set.HasData)
        {
            if (set.NextIs(Asn1Tag.Sequence))
            {
                _crls.Add(set.ReadEncoded("crl"));
                continue;
            }

            var other = set.ReadSequence("otherRevocationInfo", new Asn1Tag(TagClass.ContextSpecific, 1));
            var format = other.ReadOid("otherRevInfoFormat");
            var value = other.ReadEncoded("otherRevInfo");
            if (format == Oids.RevocationInfoOcsp)
            {
                _ocsp.Add(value);
            }
        }
    }
}
