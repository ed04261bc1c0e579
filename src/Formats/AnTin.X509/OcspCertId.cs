using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>CertID of RFC 6960 §4.1.1: which certificate is meant, by hashes of its issuer's name and key.</summary>
/// <param name="DigestOid">Hash algorithm; SHA-1 and SHA-256 are answered.</param>
/// <param name="IssuerNameHash">Hash of the issuer's DER name.</param>
/// <param name="IssuerKeyHash">Hash of the issuer's key bits.</param>
/// <param name="SerialNumber">Lower-case hexadecimal, as <see cref="Certificate.SerialNumber"/>.</param>
public sealed record OcspCertId(string DigestOid, ReadOnlyMemory<byte> IssuerNameHash, ReadOnlyMemory<byte> IssuerKeyHash, string SerialNumber)
{
    public static OcspCertId For(Certificate issuer, string serialNumber, DigestAlgorithm digest)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(digest);
        return new OcspCertId(digest.Oid, digest.Hash(issuer.Subject.RawData.Span), digest.Hash(issuer.PublicKey.KeyBits.Span), serialNumber);
    }

    /// <summary>True when this means that serial number under that issuer.</summary>
    public bool Matches(Certificate issuer, string serialNumber) => SerialNumber == serialNumber && MatchesIssuer(issuer);

    public bool MatchesIssuer(Certificate issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        if (DigestAlgorithm.FromOid(DigestOid) is not { IsSupported: true } digest)
        {
            return false;
        }

        return digest.Hash(issuer.Subject.RawData.Span).AsSpan().SequenceEqual(IssuerNameHash.Span)
            && digest.Hash(issuer.PublicKey.KeyBits.Span).AsSpan().SequenceEqual(IssuerKeyHash.Span);
    }

    public bool Equals(OcspCertId? other) => other is not null && DigestOid == other.DigestOid && SerialNumber == other.SerialNumber
        && IssuerNameHash.Span.SequenceEqual(other.IssuerNameHash.Span) && IssuerKeyHash.Span.SequenceEqual(other.IssuerKeyHash.Span);

    public override int GetHashCode() => SerialNumber.GetHashCode(StringComparison.Ordinal);

    internal static OcspCertId Read(Asn1Reader reader)
    {
        var sequence = reader.ReadSequence("certID");
        var digest = AlgorithmIdentifier.Read(sequence, "hashAlgorithm");
        var name = sequence.ReadOctetString("issuerNameHash");
        var key = sequence.ReadOctetString("issuerKeyHash");
        var serial = Convert.ToHexStringLower(sequence.ReadIntegerBytes("serialNumber").Span);
        sequence.End();
        return new OcspCertId(digest.Oid, name, key, serial);
    }

    internal void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(DigestOid);

                // RFC 9919 and deployed clients compare CertID octets: NULL parameters, as everybody writes them.
                writer.WriteNull();
            }

            writer.WriteOctetString(IssuerNameHash.Span);
            writer.WriteOctetString(IssuerKeyHash.Span);
            writer.WriteInteger(Convert.FromHexString(SerialNumber));
        }
    }
}
