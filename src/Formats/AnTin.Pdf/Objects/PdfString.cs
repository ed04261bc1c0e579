using System.Text;

namespace AnTin.Pdf;

/// <summary>A string: bytes, and whether the file wrote them in hexadecimal.</summary>
public sealed class PdfString(ReadOnlyMemory<byte> bytes, bool isHex = false) : PdfObject
{
    // ISO 32000-2:2020 Annex D.3, PDFDocEncoding where it differs from Latin-1: 18-1F and 80-A0.
    private const string Low = "\u02D8\u02C7\u02C6\u02D9\u02DD\u02DB\u02DA\u02DC";
    private const string High = "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203A\u2212\u2030\u201E\u201C\u201D\u2018\u2019\u201A\u2122\uFB01\uFB02\u0141\u0152\u0160\u0178\u017D\u0131\u0142\u0153\u0161\u017E\uFFFD\u20AC";

    /// <summary>The bytes, escapes resolved.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>True when written as &lt;…&gt;.</summary>
    public bool IsHex { get; } = isHex;

    /// <summary>Reads a text string (ISO 32000-2 7.9.2.2): UTF-16BE or UTF-8 by its byte order mark, else PDFDocEncoding. Never fails.</summary>
    public string ToText()
    {
        var span = Bytes.Span;
        if (span.Length >= 2 && span[0] == 0xFE && span[1] == 0xFF) return Encoding.BigEndianUnicode.GetString(span[2..]);
        if (span.Length >= 3 && span[0] == 0xEF && span[1] == 0xBB && span[2] == 0xBF) return Encoding.UTF8.GetString(span[3..]);
        return string.Create(span.Length, Bytes, static (text, bytes) =>
        {
            var from = bytes.Span;
            for (var i = 0; i < text.Length; i++) text[i] = FromDocEncoding(from[i]);
        });
    }

    /// <summary>Writes a text string: as is when every character is ASCII, else UTF-16BE with byte order mark, which every reader knows.</summary>
    public static PdfString FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text)) return new PdfString(Encoding.ASCII.GetBytes(text));
        var bytes = new byte[2 + Encoding.BigEndianUnicode.GetByteCount(text)];
        bytes[0] = 0xFE;
        bytes[1] = 0xFF;
        Encoding.BigEndianUnicode.GetBytes(text, bytes.AsSpan(2));
        return new PdfString(bytes);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfString other && other.Bytes.Span.SequenceEqual(Bytes.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => IsHex ? $"<{Convert.ToHexString(Bytes.Span)}>" : $"({ToText()})";

    private static char FromDocEncoding(byte b) => b switch
    {
        >= 0x18 and <= 0x1F => Low[b - 0x18],
        >= 0x80 and <= 0xA0 => High[b - 0x80],
        _ => (char)b,
    };
}
