using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace AnTin.Platform.Blobs;

/// <summary>
/// Blobs in a folder: <c>ab/abcdef…</c> by hash. A blob appears by a rename after its bytes and before its name are on
/// disk, so a kill leaves either nothing or the whole file; leftovers in <c>incoming</c> are removed at start.
/// </summary>
internal sealed class FolderBlobStore : IBlobStore
{
    // ENOSPC on Linux and macOS, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows, EDQUOT on Linux.
    private static readonly HashSet<int> DiskFull = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    private readonly string _root;
    private readonly string _incoming;

    public FolderBlobStore(string root)
    {
        _root = Path.GetFullPath(root);
        _incoming = Path.Combine(_root, "incoming");
        Directory.CreateDirectory(_incoming);
    }

    /// <summary>Removes what killed writers left behind. Other nodes may be writing: only files older than a day go.</summary>
    public void RemoveLeftovers(DateTimeOffset now)
    {
        foreach (string file in Directory.EnumerateFiles(_incoming))
        {
            if (now.UtcDateTime - File.GetLastWriteTimeUtc(file) > TimeSpan.FromDays(1))
                File.Delete(file);
        }
    }

    public ValueTask<BlobWriter> CreateAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        string temporary = Path.Combine(_incoming, Path.GetRandomFileName());
        return ValueTask.FromResult<BlobWriter>(Guarded(() => new Writer(this, temporary)));
    }

    public async ValueTask<BlobReader?> OpenAsync(BlobId id, BlobCheck check, CancellationToken ct)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(PathOf(id), options: FileOptions.Asynchronous | FileOptions.RandomAccess);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        var reader = new Reader(id, handle);
        try
        {
            if (check == BlobCheck.Verify)
                await VerifyAsync(reader, ct);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public ValueTask<bool> ExistsAsync(BlobId id, CancellationToken ct) => ValueTask.FromResult(File.Exists(PathOf(id)));

    public async ValueTask CheckAsync(CancellationToken ct)
    {
        string probe = Path.Combine(_incoming, Path.GetRandomFileName());
        try
        {
            await File.WriteAllBytesAsync(probe, new byte[4096], ct);
        }
        finally
        {
            File.Delete(probe);
        }
    }

    private string PathOf(BlobId id) => Path.Combine(_root, id.Sha256[..2], id.Sha256);

    private static async Task VerifyAsync(Reader reader, CancellationToken ct)
    {
        await using Stream content = reader.OpenStream();
        byte[] hash = await SHA256.HashDataAsync(content, ct);
        if (Convert.ToHexStringLower(hash) != reader.Id.Sha256)
            throw new BlobIntegrityException(reader.Id);
    }

    // 1. bytes on disk; 2. name in the folder; 3. the folder on disk. Only after 3 may anybody be told.
    private BlobInfo Publish(string temporary, BlobId id, long length)
    {
        string target = PathOf(id);
        string folder = Path.GetDirectoryName(target)!;
        bool newFolder = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        // Over an existing file of the same name: the same bytes, and a damaged copy heals.
        File.Move(temporary, target, overwrite: true);
        FolderSync.Flush(folder);
        if (newFolder)
            FolderSync.Flush(_root);
        return new BlobInfo(id, length);
    }

    private static T Guarded<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (IOException e) when (IsFull(e))
        {
            throw new BlobStoreFullException(e);
        }
    }

    internal static bool IsFull(IOException e) => DiskFull.Contains(e.HResult);

    private sealed class Writer : BlobWriter
    {
        private readonly FolderBlobStore _store;
        private readonly string _temporary;
        private readonly FileStream _file;
        private readonly HashingStream _stream;
        private bool _committed;

        public Writer(FolderBlobStore store, string temporary)
        {
            _store = store;
            _temporary = temporary;
            _file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
            _stream = new HashingStream(_file, IsFull);
        }

        public override Stream Stream => _stream;

        public override async ValueTask<BlobInfo> CommitAsync(CancellationToken ct)
        {
            try
            {
                await _file.FlushAsync(ct);
                _file.Flush(flushToDisk: true);
                long length = _file.Length;
                await _file.DisposeAsync();
                var id = new BlobId(_stream.HashHex());
                BlobInfo info = _store.Publish(_temporary, id, length);
                _committed = true;
                return info;
            }
            catch (IOException e) when (IsFull(e))
            {
                throw new BlobStoreFullException(e);
            }
        }

        public override async ValueTask DisposeAsync()
        {
            try
            {
                await _file.DisposeAsync();
            }
            catch (IOException) when (!_committed)
            {
                // Flushing what is about to be deleted may fail on a full disk.
            }
            _stream.ReleaseHash();
            if (!_committed)
                File.Delete(_temporary);
        }
    }

    private sealed class Reader(BlobId id, SafeFileHandle handle) : BlobReader
    {
        public override BlobId Id => id;

        public override long Length { get; } = RandomAccess.GetLength(handle);

        public override int Read(long offset, Span<byte> destination)
        {
            int total = 0;
            while (total < destination.Length)
            {
                int read = RandomAccess.Read(handle, destination[total..], offset + total);
                if (read == 0)
                    break;
                total += read;
            }
            return total;
        }

        public override Stream OpenStream() => new BlobStream(this);

        protected override void Dispose(bool disposing) => handle.Dispose();
    }
}
