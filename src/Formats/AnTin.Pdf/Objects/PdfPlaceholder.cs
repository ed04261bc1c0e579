namespace AnTin.Pdf;

/// <summary>
/// Room kept in place of an object, whose place is remembered so that it can be filled in the finished file: a signature's
/// /Contents and /ByteRange (ISO 32000-2:2020, 12.8.1).
/// </summary>
/// <param name="open">First byte.</param>
/// <param name="fill">The bytes between.</param>
/// <param name="close">Last byte.</param>
/// <param name="length">All of them; at least 2.</param>
public sealed class PdfPlaceholder(char open, char fill, char close, int length) : PdfObject
{
    /// <summary>Bytes kept.</summary>
    public int Length { get; } = length;

    /// <summary>Offset in the increment where they were written; -1 before.</summary>
    public int WrittenAt { get; private set; } = -1;

    internal void WriteTo(Span<byte> destination, int at)
    {
        WrittenAt = at;
        destination[..Length].Fill((byte)fill);
        destination[0] = (byte)open;
        destination[Length - 1] = (byte)close;
    }
}
