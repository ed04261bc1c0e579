using AnTin.Pdf.Sources;

namespace AnTin.Pdf.Syntax;

/// <summary>An indirect object as it stands in the file.</summary>
/// <param name="Number">Object number of its header.</param>
/// <param name="Generation">Generation of its header.</param>
/// <param name="Value">The object.</param>
/// <param name="End">File offset just after endobj.</param>
internal readonly record struct IndirectObject(int Number, int Generation, PdfObject Value, long End);

/// <summary>Reads indirect objects and other tokens at a place of the file, asking for more bytes as needed.</summary>
internal sealed class ObjectReader(SourceReader source, PdfLimits limits)
{
    // Nearly every object without its stream data is shorter.
    private const int FirstWindow = 4096;

    // Room for white space, endstream and endobj after stream data.
    private const int TailWindow = 256;

    public delegate T Reading<out T>(ref PdfParser parser);

    public SourceReader Source { get; } = source;

    public PdfLimits Limits { get; } = limits;

    /// <summary>Runs a parse at an offset, widening the window until the parse no longer meets its end.</summary>
    public T Read<T>(long offset, Reading<T> reading)
    {
        for (var size = FirstWindow; ; size = (int)Math.Min((long)size * 4, Limits.ObjectBytes))
        {
            var window = Source.Window(offset, size);
            if (window.Length > Limits.ObjectBytes) window = window[..Limits.ObjectBytes];
            var isFinal = offset + window.Length >= Source.Length;
            var parser = new PdfParser(window, offset, isFinal, Limits);
            try
            {
                return reading(ref parser);
            }
            catch (WindowEndException)
            {
                if (window.Length >= Limits.ObjectBytes) throw new PdfFormatException("limit.object-bytes", "An object is longer than allowed", offset);
            }
        }
    }

    /// <summary>Reads "n g obj … endobj". <paramref name="lengthOf"/> resolves an indirect /Length.</summary>
    public IndirectObject ReadIndirect(long offset, Func<PdfReference, PdfObject> lengthOf)
    {
        var head = Read(offset, ReadHead);
        if (head.DataOffset < 0) return new IndirectObject(head.Number, head.Generation, head.Value, head.End);

        var dictionary = (PdfDictionary)head.Value;
        var length = dictionary["Length"] switch
        {
            PdfReference reference => lengthOf(reference),
            { } direct => direct,
            null => PdfNull.Instance,
        };
        if (length is not PdfInteger { Value: >= 0 } count || count.Value > Source.Length - head.DataOffset)
        {
            throw new PdfFormatException("stream.length", "A stream has no usable /Length", offset);
        }

        var end = ReadTail(head.DataOffset + count.Value);
        return new IndirectObject(head.Number, head.Generation, new PdfStream(dictionary, head.DataOffset, count.Value), end);
    }

    private static Head ReadHead(ref PdfParser parser)
    {
        if (!parser.TryUnsigned(out var number) || !parser.TryUnsigned(out var generation) || !parser.TryKeyword("obj"u8))
        {
            throw parser.Fault("object.header", "No object starts here");
        }

        if (number < 1 || generation > 65_535) throw parser.Fault("object.header", "An object number or generation is out of range");
        var value = parser.ReadObject();
        if (parser.TryKeyword("endobj"u8)) return new Head((int)Math.Min(number, int.MaxValue), (int)generation, value, parser.Offset, -1);
        if (value is not PdfDictionary || !parser.TryKeyword("stream"u8)) throw parser.Fault("object.end", "An object does not end with endobj");
        return new Head((int)Math.Min(number, int.MaxValue), (int)generation, value, -1, parser.OffsetAfterStreamKeyword());
    }

    private long ReadTail(long offset)
    {
        var window = Source.Window(offset, TailWindow);
        if (window.Length > TailWindow) window = window[..TailWindow];
        var parser = new PdfParser(window, offset, isFinal: true, Limits);
        // 7.3.8.1: "endstream" follows the data; the end-of-line marker before it is not counted in /Length.
        if (!parser.TryKeyword("endstream"u8)) throw new PdfFormatException("stream.length", "endstream does not follow the stream's data", offset);
        parser.RequireKeyword("endobj"u8, "object.end");
        return parser.Offset;
    }

    private readonly record struct Head(int Number, int Generation, PdfObject Value, long End, long DataOffset);
}
