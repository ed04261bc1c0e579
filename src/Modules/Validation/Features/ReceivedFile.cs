using System.Buffers;
using System.Security.Cryptography;
using AnTin.Pdf;
using Microsoft.Win32.SafeHandles;

namespace AnTin.Modules.Validation.Features;

/// <summary>
/// A file somebody sent to have it verified. It lies in the temporary folder without a name for as long as it is being
/// looked at: on Unix the name is removed at once, so that even a kill leaves nothing behind; Windows removes it on closing.
/// Not trusted in any way.
/// </summary>
internal sealed class ReceivedFile : IRandomAccessSource, IDisposable
{
    private const int Block = 128 * 1024;

    private readonly SafeFileHandle _handle;

    private ReceivedFile(SafeFileHandle handle, string name, long length)
    {
        _handle = handle;
        Name = name;
        Length = length;
    }

    /// <summary>As the sender's computer called it; data, never a path.</summary>
    public string Name { get; }

    public long Length { get; }

    /// <summary>Copies the stream to its end.</summary>
    /// <returns>Null when there is more than <paramref name="limit"/> bytes: nothing is kept.</returns>
    public static async Task<ReceivedFile?> ReceiveAsync(Stream content, string name, long limit, CancellationToken ct)
    {
        SafeFileHandle handle = Create();
        byte[] block = ArrayPool<byte>.Shared.Rent(Block);
        bool kept = false;
        try
        {
            long length = 0;
            int read;
            while ((read = await content.ReadAsync(block.AsMemory(0, Block), ct)) > 0)
            {
                if (length + read > limit)
                    return null;
                await WriteAsync(handle, block.AsMemory(0, read), length, ct);
                length += read;
            }
            kept = true;
            return new ReceivedFile(handle, name, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            if (!kept)
                handle.Dispose();
        }
    }

    // Told apart from a broken upload: a full disk is ours to mend, not the sender's.
    private static async ValueTask WriteAsync(SafeFileHandle handle, ReadOnlyMemory<byte> bytes, long offset, CancellationToken ct)
    {
        try
        {
            await RandomAccess.WriteAsync(handle, bytes, offset, ct);
        }
        catch (IOException e)
        {
            throw new TemporaryStoreException(e);
        }
    }

    public int Read(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        int total = 0;
        int read;
        while (total < destination.Length && (read = RandomAccess.Read(_handle, destination[total..], offset + total)) > 0)
            total += read;
        return total;
    }

    public void HashRange(long offset, long length, IncrementalHash hash)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
        byte[] block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            while (length > 0)
            {
                int read = Read(offset, block.AsSpan(0, (int)Math.Min(length, Block)));
                if (read == 0)
                    throw new IOException("The temporary file became shorter while it was read.");
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

    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle Create()
    {
        string path = Path.Combine(Path.GetTempPath(), $"antin-verify-{Path.GetRandomFileName()}");
        SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete,
            FileOptions.Asynchronous | FileOptions.RandomAccess | FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return handle;
    }
}

/// <summary>The temporary folder cannot be written to: full, or gone.</summary>
internal sealed class TemporaryStoreException(Exception inner) : Exception("The temporary folder for files under verification cannot be written to.", inner);
