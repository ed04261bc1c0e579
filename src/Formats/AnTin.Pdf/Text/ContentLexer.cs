// Tokens of content streams and of CMaps, which share PDF's lexical rules.
// References: ISO 32000-2:2020 §7.2 (lexical conventions), §7.8.2 (content streams), §8.9.7 (inline images), §9.7.5.4 (CMaps).
// Limits: what does not follow the rules is skipped, as readers do: text that cannot be read is better lost than the page.
using System.Globalization;
using System.Text;

namespace AnTin.Pdf;

internal enum ContentTokenKind
{
    End,
    Number,
    Name,
    String,
    ArrayStart,
    ArrayEnd,
    DictionaryStart,
    DictionaryEnd,
    Keyword,
}

internal sealed class ContentLexer(ReadOnlyMemory<byte> content)
{
    // ISO 32000-1 Annex C: a name has at most 127 bytes; keywords are shorter still.
    private const int MaximumWord = 256;

    private readonly ReadOnlyMemory<byte> content = content;
    private byte[] buffer = new byte[64];
    private int bufferLength;

    public int Position { get; private set; }

    /// <summary>Value of the last Number.</summary>
    public double Number { get; private set; }

    /// <summary>Text of the last Name (without its solidus) or Keyword, one byte a character.</summary>
    public string Word { get; private set; } = "";

    /// <summary>Bytes of the last String; valid until the next token.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, bufferLength);

    public ContentTokenKind Next()
    {
        var bytes = content.Span;
        SkipBlanks(bytes);
        if (Position >= bytes.Length)
            return ContentTokenKind.End;
        var first = bytes[Position];
        switch (first)
        {
            case (byte)'/':
                Position++;
                Word = ReadName(bytes);
                return ContentTokenKind.Name;
            case (byte)'(':
                ReadLiteral(bytes);
                return ContentTokenKind.String;
            case (byte)'<' when Peek(bytes, 1) == '<':
                Position += 2;
                return ContentTokenKind.DictionaryStart;
            case (byte)'<':
                ReadHex(bytes);
                return ContentTokenKind.String;
            case (byte)'>':
                Position += 2;
                return ContentTokenKind.DictionaryEnd;
            case (byte)'[':
                Position++;
                return ContentTokenKind.ArrayStart;
            case (byte)']':
                Position++;
                return ContentTokenKind.ArrayEnd;
            case (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-' or (byte)'.':
                return ReadNumber(bytes);
            default:
                Word = ReadWord(bytes);
                return ContentTokenKind.Keyword;
        }
    }

    /// <summary>
    /// After the keyword ID: passes over the data of an inline image. <paramref name="length"/> is its length where the
    /// image's dictionary tells it (no filter), else -1 and the end is looked for.
    /// </summary>
    public void SkipInlineImage(long length)
    {
        var bytes = content.Span;
        if (Position < bytes.Length && IsBlank(bytes[Position]))
            Position++;
        if (length >= 0 && length <= bytes.Length - Position && IsEndOfImage(bytes, Position + (int)length))
        {
            Position += (int)length;
            Next();
            return;
        }
        for (var at = Position; at + 1 < bytes.Length; at++)
        {
            if (bytes[at] != 'E' || bytes[at + 1] != 'I' || (at > 0 && !IsBlank(bytes[at - 1])) || !LooksLikeContent(bytes[(at + 2)..]))
                continue;
            Position = at + 2;
            return;
        }
        Position = bytes.Length;
    }

    private static bool IsEndOfImage(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && IsBlank(bytes[at]))
            at++;
        return at + 1 < bytes.Length && bytes[at] == 'E' && bytes[at + 1] == 'I' && (at + 2 == bytes.Length || IsBlank(bytes[at + 2]));
    }

    // Packed data may hold the letters EI between blanks; after the true end stand operators, which are printable.
    private static bool LooksLikeContent(ReadOnlySpan<byte> after)
    {
        if (after.Length > 0 && !IsBlank(after[0]))
            return false;
        foreach (var value in after[..Math.Min(after.Length, 16)])
            if (value is not (0 or 9 or 10 or 12 or 13 or (>= 32 and < 127)))
                return false;
        return true;
    }

    private void SkipBlanks(ReadOnlySpan<byte> bytes)
    {
        while (Position < bytes.Length)
        {
            if (bytes[Position] == '%')
                while (Position < bytes.Length && bytes[Position] is not (10 or 13))
                    Position++;
            else if (IsBlank(bytes[Position]) || IsStray(bytes, Position))
                Position++;
            else
                return;
        }
    }

    // Closing brackets without an opening one, and braces, which only calculator functions use.
    private static bool IsStray(ReadOnlySpan<byte> bytes, int at) =>
        bytes[at] is (byte)')' or (byte)'{' or (byte)'}' || (bytes[at] == '>' && (at + 1 >= bytes.Length || bytes[at + 1] != '>'));

    private ContentTokenKind ReadNumber(ReadOnlySpan<byte> bytes)
    {
        var start = Position;
        while (Position < bytes.Length && !IsBlank(bytes[Position]) && !IsDelimiter(bytes[Position]))
            Position++;
        var word = bytes[start..Position];
        if (
            word.Length <= MaximumWord
            && double.TryParse(
                word,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && double.IsFinite(number)
        )
        {
            Number = number;
            return ContentTokenKind.Number;
        }
        Number = Salvage(word[..Math.Min(word.Length, MaximumWord)]);
        return ContentTokenKind.Number;
    }

    // Old producers write "--5", "0.-3" or "12-5"; readers take the leading digits.
    private static double Salvage(ReadOnlySpan<byte> word)
    {
        double sign = 1,
            value = 0,
            scale = 0;
        foreach (var letter in word)
        {
            if (letter == '-' && value == 0 && scale == 0)
                sign = -1;
            else if (letter == '.' && scale == 0)
                scale = 1;
            else if (letter is >= (byte)'0' and <= (byte)'9')
            {
                value = scale == 0 ? (value * 10) + (letter - '0') : value + ((letter - '0') * (scale /= 10));
                if (value > 1e15)
                    return 0;
            }
            else if (letter != '+')
                break;
        }
        return sign * value;
    }

    private string ReadName(ReadOnlySpan<byte> bytes)
    {
        var name = new StringBuilder();
        while (Position < bytes.Length && !IsBlank(bytes[Position]) && !IsDelimiter(bytes[Position]))
        {
            int value = bytes[Position++];
            if (value == '#' && HexDigit(Peek(bytes, 0)) is >= 0 and var high && HexDigit(Peek(bytes, 1)) is >= 0 and var low)
            {
                value = (high << 4) | low;
                Position += 2;
            }
            if (name.Length < MaximumWord)
                name.Append((char)value);
        }
        return name.ToString();
    }

    private string ReadWord(ReadOnlySpan<byte> bytes)
    {
        var start = Position;
        while (Position < bytes.Length && !IsBlank(bytes[Position]) && !IsDelimiter(bytes[Position]))
            Position++;
        return Encoding.Latin1.GetString(bytes[start..Math.Min(Position, start + MaximumWord)]);
    }

    private void ReadLiteral(ReadOnlySpan<byte> bytes)
    {
        bufferLength = 0;
        Position++;
        for (var depth = 1; Position < bytes.Length; )
        {
            var value = bytes[Position++];
            switch (value)
            {
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')' when --depth == 0:
                    return;
                case (byte)'\\':
                    ReadEscape(bytes);
                    continue;
                case 13:
                    // §7.3.4.2: an end of line in a string is one line feed.
                    if (Peek(bytes, 0) == 10)
                        Position++;
                    value = 10;
                    break;
            }
            Append(value);
        }
    }

    private void ReadEscape(ReadOnlySpan<byte> bytes)
    {
        if (Position >= bytes.Length)
            return;
        var value = bytes[Position++];
        switch (value)
        {
            case (byte)'n':
                Append(10);
                break;
            case (byte)'r':
                Append(13);
                break;
            case (byte)'t':
                Append(9);
                break;
            case (byte)'b':
                Append(8);
                break;
            case (byte)'f':
                Append(12);
                break;
            case 10:
                break;
            case 13:
                if (Peek(bytes, 0) == 10)
                    Position++;
                break;
            case >= (byte)'0' and <= (byte)'7':
                var octal = value - '0';
                for (var i = 0; i < 2 && Peek(bytes, 0) is >= '0' and <= '7'; i++)
                    octal = (octal * 8) + (bytes[Position++] - '0');
                Append((byte)(octal & 0xFF));
                break;
            default:
                Append(value);
                break;
        }
    }

    private void ReadHex(ReadOnlySpan<byte> bytes)
    {
        bufferLength = 0;
        Position++;
        var pending = -1;
        while (Position < bytes.Length)
        {
            var value = bytes[Position++];
            if (value == '>')
                break;
            if (HexDigit(value) is not (>= 0 and var digit))
                continue;
            if (pending < 0)
                pending = digit;
            else
            {
                Append((byte)((pending << 4) | digit));
                pending = -1;
            }
        }
        if (pending >= 0)
            Append((byte)(pending << 4));
    }

    private void Append(byte value)
    {
        if (bufferLength == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        buffer[bufferLength++] = value;
    }

    private int Peek(ReadOnlySpan<byte> bytes, int ahead) => Position + ahead < bytes.Length ? bytes[Position + ahead] : -1;

    private static int HexDigit(int value) =>
        value switch
        {
            >= '0' and <= '9' => value - '0',
            >= 'a' and <= 'f' => value - 'a' + 10,
            >= 'A' and <= 'F' => value - 'A' + 10,
            _ => -1,
        };

    private static bool IsBlank(byte value) => value is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsDelimiter(byte value) =>
        value
            is (byte)'('
                or (byte)')'
                or (byte)'<'
                or (byte)'>'
                or (byte)'['
                or (byte)']'
                or (byte)'{'
                or (byte)'}'
                or (byte)'/'
                or (byte)'%';
}
