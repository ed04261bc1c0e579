using System.Buffers;
using System.Security.Cryptography;
using AnTin.Pdf;

namespace AnTin.Platform.Blobs;

/// <summary>The name of a blob: SHA-256 of its bytes, 64 lower-case hex digits.</summary>
public readonly record struct BlobId
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public BlobId(string sha256)
    {
        if (!IsValid(sha256))
            throw new ArgumentException("A blob id is 64 lower-case hex digits.", nameof(sha256));
        Sha256 = sha256;
    }

    public string Sha256 { get; }

    public static bool IsValid(string? sha256) =>
        sha256 is { Length: 64 } && sha256.AsSpan().IndexOfAnyExcept(HexDigits) < 0;

    public override string ToString() => Sha256;
}

public sealed record BlobInfo(BlobId Id, long Length);

/// <summary>Whether a reader proves the content against its name before the first byte is used.</summary>
public enum BlobCheck
{
    /// <summary>Hash everything first; costs one pass over the content.</summary>
    Verify,

    /// <summary>The caller verifies by other means (a signature over the content), or reads only a part of a large file.</summary>
    Trust,
}

/// <summary>
/// Content-addressed store of files. Not trusted: whoever owns it can read and destroy files, but not change one
/// unnoticed, since its name is its hash and every signature and evidence entry holds that hash.
/// </summary>
public interface IBlobStore
{
    /// <summary>Starts a new blob. Nothing is visible before <see cref="BlobWriter.CommitAsync"/>; disposing without it discards.</summary>
    /// <exception cref="BlobStoreFullException">No space: nothing was stored.</exception>
    ValueTask<BlobWriter> CreateAsync(CancellationToken ct);

    /// <returns>Null when there is no such blob.</returns>
    /// <exception cref="BlobIntegrityException">With <see cref="BlobCheck.Verify"/>: the bytes are not those of the name.</exception>
    ValueTask<BlobReader?> OpenAsync(BlobId id, BlobCheck check, CancellationToken ct);

    ValueTask<bool> ExistsAsync(BlobId id, CancellationToken ct);

    /// <summary>Proves that the store can be written to and has room; for readiness.</summary>
    ValueTask CheckAsync(CancellationToken ct);
}

/// <summary>A blob being written; use <see cref="Stream"/>, then commit.</summary>
public abstract class BlobWriter : IAsyncDisposable
{
    /// <summary>Write-only, not seekable.</summary>
    public abstract Stream Stream { get; }

    /// <summary>Makes the blob durable and visible. Repeating content that exists is no error.</summary>
    public abstract ValueTask<BlobInfo> CommitAsync(CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}

/// <summary>A blob opened for random access, as documents are read; thread-safe.</summary>
public abstract class BlobReader : IRandomAccessSource, IDisposable
{
    private const int BufferSize = 256 * 1024;

    public abstract BlobId Id { get; }

    public abstract long Length { get; }

    /// <summary>Fills as much of <paramref name="destination"/> as exists from <paramref name="offset"/>; returns the count.</summary>
    public abstract int Read(long offset, Span<byte> destination);

    public void HashRange(long offset, long length, IncrementalHash hash)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (long done = 0; done < length;)
            {
                int read = Read(offset + done, buffer.AsSpan(0, (int)Math.Min(BufferSize, length - done)));
                if (read == 0)
                    throw new EndOfStreamException($"Blob {Id} became shorter while it was read.");
                hash.AppendData(buffer, 0, read);
                done += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A seekable view with its own position; closing it leaves the reader open.</summary>
    public abstract Stream OpenStream();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

/// <summary>The stored bytes are not those of the name: the store is damaged or was tampered with.</summary>
public sealed class BlobIntegrityException(BlobId id) : Exception($"Blob {id} does not match its name.")
{
    public BlobId Id { get; } = id;
}

public sealed class BlobStoreFullException(Exception inner) : IOException("The blob store has no space left.", inner);

public static class BlobStoreExtensions
{
    public static async Task<BlobInfo> PutAsync(this IBlobStore store, Stream content, CancellationToken ct)
    {
        await using BlobWriter writer = await store.CreateAsync(ct);
        await content.CopyToAsync(writer.Stream, ct);
        return await writer.CommitAsync(ct);
    }

    public static async Task<BlobInfo> PutAsync(this IBlobStore store, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        await using BlobWriter writer = await store.CreateAsync(ct);
        await writer.Stream.WriteAsync(content, ct);
        return await writer.CommitAsync(ct);
    }
}
