// Unpacking of PNG picture data: zlib, scanline filters, Adam7 interlace.
// References: PNG Third Edition §7.2 (scanlines), §8 (Adam7), §9 (filters), §10 (deflate).
using System.IO.Compression;

namespace AnTin.Pdf;

internal static class PngScanlines
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
    [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];

    /// <summary>Rows from the top, each padded to whole bytes, in the picture's own bit depth.</summary>
    public static byte[] Unpack(PngHeader header, byte[] data)
    {
        using var zlib = new ZLibStream(new MemoryStream(data, writable: false), CompressionMode.Decompress);
        var rows = new byte[checked((long)header.RowBytes(header.Width) * header.Height)];
        try
        {
            if (!header.Interlaced)
                ReadPass(zlib, header, header.Width, header.Height, (row, y) => row.CopyTo(rows.AsSpan(y * row.Length)));
            else
                foreach (var pass in Adam7)
                    ReadInterlaced(zlib, header, pass, rows);
        }
        catch (InvalidDataException exception)
        {
            throw PngImage.Malformed("png.data", "The picture's data is not a zlib stream: " + exception.Message, 0);
        }
        return rows;
    }

    private static void ReadInterlaced(Stream zlib, PngHeader header, (int X, int Y, int StepX, int StepY) pass, byte[] rows)
    {
        var width = (header.Width - pass.X + pass.StepX - 1) / pass.StepX;
        var height = (header.Height - pass.Y + pass.StepY - 1) / pass.StepY;
        if (width <= 0 || height <= 0)
            return;
        var rowBytes = header.RowBytes(header.Width);
        ReadPass(
            zlib,
            header,
            width,
            height,
            (row, y) =>
            {
                var target = rows.AsSpan((pass.Y + (y * pass.StepY)) * rowBytes, rowBytes);
                for (var x = 0; x < width; x++)
                    CopyPixel(row, x, target, pass.X + (x * pass.StepX), header.BitsPerPixel);
            }
        );
    }

    private delegate void RowSink(ReadOnlySpan<byte> row, int y);

    private static void ReadPass(Stream zlib, PngHeader header, int width, int height, RowSink sink)
    {
        var length = header.RowBytes(width);
        var pixelBytes = Math.Max(1, header.BitsPerPixel / 8);
        byte[] row = new byte[length + 1],
            previous = new byte[length];
        for (var y = 0; y < height; y++)
        {
            if (zlib.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) != row.Length)
                throw PngImage.Malformed("png.data", "The picture has fewer rows than its header says.", y);
            var samples = row.AsSpan(1);
            Unfilter(row[0], samples, previous, pixelBytes);
            sink(samples, y);
            samples.CopyTo(previous);
        }
    }

    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> previous, int pixelBytes)
    {
        if (filter > 4)
            throw PngImage.Malformed("png.filter", "A row of the picture has a filter that does not exist.", 0);
        for (var i = 0; i < row.Length; i++)
        {
            int left = i >= pixelBytes ? row[i - pixelBytes] : 0;
            int up = previous[i];
            var predicted = filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, i >= pixelBytes ? previous[i - pixelBytes] : 0),
                _ => 0,
            };
            row[i] = (byte)((row[i] + predicted) & 0xFF);
        }
    }

    internal static int Paeth(int left, int up, int upLeft)
    {
        var estimate = left + up - upLeft;
        int toLeft = Math.Abs(estimate - left),
            toUp = Math.Abs(estimate - up),
            toUpLeft = Math.Abs(estimate - upLeft);
        return toLeft <= toUp && toLeft <= toUpLeft ? left
            : toUp <= toUpLeft ? up
            : upLeft;
    }

    private static void CopyPixel(ReadOnlySpan<byte> source, int from, Span<byte> target, int to, int bits)
    {
        if (bits >= 8)
        {
            var bytes = bits / 8;
            source.Slice(from * bytes, bytes).CopyTo(target[(to * bytes)..]);
            return;
        }
        var value = PngColours.Sample(source, from, bits);
        var bit = to * bits;
        target[bit / 8] |= (byte)(value << (8 - bits - (bit % 8)));
    }
}
