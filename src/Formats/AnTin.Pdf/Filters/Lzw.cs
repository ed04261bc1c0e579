// LZWDecode, ISO 32000-2:2020, 7.4.4: codes of 9 to 12 bits, most significant bit first, 256 clears, 257 ends.

namespace AnTin.Pdf.Filters;

internal static class Lzw
{
    private const int Clear = 256;
    private const int End = 257;
    private const int TableSize = 4096;

    public static byte[] Decode(ReadOnlySpan<byte> data, int earlyChange, int limit)
    {
        using var output = new DecodeOutput(limit);
        var prefix = new short[TableSize];
        var suffix = new byte[TableSize];
        var lengths = new int[TableSize];
        for (var i = 0; i < 256; i++)
        {
            suffix[i] = (byte)i;
            lengths[i] = 1;
        }

        var phrase = new byte[TableSize];
        int next = 258, width = 9, previous = -1;
        int bits = 0, held = 0, at = 0;
        while (true)
        {
            while (held < width && at < data.Length)
            {
                bits = ((bits << 8) | data[at++]) & 0xFFFFFF;
                held += 8;
            }

            if (held < width) break;
            var code = (bits >> (held - width)) & ((1 << width) - 1);
            held -= width;
            if (code == End) break;
            if (code == Clear)
            {
                next = 258;
                width = 9;
                previous = -1;
                continue;
            }

            // The code may be the one that this very step defines: previous phrase plus its own first byte.
            if (code >= 258 && (code > next || (code == next && previous < 0))) throw Bad();
            if (previous < 0 && code >= 258) throw Bad();
            if (previous >= 0)
            {
                if (next < TableSize)
                {
                    var first = FirstByte(code == next ? previous : code, prefix, suffix, lengths);
                    prefix[next] = (short)previous;
                    suffix[next] = first;
                    lengths[next] = lengths[previous] + 1;
                    next++;
                }
                else if (code == next)
                {
                    throw Bad();
                }
            }

            var length = lengths[code];
            for (int c = code, i = length - 1; i >= 0; i--)
            {
                phrase[i] = suffix[c];
                c = prefix[c];
            }

            output.Append(phrase.AsSpan(0, length));
            previous = code;
            if (next + earlyChange >= 1 << width && width < 12) width++;
        }

        return output.ToArray();
    }

    private static byte FirstByte(int code, short[] prefix, byte[] suffix, int[] lengths)
    {
        while (lengths[code] > 1) code = prefix[code];
        return suffix[code];
    }

    private static PdfFormatException Bad() => new("filter.lzw", "LZWDecode data is damaged");
}
