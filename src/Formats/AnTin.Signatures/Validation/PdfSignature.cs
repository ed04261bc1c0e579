// Signatures as a PDF file holds them. References: ISO 32000-2:2020, 12.7.5.5 (fields), 12.8.1 Table 255 (dictionary, /ByteRange,
// /Contents), 12.8.3 (sub-filters); ETSI EN 319 142-1 V1.2.1. Limits: only fields of the form are signatures; a signature dictionary that
// no field names is none.
using System.Globalization;
using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>One signed field.</summary>
internal sealed class PdfSignature
{
    private PdfSignature(string fieldName, PdfFormField field, PdfDictionary dictionary)
    {
        FieldName = fieldName;
        Field = field;
        Dictionary = dictionary;
    }

    public string FieldName { get; }

    public PdfFormField Field { get; }

    public PdfDictionary Dictionary { get; }

    public string SubFilter { get; private set; } = "";

    public bool IsDocumentTimestamp => SubFilter == "ETSI.RFC3161";

    /// <summary>The value of /Contents, padding included.</summary>
    public ReadOnlyMemory<byte> Contents { get; private set; }

    /// <summary>Octets before the hole, and where the octets after it begin and end; null when /ByteRange is unusable.</summary>
    public (long HoleStart, long HoleEnd, long End)? Range { get; private set; }

    /// <summary>What is wrong with /ByteRange or with the hole it leaves; null when nothing is. Hashing may still be possible.</summary>
    public string? RangeFault { get; private set; }

    /// <summary>The range leaves out exactly the value of /Contents and reaches the end of the file.</summary>
    public bool CoversWholeDocument { get; private set; }

    /// <summary>Index of the revision that the signature covers; -1 when its range ends with none.</summary>
    public int Revision { get; private set; } = -1;

    /// <summary>/M, when it can be read.</summary>
    public DateTimeOffset? ClaimedTime { get; private set; }

    /// <summary>/Cert: certificates of adbe.x509.rsa_sha1.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; private set; } = [];

    public static List<PdfSignature> ReadAll(PdfDocument document)
    {
        var all = new List<PdfSignature>();
        foreach (var field in document.AcroForm?.Fields ?? [])
        {
            if (field.FieldType == "Sig" && document.Resolve(field.Value) is PdfDictionary dictionary)
            {
                all.Add(Read(document, field, dictionary, all));
            }
        }

        // In the order they were made: each later one covers more of the file.
        return [.. all.OrderBy(s => s.Range?.End ?? long.MaxValue)];
    }

    private static PdfSignature Read(PdfDocument document, PdfFormField field, PdfDictionary dictionary, List<PdfSignature> before)
    {
        // Identifiers are unique in a report; names of an encrypted file are not readable.
        var name = document.IsEncrypted || field.FullName.Length == 0 ? $"#{before.Count + 1}" : field.FullName;
        if (before.Exists(s => s.FieldName == name))
        {
            name += $"#{before.Count + 1}";
        }

        var signature = new PdfSignature(name, field, dictionary)
        {
            SubFilter = document.Get<PdfName>(dictionary, "SubFilter")?.Value ?? "",
            Contents = document.Get<PdfString>(dictionary, "Contents")?.Bytes ?? default,
            ClaimedTime = document.IsEncrypted ? null : PdfDate.Parse(document.Get<PdfString>(dictionary, "M")?.ToText()),
            Certificates = document.Resolve(dictionary["Cert"]) switch
            {
                PdfString one => [one.Bytes],
                PdfArray many => [.. many.Select(document.Resolve).OfType<PdfString>().Select(s => s.Bytes)],
                _ => [],
            },
        };
        signature.ReadRange(document);
        return signature;
    }

    private void ReadRange(PdfDocument document)
    {
        var numbers = document.Get<PdfArray>(Dictionary, "ByteRange")?.Select(document.Resolve).ToList();
        if (numbers is not [PdfInteger start, PdfInteger first, PdfInteger second, PdfInteger last])
        {
            RangeFault = "ByteRange is not an array of four integers";
            return;
        }

        var length = document.Source.Length;
        if (start.Value != 0 || first.Value < 0 || second.Value < first.Value || last.Value < 0 || second.Value > length || last.Value > length - second.Value)
        {
            RangeFault = "ByteRange does not lie in order inside the file, beginning at 0";
            return;
        }

        var range = (HoleStart: first.Value, HoleEnd: second.Value, End: second.Value + last.Value);
        Range = range;
        RangeFault = HoleFault(document.Source, range.HoleStart, range.HoleEnd);
        Revision = FindRevision(document, range.End);
        CoversWholeDocument = RangeFault is null && range.End == length;
    }

    // Table 255: the range is the whole file but the value of Contents, delimiters included. A wider hole hides what is not signed.
    private string? HoleFault(IRandomAccessSource source, long start, long end)
    {
        var size = end - start;
        if (size < 2 || size > 2L * Contents.Length + 4096 + 2)
        {
            return "the range leaves out something other than Contents";
        }

        var hole = new byte[size];
        if (source.Read(start, hole) != hole.Length || hole[0] != '<' || hole[^1] != '>')
        {
            return "the range leaves out something other than Contents";
        }

        var at = 0;
        var high = -1;
        foreach (var c in hole.AsSpan(1, hole.Length - 2))
        {
            if (c is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t' or (byte)'\f' or 0)
            {
                continue;
            }

            var digit = HexDigit(c);
            if (digit < 0)
            {
                return "the range leaves out something other than Contents";
            }

            if (high < 0)
            {
                high = digit;
                continue;
            }

            if (at >= Contents.Length || Contents.Span[at++] != ((high << 4) | digit))
            {
                return "Contents stands elsewhere than the range says";
            }

            high = -1;
        }

        // 7.3.4.3: a last single digit counts as if 0 followed.
        if (high >= 0 && (at >= Contents.Length || Contents.Span[at++] != high << 4))
        {
            return "Contents stands elsewhere than the range says";
        }

        return at == Contents.Length ? null : "Contents stands elsewhere than the range says";
    }

    private static int HexDigit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    // The line end after %%EOF may be left out of the range by the signer, or of the revision by its writer.
    private static int FindRevision(PdfDocument document, long end)
    {
        foreach (var revision in document.Revisions)
        {
            if (revision.End >= 0 && Math.Abs(revision.End - end) <= 2)
            {
                return revision.Index;
            }
        }

        return -1;
    }
}

/// <summary>Dates of ISO 32000-2:2020, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm, everything after the year optional.</summary>
internal static class PdfDate
{
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var digits = text.StartsWith("D:", StringComparison.Ordinal) ? text.AsSpan(2) : text;
        var count = 0;
        while (count < digits.Length && count < 14 && char.IsAsciiDigit(digits[count]))
        {
            count++;
        }

        if (count < 4 || count % 2 != 0)
        {
            return null;
        }

        const string Least = "00000101000000";
        var full = string.Concat(digits[..count], Least.AsSpan(count));
        if (!DateTime.TryParseExact(full, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return null;
        }

        var offset = OffsetOf(digits[count..]);
        try
        {
            return offset is { } known ? new DateTimeOffset(local, known) : null;
        }
        catch (ArgumentException)
        {
            // Year 1 or 9999 with an offset that leaves the calendar.
            return null;
        }
    }

    // No offset: the relation to UTC is unknown; UTC is taken, as readers do.
    private static TimeSpan? OffsetOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] == 'Z')
        {
            return TimeSpan.Zero;
        }

        var minutes = 0;
        if (text.Length < 3 || text[0] is not ('+' or '-') || !int.TryParse(text.Slice(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 14)
        {
            return null;
        }

        var rest = text[3..].TrimStart('\'');
        if (rest.Length >= 2 && (!int.TryParse(rest[..2], NumberStyles.None, CultureInfo.InvariantCulture, out minutes) || minutes > 59))
        {
            return null;
        }

        var offset = new TimeSpan(hours, hours == 14 ? 0 : minutes, 0);
        return text[0] == '-' ? -offset : offset;
    }
}
