using System.Formats.Asn1;

namespace AnTin.Asn1;

/// <summary>
/// Assembly of DER from parts that are already encoded, without a writer's copies: for the hot paths (signatures, time-stamps)
/// where almost every part is the same each time. One-octet tags only.
/// </summary>
public static class Der
{
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;
    public const byte OctetString = 0x04;

    public static byte Context(int number, bool constructed = true) => (byte)((constructed ? 0xa0 : 0x80) | number);

    /// <summary>Octets of tag and length before a content of that many octets.</summary>
    public static int HeaderSize(int contentLength) => contentLength switch
    {
        < 0x80 => 2,
        < 0x100 => 3,
        < 0x10000 => 4,
        < 0x1000000 => 5,
        _ => 6,
    };

    public static int Size(int contentLength) => HeaderSize(contentLength) + contentLength;

    /// <summary>Writes tag and length; gives the octets written.</summary>
    public static int WriteHeader(Span<byte> destination, byte tag, int contentLength)
    {
        var size = HeaderSize(contentLength);
        destination[0] = tag;
        if (size == 2)
        {
            destination[1] = (byte)contentLength;
            return 2;
        }

        destination[1] = (byte)(0x80 | (size - 2));
        for (var i = size - 1; i >= 2; i--)
        {
            destination[i] = (byte)(contentLength & 0xff);
            contentLength >>= 8;
        }

        return size;
    }

    /// <summary>A value with this tag around the parts.</summary>
    public static byte[] Wrap(byte tag, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += part.Length;
        }

        var result = new byte[Size(length)];
        var at = WriteHeader(result, tag, length);
        foreach (var part in parts)
        {
            part.Span.CopyTo(result.AsSpan(at));
            at += part.Length;
        }

        return result;
    }

    /// <summary>The order of a DER SET OF (X.690 §11.6): as octet strings, the shorter padded with zeros at its end.</summary>
    public static int CompareSetOf(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.SequenceCompareTo(right);

    /// <summary>Encodes with a writer what <paramref name="write"/> writes.</summary>
    public static byte[] Encode(Action<AsnWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
