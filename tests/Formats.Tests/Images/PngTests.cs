using System.Buffers.Binary;
using System.IO.Compression;
using AnTin.Pdf;

namespace AnTin.Formats.Tests.Images;

public sealed class PngTests
{
    public static TheoryData<int, int, bool> Forms()
    {
        var forms = new TheoryData<int, int, bool>();
        foreach (
            var (colour, depths) in new[] { (0, new[] { 1, 2, 4, 8, 16 }), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16]) }
        )
        foreach (var depth in depths)
        foreach (var interlaced in new[] { false, true })
            forms.Add(colour, depth, interlaced);
        return forms;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Decodes_every_colour_type_bit_depth_and_interlace(int colour, int depth, bool interlaced)
    {
        var picture = TestPicture.Random(13, 11, colour, depth, seed: (colour * 100) + depth);
        var image = PngImage.Decode(picture.Encode(interlaced));
        Assert.Equal((13, 11, picture.ExpectedChannels), (image.Width, image.Height, image.Channels));
        Assert.Equal(picture.ExpectedSamples(), image.Samples.ToArray());
        Assert.Equal(picture.ExpectedAlpha(), image.Alpha?.ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 9)]
    public void Decodes_interlaced_pictures_smaller_than_the_grid(int width, int height)
    {
        var picture = TestPicture.Random(width, height, 6, 8, seed: width);
        Assert.Equal(picture.ExpectedSamples(), PngImage.Decode(picture.Encode(interlaced: true)).Samples.ToArray());
    }

    [Fact]
    public void A_transparent_colour_becomes_alpha()
    {
        var picture = TestPicture.Random(8, 8, 0, 2, seed: 5) with { Transparency = [0, 2] };
        var alpha = PngImage.Decode(picture.Encode(interlaced: false)).Alpha!.Value.ToArray();
        Assert.Equal(picture.Samples.Select(sample => sample == 2 ? (byte)0 : (byte)255), alpha);
    }

    [Fact]
    public void A_larger_picture_than_allowed_is_refused_before_it_is_unpacked()
    {
        var huge = TestPicture.Random(2, 2, 6, 8, seed: 1).Encode(interlaced: false, width: 100_000, height: 100_000);
        Assert.Equal("png.limit", Assert.Throws<PdfFormatException>(() => PngImage.Decode(huge)).Code);
    }

    [Theory]
    [InlineData("png.signature", 0)]
    [InlineData("png.crc", 20)]
    [InlineData("png.crc", 50)]
    public void Names_what_is_wrong(string code, int damagedByte)
    {
        var file = TestPicture.Random(4, 4, 2, 8, seed: 2).Encode(interlaced: false);
        file[damagedByte] ^= 0x55;
        Assert.Equal(code, Assert.Throws<PdfFormatException>(() => PngImage.Decode(file)).Code);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var file = TestPicture.Random(4, 4, 3, 4, seed: 3).Encode(interlaced: true);
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<PdfFormatException>(() => PngImage.Decode(file.AsMemory(0, length)));
    }

    [Fact]
    public void Damaged_pictures_with_right_checksums_are_refused_or_decoded_and_nothing_else_happens()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var form = Forms().ToArray()[round % Forms().Count].Data;
            var picture = TestPicture.Random(9, 7, form.Item1, form.Item2, seed: round);
            var file = picture.Encode(form.Item3, damage: data => data[random.Next(data.Length)] = (byte)random.Next(256));
            try
            {
                PngImage.Decode(file);
            }
            catch (PdfFormatException)
            {
                // Refused, as it should be.
            }
        }
    }
}

/// <summary>A picture with known samples, and a PNG encoder independent of the decoder under test.</summary>
internal sealed record TestPicture(int Width, int Height, int Colour, int Depth, int[] Samples, byte[] Palette, byte[] Transparency)
{
    private static readonly (int X, int Y, int DX, int DY)[] Passes =
    [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];

    private int Channels =>
        Colour switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };

    public int ExpectedChannels => Colour is 2 or 3 or 6 ? 3 : 1;

    public static TestPicture Random(int width, int height, int colour, int depth, int seed)
    {
        var random = new Random(seed);
        var channels = colour switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        var samples = Enumerable.Range(0, width * height * channels).Select(_ => random.Next(1 << depth)).ToArray();
        byte[] palette = [],
            transparency = [];
        if (colour == 3)
        {
            palette = new byte[3 << depth];
            random.NextBytes(palette);
            transparency = [0, 128];
        }
        return new TestPicture(width, height, colour, depth, samples, palette, transparency);
    }

    public byte[] ExpectedSamples() =>
        Colour switch
        {
            3 => [.. Samples.SelectMany(index => Palette.AsSpan(3 * index, 3).ToArray())],
            4 => [.. Samples.Where((_, i) => i % 2 == 0).Select(To8)],
            6 => [.. Samples.Where((_, i) => i % 4 != 3).Select(To8)],
            _ => [.. Samples.Select(To8)],
        };

    public byte[]? ExpectedAlpha()
    {
        byte[] alpha = Colour switch
        {
            3 => [.. Samples.Select(index => index < Transparency.Length ? Transparency[index] : (byte)255)],
            4 => [.. Samples.Where((_, i) => i % 2 == 1).Select(To8)],
            6 => [.. Samples.Where((_, i) => i % 4 == 3).Select(To8)],
            _ => [255],
        };
        return alpha.All(value => value == 255) ? null : alpha;
    }

    public byte[] Encode(bool interlaced, int? width = null, int? height = null, Action<byte[]>? damage = null)
    {
        using var raw = new MemoryStream();
        foreach (var (x, y, dx, dy) in interlaced ? Passes : [(0, 0, 1, 1)])
            WritePass(raw, x, y, dx, dy);
        var data = raw.ToArray();
        damage?.Invoke(data);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(data);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width ?? Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height ?? Height);
        (header[8], header[9], header[12]) = ((byte)Depth, (byte)Colour, interlaced ? (byte)1 : (byte)0);
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR", header);
        Chunk(file, "tEXt", "Comment\0x"u8.ToArray());
        if (Palette.Length > 0)
            Chunk(file, "PLTE", Palette);
        if (Transparency.Length > 0)
            Chunk(file, "tRNS", Transparency);
        var all = packed.ToArray();
        Chunk(file, "IDAT", all[..(all.Length / 2)]);
        Chunk(file, "IDAT", all[(all.Length / 2)..]);
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private byte To8(int sample) => (byte)(Depth == 16 ? sample >> 8 : sample * 255 / ((1 << Depth) - 1));

    private void WritePass(MemoryStream raw, int x0, int y0, int dx, int dy)
    {
        var previous = Array.Empty<byte>();
        for (int y = y0, line = 0; y < Height; y += dy, line++)
        {
            var bits = new List<bool>();
            for (var x = x0; x < Width; x += dx)
            for (var channel = 0; channel < Channels; channel++)
            for (var bit = Depth - 1; bit >= 0; bit--)
                bits.Add(((Samples[(((y * Width) + x) * Channels) + channel] >> bit) & 1) != 0);
            if (bits.Count == 0)
                return;
            var row = new byte[(bits.Count + 7) / 8];
            for (var i = 0; i < bits.Count; i++)
                if (bits[i])
                    row[i / 8] |= (byte)(0x80 >> (i % 8));
            // Every filter type is used in turn.
            var filter = line % 5;
            raw.WriteByte((byte)filter);
            var step = Math.Max(1, Channels * Depth / 8);
            for (var i = 0; i < row.Length; i++)
            {
                int a = i >= step ? row[i - step] : 0,
                    b = i < previous.Length ? previous[i] : 0;
                int c = i >= step && i - step < previous.Length ? previous[i - step] : 0;
                raw.WriteByte(
                    unchecked(
                        (byte)(
                            row[i]
                            - filter switch
                            {
                                1 => a,
                                2 => b,
                                3 => (a + b) / 2,
                                4 => Nearest(a, b, c),
                                _ => 0,
                            }
                        )
                    )
                );
            }
            previous = row;
        }
    }

    private static int Nearest(int a, int b, int c)
    {
        var estimate = a + b - c;
        return new[] { a, b, c }
            .Select((value, i) => (value, Distance: Math.Abs(estimate - value), i))
            .OrderBy(x => x.Distance)
            .ThenBy(x => x.i)
            .First()
            .value;
    }

    private static void Chunk(MemoryStream file, string type, byte[] content)
    {
        var typed = System.Text.Encoding.ASCII.GetBytes(type).Concat(content).ToArray();
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(typed));
        file.Write(number);
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
