// CMaps: which bytes are one code, and what a code stands for (ToUnicode), or which CID it is (Encoding).
// References: ISO 32000-2:2020 §9.7.5 (CMaps), §9.10.3 (ToUnicode); Adobe Technical Note 5014 (CMap file format).
// Limits: of the predefined CMaps Identity-H and Identity-V are known, the others (for Chinese, Japanese and Korean
// fonts without embedded CMap) are read as two-byte codes; usecmap is not followed.
using System.Text;

namespace AnTin.Pdf;

/// <summary>One contiguous set of codes of a length, each byte within its own bounds.</summary>
internal readonly record struct CodeSpace(int Length, uint Low, uint High)
{
    public bool Contains(uint code)
    {
        for (var shift = 0; shift < 8 * Length; shift += 8)
        {
            var value = (code >> shift) & 0xFF;
            if (value < ((Low >> shift) & 0xFF) || value > ((High >> shift) & 0xFF))
                return false;
        }
        return true;
    }
}

internal sealed class CharacterCodeMap
{
    // All two-byte codes, twice. A CMap that lists more is not for text.
    private const int MaximumEntries = 131_072;

    // The largest published CMaps have about 18,000 ranges.
    private const int MaximumCidRanges = 20_000;

    private readonly List<CodeSpace> spaces = [];
    private readonly Dictionary<(int Length, uint Code), string> texts = [];
    private readonly Dictionary<(int Length, uint Code), int> cids = [];
    private readonly List<(CodeSpace Codes, int First)> cidRanges = [];
    private int entries;

    public static CharacterCodeMap Identity { get; } = TwoByte();

    public bool IsIdentity { get; private init; }

    public IReadOnlyList<CodeSpace> Spaces => spaces;

    public bool HasTexts => texts.Count > 0;

    /// <summary>Reads a CMap program. What is not understood is passed over.</summary>
    /// <exception cref="PdfFormatException">It lists more codes than any font has.</exception>
    public static CharacterCodeMap Read(ReadOnlyMemory<byte> program)
    {
        var map = new CharacterCodeMap();
        var lexer = new ContentLexer(program);
        for (var token = lexer.Next(); token != ContentTokenKind.End; token = lexer.Next())
        {
            if (token != ContentTokenKind.Keyword)
                continue;
            switch (lexer.Word)
            {
                case "begincodespacerange":
                    map.ReadCodeSpaces(lexer);
                    break;
                case "beginbfchar":
                    map.ReadCharacters(lexer);
                    break;
                case "beginbfrange":
                    map.ReadRanges(lexer);
                    break;
                case "begincidchar":
                    map.ReadCids(lexer, isRange: false);
                    break;
                case "begincidrange":
                    map.ReadCids(lexer, isRange: true);
                    break;
            }
        }
        return map;
    }

    /// <summary>The text of a code; null when the map has none.</summary>
    public string? Text(int length, uint code) => texts.GetValueOrDefault((length, code));

    /// <summary>The CID of a code; 0 when the map has none.</summary>
    public int Cid(int length, uint code)
    {
        if (IsIdentity)
            return (int)code;
        if (cids.TryGetValue((length, code), out var cid))
            return cid;
        foreach (var (codes, first) in cidRanges)
            if (codes.Length == length && code >= codes.Low && code <= codes.High)
                return cids[(length, code)] = first + (int)(code - codes.Low);
        return 0;
    }

    /// <summary>Takes the next code off a string: the shortest one that is in a code space, else as many bytes as the shortest space has.</summary>
    public (int Length, uint Code) NextCode(ReadOnlySpan<byte> bytes)
    {
        uint code = 0;
        for (var length = 1; length <= 4 && length <= bytes.Length; length++)
        {
            code = (code << 8) | bytes[length - 1];
            foreach (var space in spaces)
                if (space.Length == length && space.Contains(code))
                    return (length, code);
        }
        var shortest = Math.Min(spaces.Count == 0 ? 1 : spaces.Min(space => space.Length), bytes.Length);
        code = 0;
        foreach (var value in bytes[..shortest])
            code = (code << 8) | value;
        return (shortest, code);
    }

    private static CharacterCodeMap TwoByte()
    {
        var map = new CharacterCodeMap { IsIdentity = true };
        map.spaces.Add(new CodeSpace(2, 0, 0xFFFF));
        return map;
    }

    private void ReadCodeSpaces(ContentLexer lexer)
    {
        while (TryReadCode(lexer, out var length, out var low) && TryReadCode(lexer, out _, out var high))
            if (spaces.Count < 256)
                spaces.Add(new CodeSpace(length, low, high));
    }

    private void ReadCharacters(ContentLexer lexer)
    {
        while (TryReadCode(lexer, out var length, out var code))
            switch (lexer.Next())
            {
                case ContentTokenKind.String:
                    Set(length, code, Decode(lexer.Bytes));
                    break;
                case ContentTokenKind.Name:
                    Set(length, code, GlyphNames.ToText(lexer.Word));
                    break;
                default:
                    return;
            }
    }

    private void ReadRanges(ContentLexer lexer)
    {
        while (TryReadCode(lexer, out var length, out var low) && TryReadCode(lexer, out _, out var high))
            switch (lexer.Next())
            {
                case ContentTokenKind.String:
                    var first = lexer.Bytes.ToArray();
                    for (var code = low; code <= high; code++)
                    {
                        Set(length, code, Decode(first));
                        // §9.10.3: the last byte counts up; a carry is not asked for, yet written by some producers.
                        for (var i = first.Length - 1; i >= 0 && (first[i] = (byte)((first[i] + 1) & 0xFF)) == 0; i--) { }
                        if (code == uint.MaxValue)
                            break;
                    }
                    break;
                case ContentTokenKind.ArrayStart:
                    for (var code = low; lexer.Next() is ContentTokenKind.String or ContentTokenKind.Name; code = unchecked(code + 1))
                        if (code >= low && code <= high)
                            Set(length, code, Decode(lexer.Bytes));
                    break;
                default:
                    return;
            }
    }

    private void ReadCids(ContentLexer lexer, bool isRange)
    {
        while (TryReadCode(lexer, out var length, out var low))
        {
            var high = low;
            if (isRange && !TryReadCode(lexer, out _, out high))
                return;
            if (lexer.Next() != ContentTokenKind.Number)
                return;
            var cid = (int)Math.Clamp(lexer.Number, 0, 65535);
            Count();
            if (isRange && cidRanges.Count >= MaximumCidRanges)
                return;
            if (isRange)
                cidRanges.Add((new CodeSpace(length, low, high), cid));
            else
                cids[(length, low)] = cid;
        }
    }

    private static bool TryReadCode(ContentLexer lexer, out int length, out uint code)
    {
        length = 0;
        code = 0;
        if (lexer.Next() != ContentTokenKind.String || lexer.Bytes.Length is 0 or > 4)
            return false;
        length = lexer.Bytes.Length;
        foreach (var value in lexer.Bytes)
            code = (code << 8) | value;
        return true;
    }

    private void Set(int length, uint code, string? text)
    {
        Count();
        if (text is not null)
            texts[(length, code)] = text;
    }

    private void Count()
    {
        if (++entries > MaximumEntries)
            throw new PdfFormatException("text.cmap", "A character map lists more codes than any font has.");
    }

    private static string Decode(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 1 ? ((char)bytes[0]).ToString() : Encoding.BigEndianUnicode.GetString(bytes[..(bytes.Length & ~1)]);
}
