// Objects and tokens of ISO 32000-2:2020, 7.2 and 7.3, read from a window of bytes.
// Limits: no repair of malformed tokens; a '#' in a name that is not followed by two hexadecimal digits stands for itself
// (names written for PDF 1.1); a dictionary with a key twice is refused, because readers differ in which value they take.

using System.Text;

namespace AnTin.Pdf.Syntax;

/// <summary>
/// Reads objects from a window. <paramref name="origin"/> is the file offset of its first byte, for error messages;
/// <paramref name="isFinal"/> says that nothing follows the window: otherwise a token touching its end is not trusted.
/// </summary>
internal ref partial struct PdfParser(ReadOnlySpan<byte> data, long origin, bool isFinal, PdfLimits limits)
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
}
