// Time-stamp requests. Reference: RFC 3161 §2.4.1.
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Cms;

/// <param name="Imprint">What is to be stamped.</param>
/// <param name="Policy">Policy asked for; null to leave it to the authority.</param>
/// <param name="Nonce">Content octets of the nonce INTEGER as sent; null for none.</param>
/// <param name="CertificateWanted">The token is to carry the authority's certificate.</param>
public sealed record TimestampRequest(MessageImprint Imprint, string? Policy, ReadOnlyMemory<byte>? Nonce, bool CertificateWanted)
{
    /// <summary>A critical extension that is not known: the authority answers unacceptedExtension.</summary>
    public bool HasUnknownCriticalExtension { get; private init; }

    /// <summary>Asks for a stamp over a digest.</summary>
    /// <param name="digest">Its algorithm.</param>
    /// <param name="hash">Its value.</param>
    /// <param name="nonce">Random octets, eight or more; made a positive INTEGER. Empty for none.</param>
    public static TimestampRequest For(DigestAlgorithm digest, ReadOnlyMemory<byte> hash, ReadOnlySpan<byte> nonce)
    {
        ArgumentNullException.ThrowIfNull(digest);
        if (hash.Length != digest.Length)
        {
            throw new ArgumentException($"a {digest.Label} digest has {digest.Length} octets", nameof(hash));
        }

        ReadOnlyMemory<byte>? integer = null;
        if (!nonce.IsEmpty)
        {
            // First octet 01 to 7F: minimal and positive whatever follows.
            var copy = nonce.ToArray();
            copy[0] = (byte)((copy[0] & 0x7f) | 0x01);
            integer = copy;
        }

        return new TimestampRequest(new MessageImprint(digest.Oid, hash), null, integer, CertificateWanted: true);
    }

    public static TimestampRequest Parse(ReadOnlyMemory<byte> der)
    {
        var outer = Asn1Reader.Der(der, "TimeStampReq", Asn1Limits.Small);
        var reader = outer.ReadSequence("TimeStampReq");
        outer.End();
        if (reader.ReadInt32("version") != 1)
        {
            throw reader.Fail("version", "unknown version");
        }

        var imprint = MessageImprint.Read(reader);
        var policy = reader.NextIs(System.Formats.Asn1.Asn1Tag.ObjectIdentifier) ? reader.ReadOid("reqPolicy") : null;
        ReadOnlyMemory<byte>? nonce = reader.NextIs(System.Formats.Asn1.Asn1Tag.Integer) ? reader.ReadIntegerBytes("nonce") : default(ReadOnlyMemory<byte>?);
        var wanted = reader.NextIs(System.Formats.Asn1.Asn1Tag.Boolean) && reader.ReadBoolean("certReq");
        var critical = false;
        if (reader.NextIsContext(0))
        {
            var list = reader.ReadSequence("extensions", new System.Formats.Asn1.Asn1Tag(System.Formats.Asn1.TagClass.ContextSpecific, 0));
            while (list.HasData)
            {
                var item = list.ReadSequence("Extension");
                item.ReadOid("extnID");
                critical |= item.NextIs(System.Formats.Asn1.Asn1Tag.Boolean) && item.ReadBoolean("critical");
            }
        }

        reader.End();
        return new TimestampRequest(imprint, policy, nonce, wanted) { HasUnknownCriticalExtension = critical };
    }

    public byte[] Encode() => Der.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteInteger(1);
            Imprint.Write(w);
            if (Policy is not null)
            {
                w.WriteObjectIdentifier(Policy);
            }

            if (Nonce is { } nonce)
            {
                w.WriteInteger(nonce.Span);
            }

            if (CertificateWanted)
            {
                w.WriteBoolean(true);
            }
        }
    });
}
