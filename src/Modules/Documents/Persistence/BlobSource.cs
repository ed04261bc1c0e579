using System.Buffers;
using System.Security.Cryptography;
using AnTin.Pdf;
using AnTin.Platform.Blobs;

namespace AnTin.Modules.Documents.Persistence;

/// <summary>A stored file as the format libraries read it. Owns the reader.</summary>
internal sealed class BlobSource(BlobReader reader) : IRandomAccessSource, IDisposable
{
    private const int Block = 1 << 20;

    public long Length => reader.Length;

    public int Read(long offset, Span<byte> destination) => reader.Read(offset, destination);

    public void HashRange(long offset, long length, IncrementalHash hash)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(Block, Math.Max(length, 1)));
        try
        {
            while (length > 0)
            {
                int read = reader.Read(offset, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)));
                if (read == 0)
                    throw new EndOfStreamException("The stored file ended before its length.");
                hash.AppendData(buffer.AsSpan(0, read));
                offset += read;
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public Stream OpenStream() => reader.OpenStream();

    public void Dispose() => reader.Dispose();
}
