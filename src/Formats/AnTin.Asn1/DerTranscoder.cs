// BER to DER, for values whose DER must be hashed although they were sent in BER (signed attributes of CMS, RFC 5652 §5.4).
// Reference: X.690 §10, §11. What it does: definite minimal lengths, primitive strings, sorted SETs, TRUE as FF. What it leaves:
// default values (their types are not known here) and times.
using System.Formats.Asn1;

namespace AnTin.Asn1;

public static class DerTranscoder
{
    /// <summary>The DER encoding of one BER value.</summary>
    /// <exception cref="Asn1FormatException">The input is not one BER value, or exceeds the limits.</exception>
    public static byte[] Transcode(ReadOnlyMemory<byte> ber)
    {
        var reader = Asn1Reader.Ber(ber, "BER value", Asn1Limits.Small);
        var der = Next(reader);
        reader.End();
        return der;
    }

    private static byte[] Next(Asn1Reader reader)
    {
        var tag = reader.PeekTag("value");
        if (!tag.IsConstructed)
        {
            return Primitive(reader, tag);
        }

        if (tag.TagClass == TagClass.Universal && tag.TagValue is not ((int)UniversalTagNumber.Sequence or (int)UniversalTagNumber.Set))
        {
            return ConstructedString(reader, (UniversalTagNumber)tag.TagValue);
        }

        var inner = tag.HasSameClassAndValue(Asn1Tag.SetOf) ? reader.ReadSet("set") : reader.ReadSequence("constructed", tag);
        var parts = new List<byte[]>();
        while (inner.HasData)
        {
            parts.Add(Next(inner));
        }

        if (tag.HasSameClassAndValue(Asn1Tag.SetOf))
        {
            parts.Sort(static (a, b) => Der.CompareSetOf(a, b));
        }

        return Rewrap(tag, [.. parts.SelectMany(p => p)]);
    }

    private static byte[] Primitive(Asn1Reader reader, Asn1Tag tag)
    {
        if (tag.HasSameClassAndValue(Asn1Tag.Boolean))
        {
            return Der.Wrap(0x01, reader.ReadBoolean("boolean") ? new byte[] { 0xff } : new byte[] { 0 });
        }

        return Rewrap(tag, reader.ReadContent("value").ToArray());
    }

    private static byte[] ConstructedString(Asn1Reader reader, UniversalTagNumber type)
    {
        switch (type)
        {
            case UniversalTagNumber.OctetString:
                return Der.Wrap(0x04, reader.ReadOctetString("octets"));
            case UniversalTagNumber.BitString:
                var bits = reader.ReadBitString("bits", out var unused);
                return Der.Wrap(0x03, new[] { (byte)unused }, bits);
            default:
                var text = reader.ReadText("text");
                return Der.Encode(w => w.WriteCharacterString(type, text));
        }
    }

    private static byte[] Rewrap(Asn1Tag tag, byte[] content)
    {
        Span<byte> header = stackalloc byte[8];
        if (!tag.TryEncode(header, out var size) || size != 1)
        {
            throw new Asn1FormatException("tags above 30 are not expected", 0, "BER value");
        }

        return Der.Wrap(header[0], content);
    }
}
