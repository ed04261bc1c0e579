// Signing-certificate attributes. References: RFC 2634 §5.4 (v1, SHA-1), RFC 5035 §3 (v2), ETSI EN 319 122-1 §5.2.2.
using System.Formats.Asn1;
using System.Security.Cryptography;
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Cms;

/// <summary>One reference to a certificate by its digest. <paramref name="Digest"/> is null when the algorithm is not known.</summary>
/// <param name="DigestOid">Identifier of the digest algorithm.</param>
/// <param name="Digest">The digest algorithm, if known.</param>
/// <param name="Hash">Digest of the whole certificate.</param>
/// <param name="IssuerName">Issuer given as a hint; null when absent.</param>
/// <param name="SerialNumber">Serial number given as a hint, lower-case hexadecimal; null when absent.</param>
public sealed record EssCertificateId(string DigestOid, DigestAlgorithm? Digest, ReadOnlyMemory<byte> Hash, DistinguishedName? IssuerName, string? SerialNumber)
{
    /// <summary>The digest is that of the certificate, and the hint, when given, names it.</summary>
    public bool Matches(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (Digest is not { IsSupported: true } || !CryptographicOperations.FixedTimeEquals(Digest.Hash(certificate.RawData.Span), Hash.Span))
        {
            return false;
        }

        return true;
    }

    /// <summary>
    /// The issuer and serial number, when given, are the certificate's. EN 319 122-1 §5.2.2.3: it is only a hint, and some signers
    /// write the names in another encoding.
    /// </summary>
    public bool HintAgrees(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return (IssuerName is null || IssuerName.Equals(certificate.Issuer)) && (SerialNumber is null || SerialNumber == certificate.SerialNumber);
    }

    /// <summary>SigningCertificateV2 with one ESSCertIDv2; SHA-256 is the default and left out (RFC 5035 §4).</summary>
    internal static void Write(AsnWriter writer, Certificate certificate, DigestAlgorithm digest)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            if (digest != DigestAlgorithm.Sha256)
            {
                digest.WriteIdentifier(writer);
            }

            writer.WriteOctetString(digest.Hash(certificate.RawData.Span));
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(GeneralName.OfDirectory(certificate.Issuer).Encoded.Span);
                }

                writer.WriteInteger(certificate.SerialNumberBytes.Span);
            }
        }
    }

    /// <summary>Reads SigningCertificate (v1) or SigningCertificateV2; the first reference is the signer's.</summary>
    internal static IReadOnlyList<EssCertificateId> Parse(ReadOnlyMemory<byte> value, bool version2)
    {
        var outer = Asn1Reader.Ber(value, version2 ? "SigningCertificateV2" : "SigningCertificate", Asn1Limits.Small);
        var attribute = outer.ReadSequence("attribute");
        var list = attribute.ReadSequence("certs");
        var ids = new List<EssCertificateId>();
        while (list.HasData)
        {
            ids.Add(ReadOne(list.ReadSequence("ESSCertID"), version2));
        }

        return ids;
    }

    private static EssCertificateId ReadOne(Asn1Reader item, bool version2)
    {
        var oid = version2 ? Oids.Sha256 : Oids.Sha1;
        if (version2 && item.NextIs(Asn1Tag.Sequence))
        {
            oid = AlgorithmIdentifier.Read(item, "hashAlgorithm").Oid;
        }

        var hash = item.ReadOctetString("certHash");
        DistinguishedName? issuer = null;
        string? serial = null;
        if (item.HasData)
        {
            var pair = item.ReadSequence("issuerSerial");
            var names = pair.ReadSequence("issuer");
            if (names.NextIsContext(4))
            {
                issuer = DistinguishedName.Parse(names.ReadExplicit("directoryName", 4).ReadEncoded("Name"));
            }

            serial = Convert.ToHexStringLower(pair.ReadIntegerBytes("serialNumber").Span);
        }

        return new EssCertificateId(oid, DigestAlgorithm.FromOid(oid), hash, issuer, serial);
    }
}
