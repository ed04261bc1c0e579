// PNG samples to 8-bit grey or RGB, and transparency to an alpha plane.
// References: PNG Third Edition §11.2.1 (colour types), §11.3.1.1 (tRNS), §12.5 (sample depth rescaling).
namespace AnTin.Pdf;

internal static class PngColours
{
    public static PngImage Convert(PngChunks chunks, byte[] rows)
    {
        var header = chunks.Header;
        var hasColour = header.ColourType is 2 or 6 || (header.ColourType == 3 && !IsGrey(chunks.Palette));
        var channels = hasColour ? 3 : 1;
        var pixels = header.Width * header.Height;
        var samples = new byte[(long)pixels * channels];
        var alpha = new byte[pixels];
        for (int y = 0, pixel = 0; y < header.Height; y++)
        {
            var row = rows.AsSpan(y * header.RowBytes(header.Width), header.RowBytes(header.Width));
            for (var x = 0; x < header.Width; x++, pixel++)
                alpha[pixel] =
                    header.ColourType == 3
                        ? FromPalette(chunks, row, x, samples.AsSpan(pixel * channels, channels))
                        : FromSamples(chunks, row, x, samples.AsSpan(pixel * channels, channels));
        }
        ReadOnlyMemory<byte>? mask = alpha.AsSpan().ContainsAnyExcept((byte)255) ? alpha : default(ReadOnlyMemory<byte>?);
        return new PngImage(header.Width, header.Height, channels, samples, mask);
    }

    /// <summary>Sample number <paramref name="index"/> of a row of samples of 1, 2, 4 or 8 bits.</summary>
    public static int Sample(ReadOnlySpan<byte> row, int index, int bits)
    {
        var bit = index * bits;
        return (row[bit / 8] >> (8 - bits - (bit % 8))) & ((1 << bits) - 1);
    }

    private static byte FromPalette(PngChunks chunks, ReadOnlySpan<byte> row, int x, Span<byte> pixel)
    {
        var index = Sample(row, x, chunks.Header.BitDepth);
        if (index >= chunks.Palette.Length / 3)
            throw PngImage.Malformed("png.palette", "A pixel refers to a colour outside the palette.", x);
        chunks.Palette.AsSpan(3 * index, pixel.Length).CopyTo(pixel);
        return index < chunks.Transparency.Length ? chunks.Transparency[index] : (byte)255;
    }

    private static byte FromSamples(PngChunks chunks, ReadOnlySpan<byte> row, int x, Span<byte> pixel)
    {
        var header = chunks.Header;
        var depth = header.BitDepth;
        var matchesTransparent = chunks.Transparency.Length > 0;
        for (var channel = 0; channel < pixel.Length; channel++)
        {
            var index = (x * header.Channels) + channel;
            var value = depth == 16 ? (row[2 * index] << 8) | row[(2 * index) + 1] : Sample(row, index, depth);
            pixel[channel] = (byte)(depth == 16 ? value >> 8 : value * 255 / ((1 << depth) - 1));
            if (matchesTransparent)
                matchesTransparent = value == TransparentValue(chunks.Transparency, channel, depth);
        }
        if (header.ColourType is 4 or 6)
            return row[((x * header.Channels) + pixel.Length) * (depth / 8)];
        return matchesTransparent ? (byte)0 : (byte)255;
    }

    // §11.3.1.1: two bytes a channel, of which samples of less than 16 bits use the low bits.
    private static int TransparentValue(byte[] transparency, int channel, int depth) =>
        ((transparency[2 * channel] << 8) | transparency[(2 * channel) + 1]) & ((1 << depth) - 1);

    private static bool IsGrey(byte[] palette)
    {
        for (var i = 0; i < palette.Length; i += 3)
            if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2])
                return false;
        return true;
    }
}
