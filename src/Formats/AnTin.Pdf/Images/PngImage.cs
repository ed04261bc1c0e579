// PNG pictures, decoded to 8-bit samples for image XObjects.
// References: W3C Portable Network Graphics (PNG) Specification, Third Edition (2025) §5 (chunks), §7-§9 (interlace,
// filters), §11 (chunk contents); ISO 32000-2:2020 §11.6.5.2 (soft masks).
// Limits: all colour types, bit depths and both interlace methods; 16-bit samples keep their high byte; colour
// management chunks (gAMA, cHRM, iCCP, sRGB, cICP) and animation are ignored; a chunk with a wrong CRC is refused.
using System.Buffers.Binary;

namespace AnTin.Pdf;

/// <summary>A decoded picture: rows from the top, without padding.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Channels">1 grey or 3 RGB.</param>
/// <param name="Samples">Width × Height × Channels bytes.</param>
/// <param name="Alpha">Width × Height bytes, 255 opaque; null when every pixel is opaque.</param>
public sealed record PngImage(int Width, int Height, int Channels, ReadOnlyMemory<byte> Samples, ReadOnlyMemory<byte>? Alpha)
{
    /// <summary>Largest picture decoded by default, in pixels: A4 at 300 dpi is 8.7 million; a seal of 42 mm at 1200 dpi 3.9.</summary>
    public const int DefaultPixelLimit = 16_000_000;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Decodes a PNG file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="pixelLimit">Larger pictures are refused before anything is unpacked.</param>
    /// <exception cref="PdfFormatException">The file is not a PNG, is malformed, or is larger than the limit.</exception>
    public static PngImage Decode(ReadOnlyMemory<byte> file, int pixelLimit = DefaultPixelLimit)
    {
        var chunks = PngChunks.Read(file, Signature, pixelLimit);
        var samples = PngScanlines.Unpack(chunks.Header, chunks.Data);
        return PngColours.Convert(chunks, samples);
    }

    internal static PdfFormatException Malformed(string code, string message, long offset) => new(code, message, offset);
}

/// <summary>IHDR: colour type is 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha.</summary>
internal sealed record PngHeader(int Width, int Height, int BitDepth, int ColourType, bool Interlaced)
{
    public int Channels =>
        ColourType switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };

    public int BitsPerPixel => Channels * BitDepth;

    public int RowBytes(int width) => (int)((((long)width * BitsPerPixel) + 7) / 8);
}

/// <summary>What decoding needs of the file's chunks.</summary>
internal sealed record PngChunks(PngHeader Header, byte[] Palette, byte[] Transparency, byte[] Data)
{
    private static readonly uint[] CrcTable = BuildCrcTable();

    public static PngChunks Read(ReadOnlyMemory<byte> file, ReadOnlySpan<byte> signature, int pixelLimit)
    {
        var bytes = file.Span;
        if (bytes.Length < 8 || !bytes[..8].SequenceEqual(signature))
            throw PngImage.Malformed("png.signature", "The file is not a PNG picture.", 0);
        PngHeader? header = null;
        byte[] palette = [],
            transparency = [];
        using var data = new MemoryStream();
        for (var at = 8; ; )
        {
            var (type, content, next) = ReadChunk(bytes, at);
            if (header is null && type != "IHDR")
                throw PngImage.Malformed("png.header", "The picture does not start with its header.", at);
            switch (type)
            {
                case "IHDR" when header is null:
                    header = ReadHeader(content, pixelLimit);
                    break;
                case "PLTE":
                    palette = content.ToArray();
                    break;
                case "tRNS":
                    transparency = content.ToArray();
                    break;
                case "IDAT":
                    data.Write(content);
                    break;
                case "IEND":
                    return Check(new PngChunks(header!, palette, transparency, data.ToArray()), at);
                case var _ when char.IsUpper(type[0]):
                    // PNG §5.4: an unknown critical chunk means that the picture cannot be shown faithfully.
                    throw PngImage.Malformed("png.chunk", "The picture has a critical chunk that is not understood or stands twice.", at);
            }
            at = next;
        }
    }

    private static (string Type, byte[] Content, int Next) ReadChunk(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes.Length - at < 12)
            throw PngImage.Malformed("png.truncated", "The picture ends before its end chunk.", at);
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
        if (length > bytes.Length - at - 12)
            throw PngImage.Malformed("png.truncated", "A chunk of the picture is longer than the file.", at);
        var typed = bytes.Slice(at + 4, (int)length + 4);
        if (Crc(typed) != BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 8 + (int)length)..]))
            throw PngImage.Malformed("png.crc", "A chunk of the picture is damaged.", at);
        return (System.Text.Encoding.Latin1.GetString(typed[..4]), typed[4..].ToArray(), at + 12 + (int)length);
    }

    private static PngHeader ReadHeader(ReadOnlySpan<byte> ihdr, int pixelLimit)
    {
        if (ihdr.Length != 13)
            throw PngImage.Malformed("png.header", "The picture's header has a wrong length.", 8);
        uint width = BinaryPrimitives.ReadUInt32BigEndian(ihdr),
            height = BinaryPrimitives.ReadUInt32BigEndian(ihdr[4..]);
        if (width == 0 || height == 0 || width > int.MaxValue || height > int.MaxValue)
            throw PngImage.Malformed("png.size", "The picture has no size.", 8);
        if ((ulong)width * height > (ulong)pixelLimit)
            throw PngImage.Malformed("png.limit", $"The picture has more than {pixelLimit} pixels.", 8);
        var depth = ihdr[8];
        var colour = ihdr[9];
        var allowed = colour switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!allowed || ihdr[10] != 0 || ihdr[11] != 0 || ihdr[12] > 1)
            throw PngImage.Malformed("png.header", "The picture's colour type, bit depth or method does not exist.", 8);
        return new PngHeader((int)width, (int)height, depth, colour, ihdr[12] == 1);
    }

    private static PngChunks Check(PngChunks chunks, long at)
    {
        var paletteFits = chunks.Header.ColourType != 3 || (chunks.Palette.Length is > 0 and <= 768 && chunks.Palette.Length % 3 == 0);
        var transparencyFits =
            chunks.Transparency.Length == 0
            || chunks.Header.ColourType switch
            {
                0 => chunks.Transparency.Length == 2,
                2 => chunks.Transparency.Length == 6,
                3 => chunks.Transparency.Length <= chunks.Palette.Length / 3,
                _ => false,
            };
        return paletteFits && transparencyFits
            ? chunks
            : throw PngImage.Malformed("png.palette", "The picture's palette or transparency does not fit its colour type.", at);
    }

    // ISO 3309, as PNG annex D describes it.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] BuildCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
