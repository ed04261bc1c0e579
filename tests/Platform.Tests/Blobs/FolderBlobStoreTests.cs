using System.Security.Cryptography;
using AnTin.Platform.Blobs;
using AnTin.TestKit;
using CsCheck;

namespace AnTin.Platform.Tests.Blobs;

public sealed class FolderBlobStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private FolderBlobStore Store => new(_folder["blobs"]);

    [Fact]
    public void Whatever_is_put_in_comes_out_whole_and_in_parts() =>
        Gen.Select(Gen.Byte.Array[0, 300_000], Gen.Int[0, 300_000], Gen.Int[0, 70_000]).Sample((content, offset, length) =>
        {
            BlobInfo info = Store.PutAsync(content, default).GetAwaiter().GetResult();
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), info.Id.Sha256);
            Assert.Equal(content.Length, info.Length);
            using BlobReader reader = Open(info.Id, BlobCheck.Verify)!;
            using Stream stream = reader.OpenStream();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Assert.Equal(content, copy.ToArray());

            int start = Math.Min(offset, content.Length);
            byte[] part = new byte[length];
            int read = reader.Read(start, part);
            Assert.Equal(Math.Min(length, content.Length - start), read);
            Assert.Equal(content.AsSpan(start, read), part.AsSpan(0, read));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            reader.HashRange(start, read, hash);
            Assert.Equal(SHA256.HashData(content.AsSpan(start, read)), hash.GetHashAndReset());
        }, iter: 40, threads: 1);

    [Fact]
    public async Task Nothing_is_visible_before_the_commit_and_nothing_is_left_without_it()
    {
        FolderBlobStore store = Store;
        await using (BlobWriter writer = await store.CreateAsync(default))
            await writer.Stream.WriteAsync("abandoned"u8.ToArray());
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
        Assert.Null(Open(new BlobId(Convert.ToHexStringLower(SHA256.HashData("abandoned"u8))), BlobCheck.Verify));
    }

    [Fact]
    public async Task The_same_content_twice_is_one_blob()
    {
        BlobInfo first = await Store.PutAsync("same"u8.ToArray(), default);
        BlobInfo second = await Store.PutAsync("same"u8.ToArray(), default);
        Assert.Equal(first, second);
        Assert.Single(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_same_content_from_many_writers_at_once_is_one_blob()
    {
        FolderBlobStore store = Store;
        byte[] content = RandomNumberGenerator.GetBytes(100_000);
        BlobInfo[] infos = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => store.PutAsync(content, default))));
        BlobInfo info = Assert.Single(infos.Distinct());
        using BlobReader? reader = Open(info.Id, BlobCheck.Verify);
        Assert.NotNull(reader);
    }

    [Fact]
    public async Task A_damaged_blob_is_refused_when_verified_and_heals_when_put_again()
    {
        BlobInfo info = await Store.PutAsync("the deed"u8.ToArray(), default);
        string file = Directory.EnumerateFiles(_folder.Path, info.Id.Sha256, SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, "the DEED");
        BlobIntegrityException refusal = await Assert.ThrowsAsync<BlobIntegrityException>(() => Store.OpenAsync(info.Id, BlobCheck.Verify, default).AsTask());
        Assert.Equal(info.Id, refusal.Id);

        await Store.PutAsync("the deed"u8.ToArray(), default);
        using BlobReader? healed = Open(info.Id, BlobCheck.Verify);
        Assert.NotNull(healed);
    }

    [Fact]
    public async Task A_truncated_blob_is_refused_when_verified()
    {
        BlobInfo info = await Store.PutAsync(new byte[5000], default);
        string file = Directory.EnumerateFiles(_folder.Path, info.Id.Sha256, SearchOption.AllDirectories).Single();
        await using (FileStream stream = File.OpenWrite(file))
            stream.SetLength(4999);
        await Assert.ThrowsAsync<BlobIntegrityException>(() => Store.OpenAsync(info.Id, BlobCheck.Verify, default).AsTask());
    }

    [Fact]
    public async Task Leftovers_of_killed_writers_go_and_those_of_living_ones_stay()
    {
        FolderBlobStore store = Store;
        string dead = _folder.Write("blobs/incoming/dead", "x"u8);
        string living = _folder.Write("blobs/incoming/living", "x"u8);
        var now = new DateTimeOffset(File.GetLastWriteTimeUtc(living), TimeSpan.Zero);
        File.SetLastWriteTimeUtc(dead, now.UtcDateTime.AddDays(-2));
        store.RemoveLeftovers(now);
        Assert.False(File.Exists(dead));
        Assert.True(File.Exists(living));
        await store.CheckAsync(default);
    }

    [Fact]
    public async Task A_full_disk_stores_nothing_and_says_so()
    {
        // /dev/full fails every write with ENOSPC, as a full disk does.
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full on this system");
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.Write, bufferSize: 1);
        await using var stream = new HashingStream(full, FolderBlobStore.IsFull);
        await Assert.ThrowsAsync<BlobStoreFullException>(() => stream.WriteAsync(new byte[1000]).AsTask());
        Assert.Throws<BlobStoreFullException>(() => stream.Write(new byte[1000]));
        stream.ReleaseHash();
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("../../../../../../../../../../../../etc/passwd0000000000000000000")]
    [InlineData("ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    public void Only_hashes_are_names_of_blobs(string name) => Assert.Throws<ArgumentException>(() => new BlobId(name));

    public void Dispose() => _folder.Dispose();

    private BlobReader? Open(BlobId id, BlobCheck check) => Store.OpenAsync(id, check, default).AsTask().GetAwaiter().GetResult();
}
