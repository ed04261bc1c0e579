namespace AnTin.Pdf;

/// <summary>
/// Bytes written as they stand in place of an object, whose place is remembered so that they can be replaced in the finished
/// file: a signature's /Contents and /ByteRange (ISO 32000-2:2020, 12.8.1).
/// </summary>
public sealed class PdfPlaceholder(ReadOnlyMemory<byte> bytes) : PdfObject
{
    /// <summary>The bytes to write.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Offset in the increment where they were written; -1 before.</summary>
    public int WrittenAt { get; internal set; } = -1;
}
