using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>CRLReason of RFC 5280 §5.3.1 (7 is unused).</summary>
public enum RevocationReason
{
    Unspecified = 0,
    KeyCompromise = 1,
    CaCompromise = 2,
    AffiliationChanged = 3,
    Superseded = 4,
    CessationOfOperation = 5,
    CertificateHold = 6,
    RemoveFromCrl = 8,
    PrivilegeWithdrawn = 9,
    AaCompromise = 10,
}

/// <summary>ReasonFlags of RFC 5280 §4.2.1.13: bit n of the BIT STRING is flag 1 &lt;&lt; n.</summary>
[Flags]
public enum RevocationReasons
{
    None = 0,
    Unused = 1 << 0,
    KeyCompromise = 1 << 1,
    CaCompromise = 1 << 2,
    AffiliationChanged = 1 << 3,
    Superseded = 1 << 4,
    CessationOfOperation = 1 << 5,
    CertificateHold = 1 << 6,
    PrivilegeWithdrawn = 1 << 7,
    AaCompromise = 1 << 8,

    /// <summary>Every reason a CRL can be limited to (RFC 5280 §6.3.2: all-reasons).</summary>
    All = KeyCompromise | CaCompromise | AffiliationChanged | Superseded | CessationOfOperation | CertificateHold | PrivilegeWithdrawn | AaCompromise,
}

internal static class RevocationReasonText
{
    internal static RevocationReasons ReadFlags(Asn1Reader reader, string name, int contextTag) =>
        (RevocationReasons)ReadNamedBits(reader, name, new Asn1Tag(TagClass.ContextSpecific, contextTag));

    // A named-bit list of at most 16 bits; bit 0 is the first bit sent. Trailing zero bits, which DER forbids, are tolerated.
    internal static int ReadNamedBits(Asn1Reader reader, string name, Asn1Tag? tag = null)
    {
        var bytes = reader.ReadBitString(name, out _, tag).Span;
        var flags = 0;
        for (var i = 0; i < bytes.Length * 8 && i < 16; i++)
        {
            if ((bytes[i / 8] & (0x80 >> (i % 8))) != 0)
            {
                flags |= 1 << i;
            }
        }

        return flags;
    }

    internal static RevocationReason Known(int value, Asn1Reader reader) =>
        value is >= 0 and <= 10 and not 7 ? (RevocationReason)value : throw reader.Fail("reason", "unknown revocation reason");
}
