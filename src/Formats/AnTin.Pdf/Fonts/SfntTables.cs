// The table directory of a font file, as sfnt (TrueType) or wrapped in WOFF 1.0.
// References: ISO/IEC 14496-22:2019 (Open Font Format) §4.3, §4.4; W3C WOFF File Format 1.0 (2012) §3-§5.
// Limits: one font a file (no TrueType collections), glyf outlines only, no WOFF 2.0. Table checksums are not
// checked: a damaged table shows up where it is read, and fonts inside PDF files often carry wrong ones.
using System.Buffers.Binary;
using System.IO.Compression;

namespace AnTin.Pdf;

internal sealed class SfntTables
{
    private const uint WoffSignature = 0x774F4646;
    private const uint TrueTypeVersion = 0x00010000;
    private const uint AppleTrueTypeVersion = 0x74727565;

    // Largest sum of unpacked tables. CJK fonts embedded whole reach about 20 MB; twice that is refused.
    private const int MaximumSize = 40 * 1024 * 1024;

    private readonly Dictionary<uint, ReadOnlyMemory<byte>> tables;

    private SfntTables(Dictionary<uint, ReadOnlyMemory<byte>> tables) => this.tables = tables;

    /// <summary>Reads the directory of an sfnt file. Tables are slices of <paramref name="file"/>.</summary>
    /// <exception cref="PdfFormatException">The directory is malformed.</exception>
    public static SfntTables ReadSfnt(ReadOnlyMemory<byte> file)
    {
        var data = new FontData(file);
        var version = data.UInt32(0);
        if (version is not (TrueTypeVersion or AppleTrueTypeVersion))
            throw FontData.Malformed("font.version", "The font is not a TrueType font with glyf outlines.", 0);
        var count = data.UInt16(4);
        var found = new Dictionary<uint, ReadOnlyMemory<byte>>(count);
        for (var i = 0; i < count; i++)
        {
            var entry = 12 + (16 * i);
            // The first of two tables with one tag counts, as in common rasterisers.
            found.TryAdd(data.UInt32(entry), data.Slice(data.UInt32(entry + 8), data.UInt32(entry + 12)));
        }
        return new SfntTables(found);
    }

    /// <summary>Unpacks a WOFF 1.0 file.</summary>
    /// <exception cref="PdfFormatException">The file is malformed, or its tables unpack to more than they say.</exception>
    public static SfntTables ReadWoff(ReadOnlyMemory<byte> file)
    {
        var data = new FontData(file);
        if (data.UInt32(0) != WoffSignature)
            throw FontData.Malformed("font.woff", "The file does not start with the WOFF signature.", 0);
        if (data.UInt32(4) is not (TrueTypeVersion or AppleTrueTypeVersion))
            throw FontData.Malformed("font.version", "The font is not a TrueType font with glyf outlines.", 4);
        var count = data.UInt16(12);
        var found = new Dictionary<uint, ReadOnlyMemory<byte>>(count);
        long total = 0;
        for (var i = 0; i < count; i++)
        {
            var entry = 44 + (20 * i);
            var length = data.UInt32(entry + 12);
            total += length;
            if (total > MaximumSize)
                throw FontData.Malformed("font.size", "The font unpacks to more than 40 MB.", entry);
            var packed = data.Slice(data.UInt32(entry + 4), data.UInt32(entry + 8));
            found.TryAdd(data.UInt32(entry), Unpack(packed, (int)length, entry));
        }
        return new SfntTables(found);
    }

    public FontData? Find(string tag)
    {
        var key = ((uint)tag[0] << 24) | ((uint)tag[1] << 16) | ((uint)tag[2] << 8) | tag[3];
        return tables.TryGetValue(key, out var table) ? new FontData(table) : null;
    }

    public FontData Require(string tag) => Find(tag) ?? throw FontData.Malformed("font.table", $"The font has no '{tag}' table.", 0);

    // WOFF 1.0 §5: a table is stored as it is when compression did not make it smaller.
    private static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> packed, int length, int entry)
    {
        if (packed.Length == length)
            return packed;
        if (packed.Length > length)
            throw FontData.Malformed("font.woff", "A packed table is longer than its unpacked form.", entry);
        var table = new byte[length];
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
            if (zlib.ReadAtLeast(table, length, throwOnEndOfStream: false) != length || zlib.ReadByte() >= 0)
                throw FontData.Malformed("font.woff", "A packed table does not unpack to the length it states.", entry);
        }
        catch (InvalidDataException exception)
        {
            throw FontData.Malformed("font.woff", "A packed table is not a zlib stream: " + exception.Message, entry);
        }
        return table;
    }
}

/// <summary>Big-endian reading with bounds; anything outside is a malformed font.</summary>
internal readonly struct FontData(ReadOnlyMemory<byte> bytes)
{
    public int Length => bytes.Length;

    public ReadOnlySpan<byte> Span => bytes.Span;

    public byte UInt8(long offset) => Read(offset, 1)[0];

    public ushort UInt16(long offset) => BinaryPrimitives.ReadUInt16BigEndian(Read(offset, 2));

    public short Int16(long offset) => BinaryPrimitives.ReadInt16BigEndian(Read(offset, 2));

    public uint UInt32(long offset) => BinaryPrimitives.ReadUInt32BigEndian(Read(offset, 4));

    public ReadOnlyMemory<byte> Slice(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > bytes.Length || length > bytes.Length - offset)
            throw Malformed("font.truncated", "The font refers to bytes outside itself.", offset);
        return bytes.Slice((int)offset, (int)length);
    }

    private ReadOnlySpan<byte> Read(long offset, int length) => Slice(offset, length).Span;

    public static PdfFormatException Malformed(string code, string message, long offset) => new(code, message, offset);
}
