// Objects and tokens of ISO 32000-2:2020, 7.2 and 7.3, read from a window of bytes.
// Limits: no repair of malformed tokens; a '#' in a name that is not followed by two hexadecimal digits stands for itself
// (names written for PDF 1.1); a dictionary with a key twice is refused, because readers differ in which value they take.

using System.Globalization;
using System.Text;

namespace AnTin.Pdf.Syntax;

/// <summary>
/// Reads objects from a window. <paramref name="origin"/> is the file offset of its first byte, for error messages;
/// <paramref name="isFinal"/> says that nothing follows the window: otherwise a token touching its end is not trusted.
/// </summary>
internal ref struct PdfParser(ReadOnlySpan<byte> data, long origin, bool isFinal, PdfLimits limits)
{
    private readonly ReadOnlySpan<byte> data = data;
    private int position;

    /// <summary>Whether "n g R" is one object; in content streams it is not.</summary>
    public bool AllowReferences { get; init; } = true;

    public int Position
    {
        readonly get => position;
        set => position = value;
    }

    public readonly long Offset => origin + position;

    public readonly bool AtEnd => position >= data.Length;

    public readonly PdfFormatException Fault(string code, string message) => new(code, message, Offset);

    /// <summary>Skips white space and comments. Reaching the end is not a fault here.</summary>
    public void SkipSpace()
    {
        while (position < data.Length)
        {
            var b = data[position];
            if (Characters.IsWhite(b))
            {
                position++;
            }
            else if (b == '%')
            {
                var eol = data[position..].IndexOfAny((byte)'\r', (byte)'\n');
                position = eol < 0 ? data.Length : position + eol;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Reads one object; a keyword in its place is a fault.</summary>
    public PdfObject ReadObject(int depth = 0)
    {
        SkipSpace();
        var b = Peek();
        switch ((char)b)
        {
            case '/':
                return ReadName();
            case '(':
                return ReadLiteralString();
            case '[':
                return ReadArray(depth);
            case '<':
                RequireAvailable(2);
                return position + 1 < data.Length && data[position + 1] == '<' ? ReadDictionary(depth) : ReadHexString();
            case (>= '0' and <= '9') or '+' or '-' or '.':
                return ReadNumberOrReference();
            default:
                return ReadConstant();
        }
    }

    /// <summary>Reads an object, or a keyword (operator) where one stands; false at the end. For content streams.</summary>
    public bool TryReadOperand(out PdfObject? operand, out ReadOnlySpan<byte> keyword)
    {
        operand = null;
        keyword = default;
        SkipSpace();
        if (AtEnd) return false;
        var b = data[position];
        if (b is (byte)'/' or (byte)'(' or (byte)'[' or (byte)'<' or (byte)'+' or (byte)'-' or (byte)'.' || Characters.IsDigit(b))
        {
            operand = ReadObject();
            return true;
        }

        keyword = ReadKeyword();
        if (keyword.IsEmpty) throw Fault("syntax.delimiter", "A delimiter stands where an object or operator should");
        if (keyword.SequenceEqual("true"u8)) operand = PdfBoolean.True;
        else if (keyword.SequenceEqual("false"u8)) operand = PdfBoolean.False;
        else if (keyword.SequenceEqual("null"u8)) operand = PdfNull.Instance;
        if (operand is not null) keyword = default;
        return true;
    }

    /// <summary>The regular characters at the position; empty when a delimiter or the end stands there.</summary>
    public ReadOnlySpan<byte> ReadKeyword()
    {
        SkipSpace();
        var start = position;
        while (position < data.Length && Characters.IsRegular(data[position])) position++;
        if (position == data.Length && !isFinal) throw new WindowEndException();
        return data[start..position];
    }

    /// <summary>Consumes a keyword when it stands at the position.</summary>
    public bool TryKeyword(ReadOnlySpan<byte> keyword)
    {
        SkipSpace();
        var before = position;
        if (ReadKeyword().SequenceEqual(keyword)) return true;
        position = before;
        return false;
    }

    /// <summary>Consumes a keyword or fails.</summary>
    public void RequireKeyword(ReadOnlySpan<byte> keyword, string code)
    {
        if (!TryKeyword(keyword)) throw Fault(code, $"Expected '{Encoding.ASCII.GetString(keyword)}'");
    }

    /// <summary>Reads an unsigned integer of at most 18 digits.</summary>
    public bool TryUnsigned(out long value)
    {
        SkipSpace();
        value = 0;
        var start = position;
        while (position < data.Length && Characters.IsDigit(data[position]) && position - start < 18) value = (value * 10) + (data[position++] - '0');
        if (position == data.Length && !isFinal) throw new WindowEndException();
        if (position > start && (position == data.Length || !Characters.IsRegular(data[position]))) return true;
        position = start;
        return false;
    }

    /// <summary>Consumes the end-of-line marker after the keyword stream and gives the offset of the data (ISO 32000-2 7.3.8.1: CR LF or LF, never CR alone).</summary>
    public long OffsetAfterStreamKeyword()
    {
        if (position + 1 >= data.Length) throw EndOfData();
        if (data[position] == '\r') position++;
        if (data[position] != '\n') throw Fault("stream.eol", "The keyword stream is not followed by a line feed");
        position++;
        return Offset;
    }

    private readonly byte Peek()
    {
        if (position < data.Length) return data[position];
        throw EndOfData();
    }

    private readonly Exception EndOfData() => isFinal ? Fault("syntax.truncated", "The data ends inside an object") : new WindowEndException();

    private readonly void RequireAvailable(int count)
    {
        if (!isFinal && position + count > data.Length) throw new WindowEndException();
    }

    private PdfObject ReadConstant()
    {
        var start = position;
        var word = ReadKeyword();
        if (word.SequenceEqual("true"u8)) return PdfBoolean.True;
        if (word.SequenceEqual("false"u8)) return PdfBoolean.False;
        if (word.SequenceEqual("null"u8)) return PdfNull.Instance;
        position = start;
        throw Fault("syntax.object", "An object was expected");
    }

    private PdfName ReadName()
    {
        var start = ++position;
        var escaped = false;
        while (position < data.Length && Characters.IsRegular(data[position])) escaped |= data[position++] == '#';
        if (position == data.Length && !isFinal) throw new WindowEndException();
        var raw = data[start..position];
        // ISO 32000-1 Annex C knows names up to 127 bytes; longer ones exist but none needs the stack.
        Span<char> chars = raw.Length <= 256 ? stackalloc char[raw.Length] : new char[raw.Length];
        var length = escaped ? Unescape(raw, chars) : Encoding.Latin1.GetChars(raw, chars);
        return PdfName.FromLatin1(chars[..length]);
    }

    private static int Unescape(ReadOnlySpan<byte> raw, Span<char> chars)
    {
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '#' && i + 2 < raw.Length && Characters.HexValue(raw[i + 1]) >= 0 && Characters.HexValue(raw[i + 2]) >= 0)
            {
                chars[length++] = (char)((Characters.HexValue(raw[i + 1]) << 4) | Characters.HexValue(raw[i + 2]));
                i += 2;
            }
            else
            {
                chars[length++] = (char)raw[i];
            }
        }

        return length;
    }

    private PdfArray ReadArray(int depth)
    {
        RequireDepth(depth);
        position++;
        var items = new List<PdfObject>();
        while (true)
        {
            SkipSpace();
            if (Peek() == ']')
            {
                position++;
                return new PdfArray(items, frozen: true);
            }

            items.Add(ReadObject(depth + 1));
        }
    }

    private PdfDictionary ReadDictionary(int depth)
    {
        RequireDepth(depth);
        position += 2;
        var dictionary = new PdfDictionary();
        while (true)
        {
            SkipSpace();
            var b = Peek();
            if (b == '>')
            {
                position++;
                if (Peek() != '>') throw Fault("syntax.dictionary", "A dictionary ends with a single '>'");
                position++;
                dictionary.Freeze();
                return dictionary;
            }

            if (b != '/') throw Fault("syntax.dictionary", "A dictionary key is not a name");
            var key = ReadName();
            var value = ReadObject(depth + 1);
            if (!dictionary.TryAppend(key, value)) throw Fault("syntax.duplicate-key", $"The dictionary has the key {key} twice");
        }
    }

    private readonly void RequireDepth(int depth)
    {
        if (depth >= limits.Depth) throw Fault("limit.depth", "Arrays and dictionaries are nested too deeply");
    }

    private PdfObject ReadNumberOrReference()
    {
        var number = ReadNumber();
        if (!AllowReferences || number is not PdfInteger { Value: >= 0, Text: null } integer || integer.Value > limits.ObjectNumber) return number;

        var after = position;
        SkipSpace();
        if (position < data.Length && Characters.IsDigit(data[position]) && TryUnsigned(out var generation) && generation <= 65_535)
        {
            SkipSpace();
            if (AtEnd && !isFinal) throw new WindowEndException();
            if (!AtEnd && data[position] == 'R')
            {
                RequireAvailable(2);
                if (position + 1 >= data.Length || !Characters.IsRegular(data[position + 1]))
                {
                    position++;
                    return new PdfReference((int)integer.Value, (int)generation);
                }
            }
        }
        else if (AtEnd && !isFinal)
        {
            throw new WindowEndException();
        }

        position = after;
        return number;
    }

    private PdfNumber ReadNumber()
    {
        var start = position;
        if (data[position] is (byte)'+' or (byte)'-') position++;
        long mantissa = 0;
        int digits = 0, decimals = 0, point = -1;
        for (; position < data.Length; position++)
        {
            var b = data[position];
            if (Characters.IsDigit(b))
            {
                if (digits < 18) mantissa = (mantissa * 10) + (b - '0');
                digits++;
                if (point >= 0) decimals++;
            }
            else if (b == '.' && point < 0)
            {
                point = position;
            }
            else
            {
                break;
            }
        }

        if (position == data.Length && !isFinal) throw new WindowEndException();
        if (digits == 0 || (position < data.Length && Characters.IsRegular(data[position])))
        {
            position = start;
            throw Fault("syntax.number", "A number is malformed");
        }

        var text = data[start..position];
        var negative = text[0] == '-';
        if (point < 0 && digits <= 18) return MakeInteger(text, negative ? -mantissa : mantissa);
        if (digits > 15) return new PdfReal(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text));
        var value = mantissa / Math.Pow(10, decimals);
        return new PdfReal(negative ? -value : value, Encoding.ASCII.GetString(text));
    }

    private static PdfInteger MakeInteger(ReadOnlySpan<byte> text, long value)
    {
        var first = text[0];
        var canonical = first is >= (byte)'1' and <= (byte)'9' || (text.Length == 1 && first == '0') || (first == '-' && text[1] != '0');
        return canonical ? PdfInteger.Of(value) : new PdfInteger(value, Encoding.ASCII.GetString(text));
    }

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
