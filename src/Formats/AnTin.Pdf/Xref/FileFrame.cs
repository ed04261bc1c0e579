// The frame of a file, ISO 32000-2:2020, 7.5.2 (header), 7.5.5 (startxref and %%EOF), 7.5.6 (updates).

using AnTin.Pdf.Syntax;

namespace AnTin.Pdf.Xref;

/// <summary>Finds the header and the last startxref, and where each revision ends.</summary>
internal sealed class FileFrame(ObjectReader objects)
{
    // ISO 32000-1 Annex H, implementation notes 13 and 18: readers look for the header in the first and %%EOF in the last 1024 bytes.
    private const int HeaderSearch = 1024;
    private const int TailSearch = 1024;

    /// <summary>File offset of %PDF-.</summary>
    public long FindHeader()
    {
        var window = objects.Source.Window(0, HeaderSearch + 8);
        if (window.Length > HeaderSearch + 8) window = window[..(HeaderSearch + 8)];
        var at = window.IndexOf("%PDF-"u8);
        return at >= 0 ? at : throw new PdfFormatException("file.not-pdf", "The file does not start with %PDF-", 0);
    }

    /// <summary>The version in the header, "1.7".</summary>
    public string ReadVersion(long header)
    {
        var window = objects.Source.Window(header, 16);
        if (window.Length >= 8 && Characters.IsDigit(window[5]) && window[6] == '.' && Characters.IsDigit(window[7])) return $"{(char)window[5]}.{(char)window[7]}";
        throw new PdfFormatException("file.version", "The header does not give a version", header);
    }

    /// <summary>The offset that the last startxref gives, counted from the header.</summary>
    public (long Keyword, long Value) FindLastStartXref()
    {
        var from = Math.Max(0, objects.Source.Length - TailSearch);
        var window = objects.Source.Window(from, TailSearch);
        var at = window.LastIndexOf("startxref"u8);
        if (at < 0) throw new PdfFormatException("file.startxref", "The file does not end with startxref", from);
        var keyword = from + at;
        var found = ReadStartXref(keyword) ?? throw new PdfFormatException("file.startxref", "startxref is not followed by an offset and %%EOF", keyword);
        return (keyword, found.Value);
    }

    /// <summary>Reads startxref, its number and the %%EOF line; null when something else stands there.</summary>
    public (long Keyword, long Value, long End)? ReadStartXref(long offset)
    {
        var window = objects.Source.Window(offset, TailSearch);
        if (window.Length > TailSearch) window = window[..TailSearch];
        var i = SkipWhite(window, 0);
        // 7.2.4: a comment counts as white space; producers sign their trailers with one.
        while (i < window.Length && window[i] == '%' && !window[i..].StartsWith("%%EOF"u8))
        {
            var eol = window[i..].IndexOfAny((byte)'\r', (byte)'\n');
            if (eol < 0) return null;
            i = SkipWhite(window, i + eol);
        }

        var keyword = offset + i;
        if (!window[i..].StartsWith("startxref"u8)) return null;
        i = SkipWhite(window, i + 9);
        long value = 0;
        var digits = 0;
        for (; i < window.Length && Characters.IsDigit(window[i]) && digits < 18; i++, digits++) value = (value * 10) + (window[i] - '0');
        if (digits == 0) return null;
        i = SkipWhite(window, i);
        if (!window[i..].StartsWith("%%EOF"u8)) return null;
        i += 5;
        // A blank between the marker and its line end is common and harmless.
        while (i < window.Length && window[i] is (byte)' ' or (byte)'\t') i++;
        if (i < window.Length && window[i] == '\r') i += i + 1 < window.Length && window[i + 1] == '\n' ? 2 : 1;
        else if (i < window.Length && window[i] == '\n') i++;
        else if (offset + i < objects.Source.Length) return null;
        return (keyword, value, offset + i);
    }

    /// <summary>Fills in Index, Start, End and Fault; the list is oldest first.</summary>
    public void Measure(IReadOnlyList<PdfRevision> revisions, long headerOffset, Func<PdfReference, PdfObject> lengthOf)
    {
        long start = 0;
        for (var i = 0; i < revisions.Count; i++)
        {
            var revision = revisions[i];
            revision.Index = i;
            revision.Start = start;
            var last = revision.Second ?? revision.Main;
            var frame = ReadStartXref(last.End) ?? ReadPastObjects(last, lengthOf);
            if (frame is not { } found)
            {
                revision.Fault = "revision.startxref";
                continue;
            }

            revision.StartXrefOffset = found.Keyword;
            revision.End = found.End;
            if (found.Value + headerOffset != revision.Main.Offset) revision.Fault = "revision.startxref-value";
            else if (revision.Main.Offset < start) revision.Fault = "revision.order";
            start = Math.Max(start, found.End);
        }
    }

    // 7.5.8.1: a cross-reference stream is an object like others, and others may follow it before startxref.
    private (long Keyword, long Value, long End)? ReadPastObjects(XrefSection section, Func<PdfReference, PdfObject> lengthOf)
    {
        if (!section.IsStream) return null;
        var at = section.End;
        for (var i = 0; i < objects.Limits.TreeNodes; i++)
        {
            try
            {
                at = objects.ReadIndirect(at, lengthOf).End;
            }
            catch (PdfFormatException)
            {
                return null;
            }

            if (ReadStartXref(at) is { } frame) return frame;
        }

        return null;
    }

    private static int SkipWhite(ReadOnlySpan<byte> window, int i)
    {
        while (i < window.Length && Characters.IsWhite(window[i])) i++;
        return Math.Min(i, window.Length);
    }
}
