// Incremental updates, ISO 32000-2:2020, 7.5.6; file identifiers, 14.4. The new cross-reference section has the form of the
// last one: a table after a table (also after a hybrid file's), a stream after a stream.
// Limits: objects are never put into object streams; nothing is freed; a table cannot give offsets above 9,999,999,999.

using System.Buffers.Binary;
using System.Security.Cryptography;
using AnTin.Pdf.Writing;

namespace AnTin.Pdf;

/// <summary>
/// Changes to a document, written behind its last byte. The source is never touched: the new file is the old one followed by
/// what <see cref="Build"/> gives. The same calls give the same bytes.
/// </summary>
public sealed class PdfIncrement(PdfDocument document)
{
    private const long TableOffsetLimit = 9_999_999_999;

    private readonly Dictionary<int, (int Generation, PdfObject Value)> changed = [];
    private readonly Dictionary<string, PdfObject> trailerChanges = new(StringComparer.Ordinal);
    private int next = document.NextObjectNumber;

    /// <summary>The document that is changed.</summary>
    public PdfDocument Document { get; } = document;

    /// <summary>Number of objects added or replaced so far.</summary>
    public int Count => changed.Count;

    /// <summary>Takes a new object number; <see cref="Set"/> gives it its object.</summary>
    public PdfReference Reserve()
    {
        if (next > Document.Limits.ObjectNumber) throw new PdfFormatException("limit.object-number", "The document has no object number left");
        return new PdfReference(next++, 0);
    }

    /// <summary>Adds a new object.</summary>
    public PdfReference Add(PdfObject value)
    {
        var reference = Reserve();
        Set(reference, value);
        return reference;
    }

    /// <summary>Gives a reserved number its object, or changes an object added earlier.</summary>
    public void Set(PdfReference reference, PdfObject value)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(value);
        changed[reference.Number] = (reference.Generation, value);
    }

    /// <summary>Replaces an object of the document; its generation stays.</summary>
    /// <exception cref="PdfFormatException">The document has no such object.</exception>
    public void Replace(PdfReference reference, PdfObject value)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(value);
        if (!changed.ContainsKey(reference.Number))
        {
            var entry = Document.FindEntry(reference.Number);
            var generation = entry.Kind is XrefKind.Compressed ? 0 : entry.Extra;
            if (entry.Kind is not (XrefKind.InFile or XrefKind.Compressed) || generation != reference.Generation)
            {
                throw new PdfFormatException("object.missing", $"The object {reference} to be replaced does not exist");
            }
        }

        changed[reference.Number] = (reference.Generation, value);
    }

    /// <summary>The object as this increment leaves it: the new one when it was changed, else the document's.</summary>
    public PdfObject Current(PdfReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return changed.TryGetValue(reference.Number, out var entry) ? entry.Value : Document.Resolve(reference);
    }

    /// <summary>A dictionary object of the document as a copy that can be changed; the copy is part of this increment.</summary>
    public PdfDictionary Edit(PdfReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (changed.TryGetValue(reference.Number, out var entry) && entry.Value is PdfDictionary open) return open;
        if (Document.Resolve(reference) is not PdfDictionary dictionary) throw new PdfFormatException("object.type", $"The object {reference} is not a dictionary");
        var copy = dictionary.Copy();
        Replace(reference, copy);
        return copy;
    }

    /// <summary>An array as a copy that can be changed, where it is a direct value of a dictionary of this increment or an object of its own; a new one when absent.</summary>
    /// <param name="holder">A dictionary that is part of this increment.</param>
    /// <param name="key">Its key.</param>
    public PdfArray EditArray(PdfDictionary holder, string key)
    {
        ArgumentNullException.ThrowIfNull(holder);
        if (holder[key] is PdfReference reference)
        {
            if (changed.TryGetValue(reference.Number, out var entry) && entry.Value is PdfArray open) return open;
            if (Document.Resolve(reference) is PdfArray array)
            {
                var copy = array.Copy();
                Replace(reference, copy);
                return copy;
            }
        }

        var direct = (holder[key] as PdfArray)?.Copy() ?? new PdfArray();
        holder[key] = direct;
        return direct;
    }

    /// <summary>Changes an entry of the trailer, for instance /Info.</summary>
    public void SetTrailer(string key, PdfObject value) => trailerChanges[key] = value;

    /// <summary>Writes the update.</summary>
    /// <param name="seed">Any bytes that tell this update from another of the same file; the new second half of /ID is derived from them.</param>
    /// <returns>The bytes that follow the document.</returns>
    public byte[] Build(ReadOnlySpan<byte> seed = default)
    {
        using var output = new PdfOutput();
        Write(output, seed);
        return output.ToArray();
    }

    internal void Write(PdfOutput output, ReadOnlySpan<byte> seed)
    {
        var baseOffset = Document.Source.Length - Document.HeaderOffset;
        if (!EndsWithLineEnd()) output.Write((byte)'\n');
        var places = new List<(int Number, int Generation, long Offset)>(changed.Count + 1);
        var numbers = changed.Keys.ToArray();
        Array.Sort(numbers);
        foreach (var number in numbers)
        {
            var (generation, value) = changed[number];
            places.Add((number, generation, baseOffset + output.Length));
            ObjectWriter.WriteIndirect(output, number, generation, value, Document);
        }

        var trailer = MakeTrailer(seed);
        var xref = baseOffset + output.Length;
        if (Document.LastRevision.Form is XrefForm.Stream) WriteXrefStream(output, places, trailer, xref);
        else WriteXrefTable(output, places, trailer, xref);
        output.Write("startxref\n"u8);
        output.WriteInteger(xref);
        output.Write("\n%%EOF\n"u8);
    }

    private bool EndsWithLineEnd()
    {
        Span<byte> last = stackalloc byte[1];
        return Document.Source.Read(Document.Source.Length - 1, last) == 1 && last[0] is (byte)'\n' or (byte)'\r';
    }

    private PdfDictionary MakeTrailer(ReadOnlySpan<byte> seed)
    {
        var old = Document.Trailer;
        var trailer = new PdfDictionary().With("Size", PdfInteger.Of(next));
        // 7.5.5 and Table 15: everything but /Prev, /Size and what describes the section itself carries over.
        foreach (ref readonly var entry in old.Entries)
        {
            if (entry.Key.Value is "Size" or "Prev" or "XRefStm" or "ID" or "Type" or "W" or "Index" or "Length" or "Filter" or "DecodeParms" or "DL") continue;
            trailer[entry.Key.Value] = entry.Value;
        }

        foreach (var (key, value) in trailerChanges) trailer[key] = value;
        trailer["Prev"] = PdfInteger.Of(Document.LastRevision.XrefOffset - Document.HeaderOffset);
        trailer["ID"] = MakeIdentifier(seed);
        return trailer;
    }

    // 14.4: the first half stays as the file was born, the second changes with every update.
    private PdfArray MakeIdentifier(ReadOnlySpan<byte> seed)
    {
        var known = Document.Get<PdfArray>(Document.Trailer, "ID");
        var first = known is { Count: 2 } ? Document.Resolve(known[0]) as PdfString : null;
        var second = known is { Count: 2 } ? Document.Resolve(known[1]) as PdfString : null;
        var old = second is null ? [] : second.Bytes.Span;
        var told = new byte[old.Length + 8 + seed.Length];
        old.CopyTo(told);
        BinaryPrimitives.WriteInt64BigEndian(told.AsSpan(old.Length), Document.Source.Length);
        seed.CopyTo(told.AsSpan(old.Length + 8));
        var fresh = new PdfString(SHA256.HashData(told).AsMemory(0, 16), isHex: true);
        return new PdfArray(first is null ? fresh : new PdfString(first.Bytes, isHex: true), fresh);
    }

    private void WriteXrefTable(PdfOutput output, List<(int Number, int Generation, long Offset)> places, PdfDictionary trailer, long xref)
    {
        if (xref > TableOffsetLimit) throw new PdfFormatException("write.offset", "The file is too long for a cross-reference table", Document.Source.Length);
        output.Write("xref\n"u8);
        // The head of the list of free objects is repeated as it is: nothing is freed here.
        var head = Document.FindEntry(0);
        output.Write("0 1\n"u8);
        WriteEntry(output, head.Kind is XrefKind.Free ? head.Location : 0, head.Kind is XrefKind.Free ? head.Extra : 65_535, 'f');
        for (var i = 0; i < places.Count;)
        {
            var count = RunLength(places, i);
            output.WriteInteger(places[i].Number);
            output.Write((byte)' ');
            output.WriteInteger(count);
            output.Write((byte)'\n');
            for (var end = i + count; i < end; i++) WriteEntry(output, places[i].Offset, places[i].Generation, 'n');
        }

        output.Write("trailer\n"u8);
        ObjectWriter.Write(output, trailer);
        output.Write((byte)'\n');
    }

    private static void WriteEntry(PdfOutput output, long location, int generation, char kind)
    {
        output.WritePadded(location, 10);
        output.Write((byte)' ');
        output.WritePadded(generation, 5);
        output.Write((byte)' ');
        output.Write((byte)kind);
        output.Write(" \n"u8);
    }

    private void WriteXrefStream(PdfOutput output, List<(int Number, int Generation, long Offset)> places, PdfDictionary trailer, long xref)
    {
        var own = Reserve();
        places.Add((own.Number, 0, xref));
        var width = 1;
        while (width < 8 && xref >> (8 * width) != 0) width++;
        var data = new byte[places.Count * (1 + width + 2)];
        var at = 0;
        foreach (var (_, generation, offset) in places)
        {
            data[at++] = 1;
            for (var k = width - 1; k >= 0; k--) data[at++] = (byte)((offset >> (8 * k)) & 0xFF);
            data[at++] = (byte)(generation >> 8);
            data[at++] = (byte)(generation & 0xFF);
        }

        var index = new PdfArray();
        for (var i = 0; i < places.Count; i += RunLength(places, i))
        {
            index.Add(PdfInteger.Of(places[i].Number));
            index.Add(PdfInteger.Of(RunLength(places, i)));
        }

        trailer["Type"] = PdfName.Of("XRef");
        trailer["Size"] = PdfInteger.Of(next);
        trailer["Index"] = index;
        trailer["W"] = new PdfArray(PdfInteger.Of(1), PdfInteger.Of(width), PdfInteger.Of(2));
        ObjectWriter.WriteIndirect(output, own.Number, 0, new PdfStream(trailer, data), Document);
    }

    private static int RunLength(List<(int Number, int Generation, long Offset)> places, int from)
    {
        var count = 1;
        while (from + count < places.Count && places[from + count].Number == places[from].Number + count) count++;
        return count;
    }
}
