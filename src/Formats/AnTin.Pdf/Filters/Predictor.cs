// Predictors of FlateDecode and LZWDecode, ISO 32000-2:2020, 7.4.4.4: TIFF 2 (TIFF 6.0 section 14) and PNG (ISO/IEC 15948 clause 9).

namespace AnTin.Pdf.Filters;

internal static class Predictor
{
    public static byte[] Undo(byte[] data, int predictor, int colors, int bits, int columns)
    {
        if (predictor == 1) return data;
        if (colors is < 1 or > 32 || bits is not (1 or 2 or 4 or 8 or 16) || columns is < 1 or > (1 << 24)) throw Bad("Predictor parameters are out of range");
        var pixel = Math.Max(1, colors * bits / 8);
        var rowLong = (((long)colors * bits * columns) + 7) / 8;
        if (rowLong > int.MaxValue - 1) throw Bad("Predictor parameters are out of range");
        var row = (int)rowLong;
        return predictor switch
        {
            2 => UndoTiff(data, colors, bits, columns, row),
            >= 10 and <= 15 => UndoPng(data, row, pixel),
            _ => throw Bad("The predictor is unknown"),
        };
    }

    private static byte[] UndoPng(byte[] data, int row, int pixel)
    {
        // A last row may be short: the data simply ends there.
        var rows = (data.Length + (long)row) / (row + 1L);
        var output = new byte[Math.Max(0, data.Length - rows)];
        int from = 0, to = 0;
        ReadOnlySpan<byte> above = new byte[row];
        while (from < data.Length)
        {
            var kind = data[from++];
            var length = Math.Min(row, data.Length - from);
            var line = output.AsSpan(to, length);
            data.AsSpan(from, length).CopyTo(line);
            UndoPngRow(kind, line, above, pixel);
            above = line;
            from += length;
            to += length;
        }

        return output;
    }

    private static void UndoPngRow(byte kind, Span<byte> line, ReadOnlySpan<byte> above, int pixel)
    {
        switch (kind)
        {
            case 0:
                break;
            case 1:
                for (var i = pixel; i < line.Length; i++) line[i] = unchecked((byte)(line[i] + line[i - pixel]));
                break;
            case 2:
                for (var i = 0; i < line.Length; i++) line[i] = unchecked((byte)(line[i] + above[i]));
                break;
            case 3:
                for (var i = 0; i < line.Length; i++) line[i] = unchecked((byte)(line[i] + (((i >= pixel ? line[i - pixel] : 0) + above[i]) / 2)));
                break;
            case 4:
                for (var i = 0; i < line.Length; i++)
                {
                    int left = i >= pixel ? line[i - pixel] : 0, corner = i >= pixel ? above[i - pixel] : 0;
                    line[i] = unchecked((byte)(line[i] + Paeth(left, above[i], corner)));
                }

                break;
            default:
                throw Bad("A row has an unknown PNG predictor");
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        int a = Math.Abs(estimate - left), b = Math.Abs(estimate - above), c = Math.Abs(estimate - corner);
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }

    private static byte[] UndoTiff(byte[] data, int colors, int bits, int columns, int row)
    {
        for (var start = 0; start < data.Length; start += row)
        {
            var line = data.AsSpan(start, Math.Min(row, data.Length - start));
            if (bits == 8)
            {
                for (var i = colors; i < line.Length; i++) line[i] = unchecked((byte)(line[i] + line[i - colors]));
            }
            else if (bits == 16)
            {
                for (var i = 2 * colors; i + 1 < line.Length; i += 2)
                {
                    var sum = (line[i] << 8) + line[i + 1] + (line[i - (2 * colors)] << 8) + line[i - (2 * colors) + 1];
                    line[i] = (byte)((sum >> 8) & 0xFF);
                    line[i + 1] = (byte)(sum & 0xFF);
                }
            }
            else
            {
                UndoTiffBits(line, colors, bits, columns);
            }
        }

        return data;
    }

    private static void UndoTiffBits(Span<byte> line, int colors, int bits, int columns)
    {
        var mask = (1 << bits) - 1;
        var previous = new int[colors];
        var samples = Math.Min((long)columns * colors, (long)line.Length * 8 / bits);
        for (var sample = 0; sample < samples; sample++)
        {
            var bit = (long)sample * bits;
            var shift = 8 - bits - (int)(bit % 8);
            ref var cell = ref line[(int)(bit / 8)];
            var value = (((cell >> shift) & mask) + previous[sample % colors]) & mask;
            previous[sample % colors] = value;
            cell = (byte)((cell & ~(mask << shift)) | (value << shift));
        }
    }

    private static PdfFormatException Bad(string message) => new("filter.predictor", message);
}
