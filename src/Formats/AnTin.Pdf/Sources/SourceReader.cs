namespace AnTin.Pdf.Sources;

/// <summary>
/// Windows on a source. Memory is read in place; anything else goes through a small cache of pages, so that memory use does
/// not depend on the size of the file. Not for several threads.
/// </summary>
internal sealed class SourceReader(IRandomAccessSource source)
{
    // 64 KiB pages: one ranged read of a remote store is not cheaper below that. 64 of them: 4 MiB, enough for a cross-reference
    // section of 200,000 objects together with the objects around it.
    private const int PageSize = 64 * 1024;
    private const int PageLimit = 64;

    private readonly ReadOnlyMemory<byte>? memory = (source as MemorySource)?.Bytes;
    private readonly Dictionary<long, Page> pages = [];
    private byte[] scratch = [];
    private long clock;

    public IRandomAccessSource Source { get; } = source;

    public long Length { get; } = source.Length;

    /// <summary>
    /// The bytes from <paramref name="offset"/>: at least <paramref name="length"/> of them unless the source ends before.
    /// Valid until the next call.
    /// </summary>
    public ReadOnlySpan<byte> Window(long offset, int length)
    {
        if (offset >= Length || offset < 0) return default;
        if (memory is { } all) return all.Span[(int)offset..];
        length = (int)Math.Min(length, Length - offset);
        var inPage = (int)(offset % PageSize);
        if (inPage + length <= PageSize) return GetPage(offset / PageSize)[inPage..];

        if (scratch.Length < length) scratch = new byte[Math.Max(length, scratch.Length * 2)];
        var filled = 0;
        while (filled < length)
        {
            var at = offset + filled;
            var part = GetPage(at / PageSize)[(int)(at % PageSize)..];
            if (part.Length > length - filled) part = part[..(length - filled)];
            part.CopyTo(scratch.AsSpan(filled));
            filled += part.Length;
        }

        return scratch.AsSpan(0, length);
    }

    /// <summary>A copy of a range that lies inside the source; in memory, the range itself.</summary>
    public ReadOnlyMemory<byte> Bytes(long offset, int length)
    {
        if (memory is { } all) return all.Slice((int)offset, length);
        var bytes = new byte[length];
        var read = Source.Read(offset, bytes);
        if (read != length) throw new PdfFormatException("file.short", "The source ended before its length", offset);
        return bytes;
    }

    private ReadOnlySpan<byte> GetPage(long number)
    {
        if (!pages.TryGetValue(number, out var page))
        {
            page = pages.Count < PageLimit ? new Page() : TakeOldest();
            var start = number * PageSize;
            page.Length = Source.Read(start, page.Bytes);
            if (page.Length != Math.Min(PageSize, Length - start)) throw new PdfFormatException("file.short", "The source ended before its length", start);
            pages[number] = page;
            page.Number = number;
        }

        page.Used = ++clock;
        return page.Bytes.AsSpan(0, page.Length);
    }

    private Page TakeOldest()
    {
        Page? oldest = null;
        foreach (var page in pages.Values)
        {
            if (oldest is null || page.Used < oldest.Used) oldest = page;
        }

        pages.Remove(oldest!.Number);
        return oldest;
    }

    private sealed class Page
    {
        public byte[] Bytes { get; } = new byte[PageSize];

        public int Length { get; set; }

        public long Number { get; set; }

        public long Used { get; set; }
    }
}
