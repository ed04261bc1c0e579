// The stream filters of ISO 32000-2:2020, 7.4: ASCIIHexDecode, ASCII85Decode, RunLengthDecode, FlateDecode. LZWDecode and
// the predictors have their own files.
// Limits: DCTDecode, JPXDecode, CCITTFaxDecode and JBIG2Decode are pictures and are left to whoever draws them.

using System.IO.Compression;
using System.Runtime.InteropServices;

namespace AnTin.Pdf.Filters;

internal static class Filters
{
    /// <summary>Inflates zlib data (RFC 1950). Bytes after the end of the zlib stream are ignored, as all readers do.</summary>
    public static byte[] Flate(ReadOnlyMemory<byte> data, int limit)
    {
        if (!MemoryMarshal.TryGetArray(data, out var segment)) segment = new ArraySegment<byte>(data.ToArray());
        using var output = new DecodeOutput(limit);
        try
        {
            using var input = new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
            using var inflater = new ZLibStream(input, CompressionMode.Decompress);
            int read;
            while ((read = inflater.Read(output.Free())) > 0) output.Advance(read);
        }
        catch (InvalidDataException e)
        {
            throw new PdfFormatException("filter.flate", "FlateDecode data is damaged", innerException: e);
        }
        catch (IOException e)
        {
            throw new PdfFormatException("filter.flate", "FlateDecode data is damaged", innerException: e);
        }

        return output.ToArray();
    }

    public static byte[] AsciiHex(ReadOnlySpan<byte> data, int limit)
    {
        using var output = new DecodeOutput(limit);
        var high = -1;
        foreach (var b in data)
        {
            if (b == '>') break;
            if (Syntax.Characters.IsWhite(b)) continue;
            var value = Syntax.Characters.HexValue(b);
            if (value < 0) throw new PdfFormatException("filter.ascii-hex", "ASCIIHexDecode data holds another character");
            if (high < 0)
            {
                high = value;
            }
            else
            {
                output.Append((byte)((high << 4) | value));
                high = -1;
            }
        }

        if (high >= 0) output.Append((byte)(high << 4));
        return output.ToArray();
    }

    public static byte[] Ascii85(ReadOnlySpan<byte> data, int limit)
    {
        using var output = new DecodeOutput(limit);
        ulong group = 0;
        var count = 0;
        foreach (var b in data)
        {
            if (b == '~') break;
            if (Syntax.Characters.IsWhite(b)) continue;
            if (b == 'z' && count == 0)
            {
                output.Append(0, 4);
                continue;
            }

            if (b is < (byte)'!' or > (byte)'u') throw Bad85();
            group = (group * 85) + (uint)(b - '!');
            if (++count < 5) continue;
            Append85(output, group, 4);
            group = 0;
            count = 0;
        }

        if (count == 1) throw Bad85();
        if (count > 1)
        {
            for (var i = count; i < 5; i++) group = (group * 85) + 84;
            Append85(output, group, count - 1);
        }

        return output.ToArray();
    }

    public static byte[] RunLength(ReadOnlySpan<byte> data, int limit)
    {
        using var output = new DecodeOutput(limit);
        for (var i = 0; i < data.Length;)
        {
            int length = data[i++];
            if (length == 128) break;
            if (length < 128)
            {
                if (i + length + 1 > data.Length) throw BadRun();
                output.Append(data.Slice(i, length + 1));
                i += length + 1;
            }
            else
            {
                if (i >= data.Length) throw BadRun();
                output.Append(data[i++], 257 - length);
            }
        }

        return output.ToArray();
    }

    private static void Append85(DecodeOutput output, ulong group, int bytes)
    {
        if (group > uint.MaxValue) throw Bad85();
        for (var i = 0; i < bytes; i++) output.Append((byte)((group >> (24 - (8 * i))) & 0xFF));
    }

    private static PdfFormatException Bad85() => new("filter.ascii85", "ASCII85Decode data is damaged");

    private static PdfFormatException BadRun() => new("filter.run-length", "RunLengthDecode data ends inside a run");
}
