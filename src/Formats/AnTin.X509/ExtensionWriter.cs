// Encoding of the extensions AnTin issues. Reference: RFC 5280 §4.2, §5.2; RFC 6960 §4.2.2.2.1; EN 319 412-2 §4.3.
using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

internal static class ExtensionWriter
{
    public static Extension Make(string oid, bool critical, Action<AsnWriter> write) => new(oid, critical, Der.Encode(write));

    /// <summary>Writes Extension; critical is written only when TRUE (DER leaves out defaults).</summary>
    public static void Write(AsnWriter writer, Extension extension)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(extension.Oid);
            if (extension.Critical)
            {
                writer.WriteBoolean(true);
            }

            writer.WriteOctetString(extension.Value.Span);
        }
    }

    public static Extension BasicConstraints(bool ca, int? pathLength) => Make(Oids.BasicConstraints, true, w =>
    {
        using (w.PushSequence())
        {
            if (ca)
            {
                w.WriteBoolean(true);
                if (pathLength is { } length)
                {
                    w.WriteInteger(length);
                }
            }
        }
    });

    public static Extension KeyUsage(KeyUsages usages) => Make(Oids.KeyUsage, true, w => w.WriteNamedBitList(usages));

    public static Extension ExtendedKeyUsage(IEnumerable<string> purposes, bool critical) => Make(Oids.ExtendedKeyUsage, critical, w =>
    {
        using (w.PushSequence())
        {
            foreach (var purpose in purposes)
            {
                w.WriteObjectIdentifier(purpose);
            }
        }
    });

    public static Extension SubjectKeyIdentifier(ReadOnlyMemory<byte> id) => Make(Oids.SubjectKeyIdentifier, false, w => w.WriteOctetString(id.Span));

    public static Extension AuthorityKeyIdentifier(ReadOnlyMemory<byte> id) => Make(Oids.AuthorityKeyIdentifier, false, w =>
    {
        using (w.PushSequence())
        {
            w.WriteOctetString(id.Span, new Asn1Tag(TagClass.ContextSpecific, 0));
        }
    });

    public static Extension AlternativeNames(IEnumerable<GeneralName> names) => Make(Oids.SubjectAlternativeName, false, w =>
    {
        using (w.PushSequence())
        {
            foreach (var name in names)
            {
                w.WriteEncodedValue(name.Encoded.Span);
            }
        }
    });

    public static Extension CrlDistributionPoints(IEnumerable<string> urls) => Make(Oids.CrlDistributionPoints, false, w =>
    {
        using (w.PushSequence())
        using (w.PushSequence())
        using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            foreach (var url in urls)
            {
                w.WriteEncodedValue(GeneralName.Uri(url).Encoded.Span);
            }
        }
    });

    public static Extension AuthorityInfoAccess(IEnumerable<string> ocsp, IEnumerable<string> issuers) => Make(Oids.AuthorityInfoAccess, false, w =>
    {
        using (w.PushSequence())
        {
            foreach (var (method, url) in ocsp.Select(u => (Oids.AccessOcsp, u)).Concat(issuers.Select(u => (Oids.AccessCaIssuers, u))))
            {
                using (w.PushSequence())
                {
                    w.WriteObjectIdentifier(method);
                    w.WriteEncodedValue(GeneralName.Uri(url).Encoded.Span);
                }
            }
        }
    });

    public static Extension Policies(IEnumerable<string> policies) => Make(Oids.CertificatePolicies, false, w =>
    {
        using (w.PushSequence())
        {
            foreach (var policy in policies)
            {
                using (w.PushSequence())
                {
                    w.WriteObjectIdentifier(policy);
                }
            }
        }
    });

    public static Extension OcspNoCheck() => Make(Oids.OcspNoCheck, false, w => w.WriteNull());
}
