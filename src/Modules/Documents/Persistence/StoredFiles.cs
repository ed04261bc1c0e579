using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Blobs;

namespace AnTin.Modules.Documents.Persistence;

/// <summary>The files of documents in the blob store. A file that no longer matches its hash is refused, never used.</summary>
internal sealed class StoredFiles(IBlobStore blobs)
{
    /// <summary>Opens a file after proving it against its hash: what is signed next is what the last act left.</summary>
    public async Task<Result<BlobSource>> OpenAsync(string sha256, CancellationToken ct)
    {
        try
        {
            BlobReader? reader = await blobs.OpenAsync(new BlobId(sha256), BlobCheck.Verify, ct);
            return reader is null ? DocumentErrors.FileDamaged() : new BlobSource(reader);
        }
        catch (BlobIntegrityException)
        {
            return DocumentErrors.FileDamaged();
        }
    }

    /// <summary>Keeps what the writer writes; durable when this returns.</summary>
    public async Task<Result<BlobInfo>> KeepAsync(Func<Stream, Task> write, CancellationToken ct)
    {
        try
        {
            await using BlobWriter writer = await blobs.CreateAsync(ct);
            await write(writer.Stream);
            return await writer.CommitAsync(ct);
        }
        catch (BlobStoreFullException)
        {
            return DocumentErrors.StorageFull();
        }
    }

    public async Task<ReadOnlyMemory<byte>?> ReadSmallAsync(string sha256, int limit, CancellationToken ct)
    {
        Result<BlobSource> opened = await OpenAsync(sha256, ct);
        if (!opened.IsSuccess)
            return null;
        using BlobSource source = opened.Value;
        if (source.Length > limit)
            return null;
        byte[] content = new byte[source.Length];
        return source.Read(0, content) == content.Length ? content : null;
    }
}
