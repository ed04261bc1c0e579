// Object streams, ISO 32000-2:2020, 7.5.7.

using AnTin.Pdf.Syntax;

namespace AnTin.Pdf.Xref;

/// <summary>A decoded object stream; its objects are parsed when asked for.</summary>
internal sealed class ObjectStreamContent
{
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly (int Number, int Offset)[] index;
    private readonly PdfObject?[] parsed;
    private readonly long place;

    private ObjectStreamContent(ReadOnlyMemory<byte> bytes, (int Number, int Offset)[] index, long place)
    {
        this.bytes = bytes;
        this.index = index;
        this.place = place;
        parsed = new PdfObject?[index.Length];
    }

    public static ObjectStreamContent Read(PdfDocument document, PdfStream stream, long place)
    {
        var dictionary = stream.Dictionary;
        if (document.Get<PdfName>(dictionary, "Type") is not { Value: "ObjStm" }
            || document.Get<PdfInteger>(dictionary, "N") is not { Value: >= 0 } n
            || document.Get<PdfInteger>(dictionary, "First") is not { Value: >= 0 } first)
        {
            throw new PdfFormatException("object-stream.dictionary", "An object stream's dictionary lacks what it must have", place);
        }

        var decoded = document.Decode(stream);
        // Two numbers of at least one digit with a separator each: four bytes an object.
        if (first.Value > decoded.Length || n.Value > (first.Value / 4) + 1) throw Bad(place);
        var header = new PdfParser(decoded.Span[..(int)first.Value], 0, isFinal: true, document.Limits);
        var entries = new (int, int)[n.Value];
        for (var i = 0; i < entries.Length; i++)
        {
            if (!header.TryUnsigned(out var number) || !header.TryUnsigned(out var offset)) throw Bad(place);
            if (number < 1 || number > document.Limits.ObjectNumber || offset > decoded.Length - first.Value) throw Bad(place);
            entries[i] = ((int)number, (int)(first.Value + offset));
        }

        return new ObjectStreamContent(decoded, entries, place);
    }

    public PdfObject Get(int number, int position, PdfLimits limits)
    {
        if ((uint)position >= (uint)index.Length || index[position].Number != number)
        {
            throw new PdfFormatException("object-stream.index", $"Object {number} is not where the cross-reference data says in its object stream", place);
        }

        return parsed[position] ??= Parse(index[position].Offset, limits);
    }

    private PdfObject Parse(int offset, PdfLimits limits)
    {
        try
        {
            return new PdfParser(bytes.Span[offset..], 0, isFinal: true, limits).ReadObject();
        }
        catch (PdfFormatException e) when (e.Offset >= 0)
        {
            // Offsets inside decoded data mean nothing to the reader of the message.
            throw new PdfFormatException(e.Code, "An object in an object stream is malformed", place, e);
        }
    }

    private static PdfFormatException Bad(long place) => new("object-stream.header", "An object stream's index is malformed", place);
}
