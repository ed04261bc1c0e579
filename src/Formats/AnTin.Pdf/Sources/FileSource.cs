using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace AnTin.Pdf;

/// <summary>
/// A file read by position, without a shared cursor. The file must not change while it is in use: it is opened so that
/// other openers may read but not write, where the operating system can enforce that.
/// </summary>
public sealed class FileSource : IRandomAccessSource, IDisposable
{
    // 256 KiB keeps system calls rare and the block inside the second-level cache of small machines.
    private const int HashBlock = 256 * 1024;

    private readonly SafeFileHandle handle;

    /// <summary>Opens the file for reading.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public FileSource(string path)
    {
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Length = RandomAccess.GetLength(handle);
    }

    /// <inheritdoc/>
    public long Length { get; }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var total = 0;
        while (total < destination.Length)
        {
            var read = RandomAccess.Read(handle, destination[total..], offset + total);
            if (read == 0) break;
            total += read;
        }

        return total;
    }

    /// <inheritdoc/>
    public void HashRange(long offset, long length, IncrementalHash hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        SourceRange.Require(this, offset, length);
        var block = ArrayPool<byte>.Shared.Rent(HashBlock);
        try
        {
            while (length > 0)
            {
                var want = (int)Math.Min(length, HashBlock);
                var read = Read(offset, block.AsSpan(0, want));
                if (read != want) throw new IOException("The file became shorter while it was read.");
                hash.AppendData(block.AsSpan(0, read));
                offset += read;
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
