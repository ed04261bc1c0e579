// Strings, ISO 32000-2:2020, 7.3.4.

namespace AnTin.Pdf.Syntax;

internal ref partial struct PdfParser
{
    private PdfString ReadHexString()
    {
        var start = ++position;
        var length = data[position..].IndexOf((byte)'>');
        if (length < 0)
        {
            position = data.Length;
            throw EndOfData();
        }

        var bytes = new byte[(length + 1) / 2];
        var digits = 0;
        for (; position < start + length; position++)
        {
            var value = Characters.HexValue(data[position]);
            if (value >= 0)
            {
                bytes[digits / 2] |= (byte)((digits & 1) == 0 ? value << 4 : value);
                digits++;
            }
            else if (!Characters.IsWhite(data[position]))
            {
                throw Fault("syntax.hex-string", "A hexadecimal string holds another character");
            }
        }

        position++;
        return new PdfString(bytes.AsMemory(0, (digits + 1) / 2), isHex: true);
    }

    private PdfString ReadLiteralString()
    {
        position++;
        var end = FindStringEnd();
        var raw = data[position..end];
        position = end + 1;
        return new PdfString(raw.IndexOfAny((byte)'\\', (byte)'\r') < 0 ? raw.ToArray() : UnescapeString(raw));
    }

    private readonly int FindStringEnd()
    {
        var open = 1;
        for (var i = position; i < data.Length; i++)
        {
            switch ((char)data[i])
            {
                case '\\':
                    i++;
                    break;
                case '(':
                    open++;
                    break;
                case ')':
                    if (--open == 0) return i;
                    break;
            }
        }

        throw EndOfData();
    }

    private static byte[] UnescapeString(ReadOnlySpan<byte> raw)
    {
        var bytes = new byte[raw.Length];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var b = raw[i];
            if (b == '\r')
            {
                // 7.3.4.2: an end-of-line marker inside a string reads as one line feed.
                if (i + 1 < raw.Length && raw[i + 1] == '\n') i++;
                bytes[length++] = (byte)'\n';
            }
            else if (b != '\\')
            {
                bytes[length++] = b;
            }
            else if (++i < raw.Length)
            {
                length = UnescapeOne(raw, ref i, bytes, length);
            }
        }

        return bytes[..length];
    }

    // Table 3; a reverse solidus before any other character is ignored.
    private static int UnescapeOne(ReadOnlySpan<byte> raw, ref int i, byte[] bytes, int length)
    {
        var b = raw[i];
        switch ((char)b)
        {
            case 'n': bytes[length++] = (byte)'\n'; break;
            case 'r': bytes[length++] = (byte)'\r'; break;
            case 't': bytes[length++] = (byte)'\t'; break;
            case 'b': bytes[length++] = (byte)'\b'; break;
            case 'f': bytes[length++] = (byte)'\f'; break;
            case '\n': break;
            case '\r':
                if (i + 1 < raw.Length && raw[i + 1] == '\n') i++;
                break;
            case >= '0' and <= '7':
                var value = b - '0';
                for (var k = 0; k < 2 && i + 1 < raw.Length && raw[i + 1] is >= (byte)'0' and <= (byte)'7'; k++) value = (value * 8) + (raw[++i] - '0');
                bytes[length++] = (byte)(value & 0xFF);
                break;
            default: bytes[length++] = b; break;
        }

        return length;
    }
}
