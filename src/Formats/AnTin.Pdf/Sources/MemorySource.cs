using System.Security.Cryptography;

namespace AnTin.Pdf;

/// <summary>A document that is in memory already; parsing reads it in place.</summary>
public sealed class MemorySource(ReadOnlyMemory<byte> bytes) : IRandomAccessSource
{
    /// <summary>The whole content.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <inheritdoc/>
    public long Length => Bytes.Length;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (offset >= Bytes.Length) return 0;
        var part = Bytes.Span[(int)offset..];
        if (part.Length > destination.Length) part = part[..destination.Length];
        part.CopyTo(destination);
        return part.Length;
    }

    /// <inheritdoc/>
    public void HashRange(long offset, long length, IncrementalHash hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        SourceRange.Require(this, offset, length);
        hash.AppendData(Bytes.Span.Slice((int)offset, (int)length));
    }
}
