using System.IO.Compression;
using System.Text;
using AnTin.Pdf;
using AnTin.TestKit.Pdf;
using CsCheck;

namespace AnTin.Formats.Tests.Pdf;

public sealed class FilterTests
{
    public static TheoryData<string, string, string> Samples => new()
    {
        { "/ASCIIHexDecode", "48 65 6C 6c 6F 7>", "Hellop" },
        { "/ASCII85Decode", "87cURD]i,\"Ebo80~>", "Hello World!" },
        { "/ASCII85Decode", "z87cUR~>", "\0\0\0\0Hell" },
        { "/ASCII85Decode", "87cURDZ~>", "Hello" },
        { "/RunLengthDecode", "\u0002abc\u00fdx\u0080ignored", "abcxxxx" },
        // ISO 32000-2 7.4.4.2, EXAMPLE: 45 45 45 45 45 65 45 45 45 66 encodes to 80 0B 60 50 22 0C 0C 85 01.
        { "/LZWDecode", "\u0080\u000b\u0060\u0050\u0022\u000c\u000c\u0085\u0001", "-----A---B" },
        { "[/ASCIIHexDecode /RunLengthDecode]", "02616263FD7880>", "abcxxxx" },
        { "/Fl", "\u0078\u009c\u002b\u00cf\u0048\u00cc\u0003\u0000\u0003\u00cd\u0001\u0070", "" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Decodes(string filter, string data, string plain)
    {
        if (plain.Length == 0)
        {
            Assert.Throws<PdfFormatException>(() => Decode(filter, "", Encoding.Latin1.GetBytes(data)));
            return;
        }

        Assert.Equal(plain, Encoding.Latin1.GetString(Decode(filter, "", Encoding.Latin1.GetBytes(data))));
    }

    [Fact]
    public void Png_predictors_of_every_kind_are_undone() => Gen.Select(Gen.Int[1, 4], Gen.Int[1, 30], Gen.Int[1, 8], Gen.Byte.Array[0, 900], Gen.Int[0, 4].Array[30]).Sample(
        (colors, columns, seed, bytes, kinds) =>
        {
            var row = colors * columns;
            var rows = bytes.Length / row;
            var plain = bytes[..(rows * row)];
            var encoded = new MemoryStream();
            for (var y = 0; y < rows; y++)
            {
                var kind = kinds[(y + seed) % kinds.Length];
                encoded.WriteByte((byte)kind);
                for (var x = 0; x < row; x++)
                {
                    int left = x >= colors ? plain[(y * row) + x - colors] : 0, up = y > 0 ? plain[((y - 1) * row) + x] : 0;
                    int corner = x >= colors && y > 0 ? plain[((y - 1) * row) + x - colors] : 0;
                    var guess = kind switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) };
                    encoded.WriteByte(unchecked((byte)(plain[(y * row) + x] - guess)));
                }
            }

            var decoded = Decode("/FlateDecode", $"/DecodeParms << /Predictor 15 /Colors {colors} /Columns {columns} >>", Deflate(encoded.ToArray()));
            return decoded.AsSpan().SequenceEqual(plain);
        },
        iter: 300);

    [Theory]
    [InlineData(8, new byte[] { 1, 2, 3, 250 }, new byte[] { 1, 3, 6, 0 })]
    [InlineData(4, new byte[] { 0x12, 0x3F }, new byte[] { 0x13, 0x65 })]
    [InlineData(16, new byte[] { 0, 255, 0, 1 }, new byte[] { 0, 255, 1, 0 })]
    [InlineData(1, new byte[] { 0b1100_0001 }, new byte[] { 0b1000_0001 })]
    public void Tiff_predictors_are_undone(int bits, byte[] coded, byte[] plain)
    {
        var columns = coded.Length * 8 / bits;
        Assert.Equal(plain, Decode("/FlateDecode", $"/DecodeParms << /Predictor 2 /BitsPerComponent {bits} /Columns {columns} >>", Deflate(coded)));
    }

    [Fact]
    public void Pictures_are_left_as_they_are()
    {
        var document = Open("[/ASCIIHexDecode /DCTDecode]", "", "FFD8FF>"u8.ToArray());
        var content = document.DecodeUpToPicture((PdfStream)document.GetObject(3));
        Assert.Equal("DCTDecode", content.PictureFilter);
        Assert.Equal([0xFF, 0xD8, 0xFF], content.Bytes.ToArray());
    }

    private static byte[] Decode(string filter, string more, byte[] data)
    {
        var document = Open(filter, more, data);
        return document.Decode((PdfStream)document.GetObject(3)).ToArray();
    }

    private static PdfDocument Open(string filter, string more, byte[] data) => PdfDocument.Open(new MemorySource(MiniPdf.Table(
        "<< /Pages 2 0 R >>", "<< /Count 0 /Kids [] >>", $"<< /Filter {filter} {more} /Length {data.Length} >>\nstream\n{Encoding.Latin1.GetString(data)}\nendstream")));

    private static int Paeth(int a, int b, int c)
    {
        var p = a + b - c;
        int pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    private static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var deflater = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) deflater.Write(data);
        return packed.ToArray();
    }
}
