using AnTin.Pdf;

namespace AnTin.Formats.Tests.Fonts;

public sealed class TrueTypeTests
{
    private static byte[] Woff(string file)
    {
        using var stream = typeof(FontStack).Assembly.GetManifestResourceStream($"AnTin.Pdf.Tinos.{file}.woff")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    [Theory]
    [InlineData("latin")]
    [InlineData("vietnamese")]
    [InlineData("latin-ext")]
    public void A_subset_keeps_outlines_and_widths(string file)
    {
        var font = TrueTypeFont.FromWoff(Woff(file));
        var used = Enumerable.Range(1, font.GlyphCount - 1).Where(glyph => glyph % 3 == 0).ToList();
        var subset = new TrueTypeSubset(font, used);
        var copy = TrueTypeFont.FromSfnt(subset.Build());

        Assert.Equal(subset.Glyphs.Count, copy.GlyphCount);
        Assert.Equal(0, subset.Glyphs[0]);
        foreach (var (original, renumbered) in subset.Glyphs)
        {
            Assert.Equal(font.AdvanceWidth(original), copy.AdvanceWidth(renumbered));
            Assert.Equal(font.LeftSideBearing(original), copy.LeftSideBearing(renumbered));
            var before = font.Outline(original).Span;
            var after = copy.Outline(renumbered).Span;
            Assert.True(after.Length - before.Length is >= 0 and < 4);
            if (before.Length > 0 && before[0] < 0x80)
                Assert.True(after[..before.Length].SequenceEqual(before));
        }
    }

    [Fact]
    public void A_subset_holds_the_parts_of_composite_letters()
    {
        var font = TrueTypeFont.FromWoff(Woff("vietnamese"));
        var composite = Enumerable
            .Range(1, font.GlyphCount - 1)
            .First(glyph => font.Outline(glyph) is { Length: > 0 } outline && outline.Span[0] >= 0x80);
        var subset = new TrueTypeSubset(font, [composite]);
        Assert.True(subset.Glyphs.Count > 2, ".notdef, the letter and its parts");
        Assert.Equal(subset.Glyphs.Count, TrueTypeFont.FromSfnt(subset.Build()).GlyphCount);
    }

    [Fact]
    public void Checksums_of_a_subset_are_right()
    {
        var file = new TrueTypeSubset(FontStack.Tinos.Fonts[0], [3, 4, 5]).Build();
        uint sum = 0;
        for (var i = 0; i < file.Length; i += 4)
            sum = unchecked(sum + System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(i)));
        Assert.Equal(0xB1B0AFBA, sum);
    }

    [Fact]
    public void The_same_glyphs_in_another_order_give_the_same_bytes() =>
        Assert.Equal(
            new TrueTypeSubset(FontStack.Tinos.Fonts[0], [40, 7, 12]).Build(),
            new TrueTypeSubset(FontStack.Tinos.Fonts[0], [12, 40, 7, 7]).Build()
        );

    [Fact]
    public void Damaged_fonts_are_refused_and_nothing_else_happens()
    {
        var woff = Woff("vietnamese");
        var sfnt = new TrueTypeSubset(FontStack.Tinos.Fonts[1], Enumerable.Range(0, 60)).Build();
        var random = new Random(20260701);
        var refused = 0;
        for (var round = 0; round < 3000; round++)
        {
            var damaged = (byte[])(round % 2 == 0 ? woff : sfnt).Clone();
            for (var i = 0; i <= round % 8; i++)
                damaged[random.Next(round % 3 == 0 ? 300 : damaged.Length)] = (byte)random.Next(256);
            if (round % 5 == 0)
                damaged = damaged[..random.Next(damaged.Length)];
            try
            {
                var font = round % 2 == 0 ? TrueTypeFont.FromWoff(damaged) : TrueTypeFont.FromSfnt(damaged);
                new TrueTypeSubset(font, Enumerable.Range(0, font.GlyphCount)).Build();
            }
            catch (PdfFormatException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 300, 2999);
    }
}
