using System.Security.Cryptography;

namespace AnTin.Pdf;

/// <summary>
/// Bytes that can be read anywhere: memory, a file, ranges of a remote object. Length and content stay the same while it is in use.
/// Implementations may be read from several threads at once.
/// </summary>
public interface IRandomAccessSource
{
    /// <summary>Size in bytes.</summary>
    long Length { get; }

    /// <summary>Reads from <paramref name="offset"/> as many bytes as exist and fit.</summary>
    /// <returns>The number of bytes read; less than asked for only at the end.</returns>
    int Read(long offset, Span<byte> destination);

    /// <summary>Adds a range to a running hash, wherever the bytes are; a remote source may hash on its own side.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the source.</exception>
    void HashRange(long offset, long length, IncrementalHash hash);
}

internal static class SourceRange
{
    /// <summary>Refuses a range that leaves the source.</summary>
    public static void Require(IRandomAccessSource source, long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, source.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, source.Length - offset);
    }
}
