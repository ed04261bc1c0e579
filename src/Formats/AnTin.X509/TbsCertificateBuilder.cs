// Certificates to be signed. References: RFC 5280 §4.1, §4.2; RFC 6960 §4.2.2.2 (OCSP responders); RFC 3161 §2.3 (time-stamping);
// RFC 9336 (document signing). Pure: serial numbers, times and keys are given; the signature is made elsewhere.
using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>A certificate to be: fill, <see cref="Build"/>, sign the octets, <see cref="CertificateAssembler.Assemble"/>.</summary>
public sealed record TbsCertificateBuilder
{
    /// <summary>Positive, at most 20 octets, big-endian (RFC 5280 §4.1.2.2); at least 8 octets of randomness are the caller's duty.</summary>
    public required ReadOnlyMemory<byte> SerialNumber { get; init; }

    public required DistinguishedName Issuer { get; init; }

    public required DistinguishedName Subject { get; init; }

    public required ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; init; }

    /// <summary>Truncated to the second.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Scheme with which the issuer will sign.</summary>
    public required SignatureScheme Scheme { get; init; }

    /// <summary>In the order they are written.</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    /// <summary>DER tbsCertificate.</summary>
    public byte[] Build() => Der.Encode(w =>
    {
        using (w.PushSequence())
        {
            using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                w.WriteInteger(2);
            }

            w.WriteIntegerUnsigned(SerialNumber.Span.TrimStart((byte)0));
            SignatureAlgorithm.From(Scheme).WriteIdentifier(w);
            w.WriteEncodedValue(Issuer.RawData.Span);
            using (w.PushSequence())
            {
                WriteTime(w, NotBefore);
                WriteTime(w, NotAfter);
            }

            w.WriteEncodedValue(Subject.RawData.Span);
            w.WriteEncodedValue(SubjectPublicKeyInfo.Span);
            using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
            using (w.PushSequence())
            {
                foreach (var extension in Extensions)
                {
                    ExtensionWriter.Write(w, extension);
                }
            }
        }
    });

    // RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050, always without fractions.
    internal static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        if (utc.Year is >= 1950 and < 2050)
        {
            writer.WriteUtcTime(utc);
        }
        else
        {
            writer.WriteGeneralizedTime(utc, omitFractionalSeconds: true);
        }
    }
}

public static class CertificateAssembler
{
    /// <summary>Joins a tbsCertificate (or tbsCertList, or ResponseData) and its signature: the DER of Certificate (CertificateList).</summary>
    public static byte[] Assemble(ReadOnlyMemory<byte> tbs, SignatureScheme scheme, ReadOnlyMemory<byte> signature) => Der.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteEncodedValue(tbs.Span);
            SignatureAlgorithm.From(scheme).WriteIdentifier(w);
            w.WriteBitString(signature.Span);
        }
    });

    /// <summary>Signs a tbs with a key and assembles it.</summary>
    public static async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> tbs, ISigningKey key, SignatureScheme scheme, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var hash = DigestAlgorithm.Of(scheme.HashName()).Hash(tbs.Span);
        var signature = await key.SignHashAsync(hash, scheme, cancellationToken);
        return Assemble(tbs, scheme, signature);
    }
}
