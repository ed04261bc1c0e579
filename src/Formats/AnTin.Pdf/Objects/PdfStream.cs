namespace AnTin.Pdf;

/// <summary>
/// A stream: its dictionary, and either where its raw (still encoded) data lies in the file or the data itself.
/// <see cref="PdfDocument.RawData"/> and <see cref="PdfDocument.Decode(PdfStream)"/> read it.
/// </summary>
public sealed class PdfStream : PdfObject
{
    /// <summary>Makes a stream to be written. /Length is set when it is written.</summary>
    public PdfStream(PdfDictionary dictionary, ReadOnlyMemory<byte> data)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        Dictionary = dictionary;
        Data = data;
        DataOffset = -1;
        DataLength = data.Length;
    }

    internal PdfStream(PdfDictionary dictionary, long dataOffset, long dataLength)
    {
        Dictionary = dictionary;
        DataOffset = dataOffset;
        DataLength = dataLength;
    }

    /// <summary>The stream dictionary.</summary>
    public PdfDictionary Dictionary { get; }

    /// <summary>Byte offset of the raw data in the file; -1 for a stream made in memory.</summary>
    public long DataOffset { get; }

    /// <summary>Length of the raw data.</summary>
    public long DataLength { get; }

    /// <summary>The raw data of a stream made in memory.</summary>
    internal ReadOnlyMemory<byte> Data { get; }

    /// <summary>Equal dictionaries and the same place of the same file, or the same bytes in memory; not a comparison of data read from different places.</summary>
    public override bool Equals(object? obj) =>
        ReferenceEquals(this, obj)
        || (obj is PdfStream other && DataOffset == other.DataOffset && DataLength == other.DataLength
            && (DataOffset >= 0 || Data.Span.SequenceEqual(other.Data.Span)) && Dictionary.Equals(other.Dictionary));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(DataOffset, DataLength);

    /// <inheritdoc/>
    public override string ToString() => $"{Dictionary} stream[{DataLength}]";
}
