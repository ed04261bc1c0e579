// Cross-reference data of ISO 32000-2:2020: 7.5.4 (tables), 7.5.5 (trailer), 7.5.6 (incremental updates), 7.5.8 (streams,
// hybrid files), Annex F (linearized files). Offsets count from the percent sign of the header (7.5.2).
// Limits: nothing is rebuilt. Tolerated, because no reader differs on them: white space before the section, entries whose
// end of line is not two bytes long, and table entries "in use" at offset 0, which count as free.

using AnTin.Pdf.Syntax;

namespace AnTin.Pdf.Xref;

internal sealed class XrefReader(PdfDocument document, ObjectReader objects, long headerOffset)
{
    private const int EntrySize = 20;

    // One page of entries at a time, so that a section of a million objects does not need a window of 20 MB.
    private const int EntriesAtOnce = 3_200;

    private long entriesLeft = objects.Limits.XrefEntries;

    /// <summary>Follows the /Prev chain. Newest first.</summary>
    public List<PdfRevision> ReadChain(long startXref)
    {
        var revisions = new List<PdfRevision>();
        var visited = new HashSet<long>(4);
        long? next = startXref;
        while (next is { } offset)
        {
            if (!visited.Add(offset)) throw new PdfFormatException("xref.cycle", "The chain of cross-reference sections returns to itself", offset);
            if (visited.Count > objects.Limits.Revisions) throw new PdfFormatException("limit.revisions", "The file has too many cross-reference sections", offset);
            var section = ReadSection(offset);
            ReadHybrid(section, visited);
            next = Previous(section);
            XrefSection? second = null;
            if (next is { } later && later > offset)
            {
                second = ReadLinearizedMain(section, later, visited);
                next = null;
            }

            revisions.Add(new PdfRevision(section, second));
        }

        return revisions;
    }

    private XrefSection ReadLinearizedMain(XrefSection first, long offset, HashSet<long> visited)
    {
        // Annex F.3: only the first-page section of a linearized original points forward, and the section there is the last of the chain.
        if (!visited.Add(offset)) throw new PdfFormatException("xref.cycle", "The chain of cross-reference sections returns to itself", offset);
        if (!document.StartsLinearized()) throw new PdfFormatException("xref.prev-order", "/Prev points forward in a file that is not linearized", first.Offset);
        var main = ReadSection(offset);
        ReadHybrid(main, visited);
        if (Previous(main) is not null) throw new PdfFormatException("xref.prev-order", "The main section of a linearized file has a /Prev", offset);
        return main;
    }

    private long? Previous(XrefSection section) => section.Trailer["Prev"] switch
    {
        null => null,
        PdfInteger prev => FromHeader(prev.Value, section.Offset),
        _ => throw new PdfFormatException("xref.prev", "/Prev is not an integer", section.Offset),
    };

    private long FromHeader(long value, long at)
    {
        if (value < 0 || value >= objects.Source.Length - headerOffset) throw new PdfFormatException("xref.offset", "A cross-reference offset lies outside the file", at);
        return value + headerOffset;
    }

    private void ReadHybrid(XrefSection section, HashSet<long> visited)
    {
        if (section.IsStream || section.Trailer["XRefStm"] is not { } named) return;
        if (named is not PdfInteger offset) throw new PdfFormatException("xref.hybrid", "/XRefStm is not an integer", section.Offset);
        var at = FromHeader(offset.Value, section.Offset);
        if (!visited.Add(at)) throw new PdfFormatException("xref.cycle", "The chain of cross-reference sections returns to itself", at);
        var hidden = ReadSection(at);
        if (!hidden.IsStream) throw new PdfFormatException("xref.hybrid", "/XRefStm does not point to a cross-reference stream", at);
        section.Hybrid = hidden;
    }

    private XrefSection ReadSection(long offset)
    {
        var afterKeyword = objects.Read(offset, static (ref PdfParser p) => p.TryKeyword("xref"u8) ? p.Offset : -1);
        var section = afterKeyword >= 0 ? ReadTable(offset, afterKeyword) : ReadStream(offset);
        if (!section.Seal()) throw new PdfFormatException("xref.overlap", "An object number stands twice in one cross-reference section", offset);
        return section;
    }

    private XrefSection ReadTable(long offset, long position)
    {
        var section = new XrefSection { Offset = offset, IsStream = false };
        while (true)
        {
            var (isTrailer, first, count, after) = objects.Read(position, ReadSubsectionHead);
            if (isTrailer)
            {
                (section.Trailer, section.End) = objects.Read(after, ReadTrailer);
                return section;
            }

            RequireRange(first, count, position);
            section.Begin((int)first, (int)count);
            position = ReadEntries(section, after, (int)count);
        }
    }

    private static (bool IsTrailer, long First, long Count, long After) ReadSubsectionHead(ref PdfParser parser)
    {
        if (parser.TryKeyword("trailer"u8)) return (true, 0, 0, parser.Offset);
        if (!parser.TryUnsigned(out var first) || !parser.TryUnsigned(out var count)) throw parser.Fault("xref.subsection", "A cross-reference subsection is malformed");
        // The entries start on the next line; what is skipped is blanks and one end of line.
        parser.SkipSpace();
        return (false, first, count, parser.Offset);
    }

    private static (PdfDictionary Trailer, long End) ReadTrailer(ref PdfParser parser)
    {
        if (parser.ReadObject() is not PdfDictionary trailer) throw parser.Fault("xref.trailer", "The trailer is not a dictionary");
        return (trailer, parser.Offset);
    }

    private void RequireRange(long first, long count, long at)
    {
        if (first + count > objects.Limits.ObjectNumber + 1L) throw new PdfFormatException("limit.object-number", "A cross-reference section names an object number above the limit", at);
        entriesLeft -= count;
        if (entriesLeft < 0) throw new PdfFormatException("limit.xref-entries", "The cross-reference data has too many entries", at);
    }

    private long ReadEntries(XrefSection section, long position, int count)
    {
        while (count > 0)
        {
            var batch = Math.Min(count, EntriesAtOnce);
            var window = objects.Source.Window(position, batch * EntrySize);
            if (window.Length > batch * EntrySize) window = window[..(batch * EntrySize)];
            var done = 0;
            while (window.Length >= EntrySize && TryFixedEntry(window, position, out var entry))
            {
                section.Add(entry);
                window = window[EntrySize..];
                position += EntrySize;
                done++;
            }

            count -= done;
            if (done == batch) continue;
            (var loose, position) = objects.Read(position, ReadLooseEntry);
            section.Add(loose);
            count--;
        }

        return position;
    }

    private bool TryFixedEntry(ReadOnlySpan<byte> bytes, long position, out XrefEntry entry)
    {
        entry = default;
        // nnnnnnnnnn SP ggggg SP (n|f) and two bytes of end of line: SP CR, SP LF or CR LF.
        if (bytes[10] != ' ' || bytes[16] != ' ' || !Characters.IsWhite(bytes[18]) || bytes[19] is not ((byte)'\n' or (byte)'\r')) return false;
        long location = 0;
        var generation = 0;
        for (var i = 0; i < 10; i++)
        {
            if (!Characters.IsDigit(bytes[i])) return false;
            location = (location * 10) + (bytes[i] - '0');
        }

        for (var i = 11; i < 16; i++)
        {
            if (!Characters.IsDigit(bytes[i])) return false;
            generation = (generation * 10) + (bytes[i] - '0');
        }

        entry = MakeEntry(bytes[17], location, generation, position);
        return true;
    }

    private (XrefEntry Entry, long After) ReadLooseEntry(ref PdfParser parser)
    {
        var start = parser.Offset;
        if (!parser.TryUnsigned(out var location) || !parser.TryUnsigned(out var generation)) throw parser.Fault("xref.entry", "A cross-reference entry is malformed");
        var kind = parser.ReadKeyword();
        if (kind.Length != 1) throw parser.Fault("xref.entry", "A cross-reference entry is malformed");
        var entry = MakeEntry(kind[0], location, (int)Math.Min(generation, int.MaxValue), start);
        parser.SkipSpace();
        return (entry, parser.Offset);
    }

    private XrefEntry MakeEntry(byte kind, long location, int generation, long position)
    {
        if (generation > 65_535) throw new PdfFormatException("xref.entry", "A generation number is above 65535", position);
        if (kind == 'f' || (kind == 'n' && location == 0)) return new XrefEntry(XrefKind.Free, location, generation);
        if (kind != 'n') throw new PdfFormatException("xref.entry", "A cross-reference entry is neither n nor f", position);
        return new XrefEntry(XrefKind.InFile, FromHeader(location, position), generation);
    }

    private XrefSection ReadStream(long offset)
    {
        IndirectObject found;
        try
        {
            found = objects.ReadIndirect(offset, static _ => PdfNull.Instance);
        }
        catch (PdfFormatException e) when (e.Code is "object.header")
        {
            throw new PdfFormatException("xref.missing", "There is no cross-reference section where one is said to be", offset, e);
        }

        if (found.Value is not PdfStream { Dictionary: var dictionary } stream || dictionary["Type"] is not PdfName { Value: "XRef" })
        {
            throw new PdfFormatException("xref.missing", "There is no cross-reference section where one is said to be", offset);
        }

        var section = new XrefSection { Offset = offset, IsStream = true, StreamNumber = found.Number, Trailer = dictionary, End = found.End };
        FillFromStream(section, dictionary, document.Decode(stream), offset);
        return section;
    }

    private void FillFromStream(XrefSection section, PdfDictionary dictionary, ReadOnlyMemory<byte> content, long offset)
    {
        var widths = Integers(dictionary["W"], offset);
        if (widths.Length < 3 || widths.Any(static w => w is < 0 or > 8)) throw new PdfFormatException("xref.stream", "/W is malformed", offset);
        if (dictionary["Size"] is not PdfInteger { Value: >= 0 } size) throw new PdfFormatException("xref.stream", "/Size is missing", offset);
        var index = dictionary["Index"] is { } given ? Integers(given, offset) : [0, size.Value];
        if (index.Length % 2 != 0) throw new PdfFormatException("xref.stream", "/Index is malformed", offset);
        var width = (int)widths.Sum();
        if (width == 0) throw new PdfFormatException("xref.stream", "/W is malformed", offset);
        var data = content.Span;
        for (var i = 0; i < index.Length; i += 2)
        {
            long first = index[i], count = index[i + 1];
            if (first < 0 || count < 0) throw new PdfFormatException("xref.stream", "/Index is malformed", offset);
            RequireRange(first, count, offset);
            if (data.Length / width < count) throw new PdfFormatException("xref.stream", "A cross-reference stream is shorter than its /Index says", offset);
            section.Begin((int)first, (int)count);
            for (var k = 0; k < count; k++)
            {
                section.Add(StreamEntry(data, widths, offset));
                data = data[width..];
            }
        }
    }

    // Table 18: the type is 1 when its width is 0; unknown types refer to the null object.
    private XrefEntry StreamEntry(ReadOnlySpan<byte> data, long[] widths, long offset)
    {
        int w0 = (int)widths[0], w1 = (int)widths[1], w2 = (int)widths[2];
        var type = w0 == 0 ? 1 : Field(data[..w0], offset);
        var second = Field(data.Slice(w0, w1), offset);
        var third = Field(data.Slice(w0 + w1, w2), offset);
        return type switch
        {
            0 => new XrefEntry(XrefKind.Free, second, (int)Math.Min(third, 65_535)),
            1 when third > 65_535 => throw new PdfFormatException("xref.entry", "A generation number is above 65535", offset),
            1 when second == 0 => new XrefEntry(XrefKind.Free, 0, (int)third),
            1 => new XrefEntry(XrefKind.InFile, FromHeader(second, offset), (int)third),
            2 when second > objects.Limits.ObjectNumber || third > int.MaxValue => throw new PdfFormatException("xref.entry", "An object stream's number is out of range", offset),
            2 => new XrefEntry(XrefKind.Compressed, second, (int)third),
            _ => new XrefEntry(XrefKind.Free, 0, 65_535),
        };
    }

    private static long Field(ReadOnlySpan<byte> bytes, long offset)
    {
        ulong value = 0;
        foreach (var b in bytes) value = (value << 8) | b;
        return value <= long.MaxValue ? (long)value : throw new PdfFormatException("xref.entry", "A field of a cross-reference stream is too large", offset);
    }

    private static long[] Integers(PdfObject? value, long offset)
    {
        if (value is not PdfArray array) throw new PdfFormatException("xref.stream", "An array is missing from a cross-reference stream", offset);
        var numbers = new long[array.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (array[i] is not PdfInteger number) throw new PdfFormatException("xref.stream", "An array of a cross-reference stream holds something other than integers", offset);
            numbers[i] = number.Value;
        }

        return numbers;
    }
}
