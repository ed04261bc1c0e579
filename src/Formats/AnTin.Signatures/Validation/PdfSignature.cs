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

    /// <summary>Where the hole begins and ends, and the end of the range; null when /ByteRange cannot be hashed. Says nothing about coverage.</summary>
    public (long HoleStart, long HoleEnd, long End)? Range { get; private set; }

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
        if (numbers is not [PdfInteger { Value: 0 }, PdfInteger first, PdfInteger second, PdfInteger last])
        {
            return;
        }

        var length = document.Source.Length;
        if (first.Value >= 0 && second.Value >= first.Value && last.Value >= 0 && second.Value <= length && last.Value <= length - second.Value)
        {
            Range = (first.Value, second.Value, second.Value + last.Value);
        }
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
