// Revocation lists to be signed. Reference: RFC 5280 §5: version 2, authorityKeyIdentifier and cRLNumber always (§5.2.1, §5.2.3).
using System.Formats.Asn1;
using System.Numerics;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>A revocation list to be: fill, <see cref="Build"/>, sign the octets, <see cref="CertificateAssembler.Assemble"/>.</summary>
public sealed record CrlBuilder
{
    /// <summary>The authority whose key signs; its subject is the issuer and its key identifier the authority key identifier.</summary>
    public required Certificate Issuer { get; init; }

    public required DateTimeOffset ThisUpdate { get; init; }

    public required DateTimeOffset NextUpdate { get; init; }

    /// <summary>Strictly increasing, non-negative, at most 20 octets.</summary>
    public required BigInteger Number { get; init; }

    public required SignatureScheme Scheme { get; init; }

    public IReadOnlyList<RevokedCertificate> Entries { get; init; } = [];

    /// <summary>For a partitioned list: the address of this part, written as a critical issuing distribution point.</summary>
    public string? DistributionPointUrl { get; init; }

    /// <summary>DER tbsCertList.</summary>
    public byte[] Build() => Der.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteInteger(1);
            SignatureAlgorithm.From(Scheme).WriteIdentifier(w);
            w.WriteEncodedValue(Issuer.Subject.RawData.Span);
            TbsCertificateBuilder.WriteTime(w, ThisUpdate);
            TbsCertificateBuilder.WriteTime(w, NextUpdate);

            // RFC 5280 §5.1.2.6: when there are no revoked certificates the list MUST be absent.
            if (Entries.Count > 0)
            {
                using (w.PushSequence())
                {
                    foreach (var entry in Entries)
                    {
                        WriteEntry(w, entry);
                    }
                }
            }

            using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (w.PushSequence())
            {
                ExtensionWriter.Write(w, ExtensionWriter.AuthorityKeyIdentifier(Issuer.SubjectKeyIdentifier ?? Issuer.PublicKey.KeyIdentifier()));
                ExtensionWriter.Write(w, ExtensionWriter.Make(Oids.CrlNumber, false, v => v.WriteInteger(Number)));
                if (DistributionPointUrl is { } url)
                {
                    ExtensionWriter.Write(w, ExtensionWriter.Make(Oids.IssuingDistributionPoint, true, v => WriteScope(v, url)));
                }
            }
        }
    });

    private static void WriteEntry(AsnWriter writer, RevokedCertificate entry)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(Convert.FromHexString(entry.SerialNumber));
            TbsCertificateBuilder.WriteTime(writer, entry.RevokedAt);

            // RFC 5280 §5.3.1: unspecified SHOULD be written as the absence of the extension.
            var reason = entry.Reason is null or RevocationReason.Unspecified ? null : entry.Reason;
            if (reason is null && entry.InvalidSince is null)
            {
                return;
            }

            using (writer.PushSequence())
            {
                if (reason is { } code)
                {
                    ExtensionWriter.Write(writer, ExtensionWriter.Make(Oids.CrlReason, false, w => w.WriteEnumeratedValue(code)));
                }

                if (entry.InvalidSince is { } since)
                {
                    ExtensionWriter.Write(writer, ExtensionWriter.Make(Oids.InvalidityDate, false,
                        w => w.WriteGeneralizedTime(since.ToUniversalTime(), omitFractionalSeconds: true)));
                }
            }
        }
    }

    private static void WriteScope(AsnWriter writer, string url)
    {
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            writer.WriteEncodedValue(GeneralName.Uri(url).Encoded.Span);
        }
    }
}
