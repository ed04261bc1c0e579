// OCSP responses to be signed. Reference: RFC 6960 §4.2, RFC 9654 §2.1 (the nonce is echoed as it came).
using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>A basic response to be: fill, <see cref="Build"/>, sign the octets, <see cref="Assemble"/>.</summary>
public sealed record OcspResponseBuilder
{
    /// <summary>The certificate whose key signs: a delegated responder, or the issuer itself.</summary>
    public required Certificate Responder { get; init; }

    public required DateTimeOffset ProducedAt { get; init; }

    public required IReadOnlyList<OcspAnswer> Answers { get; init; }

    public required SignatureScheme Scheme { get; init; }

    /// <summary><see cref="OcspRequest.NonceExtension"/> of a live request; null in a response made ahead.</summary>
    public ReadOnlyMemory<byte>? NonceExtension { get; init; }

    /// <summary>A response without content: an error status.</summary>
    public static byte[] Error(OcspStatus status)
    {
        if (status == OcspStatus.Successful)
        {
            throw new ArgumentOutOfRangeException(nameof(status));
        }

        return Der.Encode(w =>
        {
            using (w.PushSequence())
            {
                w.WriteEnumeratedValue(status);
            }
        });
    }

    /// <summary>DER ResponseData. The responder is named by the hash of its key, the shorter form.</summary>
    public byte[] Build() => Der.Encode(w =>
    {
        using (w.PushSequence())
        {
            using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            {
                w.WriteOctetString(Responder.PublicKey.KeyIdentifier());
            }

            WriteTime(w, ProducedAt);
            using (w.PushSequence())
            {
                foreach (var answer in Answers)
                {
                    WriteAnswer(w, answer);
                }
            }

            if (NonceExtension is { } nonce)
            {
                using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                using (w.PushSequence())
                {
                    ExtensionWriter.Write(w, new Extension(Oids.OcspNonce, false, nonce));
                }
            }
        }
    });

    /// <summary>The DER OCSPResponse around a signed ResponseData. A delegated responder's certificate travels with it.</summary>
    public byte[] Assemble(ReadOnlyMemory<byte> tbs, ReadOnlyMemory<byte> signature, bool includeResponder = true)
    {
        var basic = Der.Encode(w =>
        {
            using (w.PushSequence())
            {
                w.WriteEncodedValue(tbs.Span);
                SignatureAlgorithm.From(Scheme).WriteIdentifier(w);
                w.WriteBitString(signature.Span);
                if (includeResponder)
                {
                    using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                    using (w.PushSequence())
                    {
                        w.WriteEncodedValue(Responder.RawData.Span);
                    }
                }
            }
        });
        return Der.Encode(w =>
        {
            using (w.PushSequence())
            {
                w.WriteEnumeratedValue(OcspStatus.Successful);
                using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                using (w.PushSequence())
                {
                    w.WriteObjectIdentifier(Oids.OcspBasic);
                    w.WriteOctetString(basic);
                }
            }
        });
    }

    private static void WriteAnswer(AsnWriter writer, OcspAnswer answer)
    {
        using (writer.PushSequence())
        {
            answer.CertId.Write(writer);
            switch (answer.Status)
            {
                case CertificateStatus.Good:
                    writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 0));
                    break;
                case CertificateStatus.Unknown:
                    writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 2));
                    break;
                default:
                    WriteRevoked(writer, answer);
                    break;
            }

            WriteTime(writer, answer.ThisUpdate);
            if (answer.NextUpdate is { } next)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    WriteTime(writer, next);
                }
            }
        }
    }

    private static void WriteRevoked(AsnWriter writer, OcspAnswer answer)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
        {
            WriteTime(writer, answer.RevokedAt ?? throw new InvalidOperationException("a revoked answer needs its revocation time"));
            if (answer.Reason is { } reason)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    writer.WriteEnumeratedValue(reason);
                }
            }
        }
    }

    private static void WriteTime(AsnWriter writer, DateTimeOffset time) =>
        writer.WriteGeneralizedTime(time.ToUniversalTime(), omitFractionalSeconds: true);
}
