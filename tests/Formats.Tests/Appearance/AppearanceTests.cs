using AnTin.Formats.Tests.Support;
using AnTin.Pdf;
using AnTin.TestKit;

namespace AnTin.Formats.Tests.Appearances;

public sealed class AppearanceTests
{
    // Top left quarter red, top right green, bottom left blue, bottom right clear.
    private static readonly PngImage Quarters = new(
        2,
        2,
        3,
        new byte[] { 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9 },
        new byte[] { 255, 255, 255, 0 }
    );

    public static TheoryData<string, double, double> Pages() =>
        new()
        {
            { "/MediaBox [0 0 595 842]", 595, 842 },
            { "/MediaBox [0 0 595 842] /Rotate 90", 842, 595 },
            { "/MediaBox [0 0 595 842] /Rotate 180", 595, 842 },
            { "/MediaBox [0 0 595 842] /Rotate 270", 842, 595 },
            { "/MediaBox [0 0 595 842] /Rotate -90", 842, 595 },
            { "/MediaBox [-100 -50 495 792] /CropBox [0 100 400 700]", 400, 600 },
            { "/MediaBox [-100 -50 495 792] /CropBox [0 100 400 700] /Rotate 90", 600, 400 },
            { "/MediaBox [-100 -50 495 792] /CropBox [0 100 400 700] /Rotate 180", 400, 600 },
            { "/MediaBox [-100 -50 495 792] /CropBox [0 100 400 700] /Rotate 270", 600, 400 },
            { "/MediaBox [0 0 595 842] /CropBox [-50 -50 1000 1000] /Rotate 90", 842, 595 },
        };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_picture_stands_upright_where_it_was_put(string page, double width, double height)
    {
        var file = Drawn.Page("0.9 g -200 -200 2000 2000 re f", page);
        var geometry = PageGeometry.Of(Drawn.Open(file), Drawn.Open(file).GetPage(0));
        Assert.Equal((width, height), (geometry.Width, geometry.Height));

        var seen = new VisualRectangle(30, 60, 100, 50);
        var second = new VisualRectangle(width - 90, height - 130, 80, 120);
        var wide = Appearance.Create(
            new AppearanceOptions
            {
                Width = 100,
                Height = 50,
                Image = Quarters,
            }
        );
        var high = Appearance.Create(
            new AppearanceOptions
            {
                Width = 80,
                Height = 120,
                Image = Quarters,
            }
        );
        var picture = await Drawn.RenderAsync(Drawn.Stamp(file, (seen, wide), (second, high)), 72);

        // The picture is square: 50 by 50 in the middle of 100 by 50, 80 by 80 in the middle of 80 by 120.
        AssertQuarters(picture, seen.X + 25, seen.Y, 50);
        AssertQuarters(picture, second.X, second.Y + 20, 80);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Geometry_goes_there_and_back(string page, double width, double height)
    {
        var file = Drawn.Page("", page + " /UserUnit 2");
        var document = Drawn.Open(file);
        var geometry = PageGeometry.Of(document, document.GetPage(0));
        Assert.Equal((2 * width, 2 * height), (geometry.Width, geometry.Height));
        var seen = VisualRectangle.FromMillimetres(10, 20, 30, 15);
        var back = geometry.ToVisual(geometry.ToUserSpace(seen));
        Assert.Equal(seen.X, back.X, 6);
        Assert.Equal(seen.Y, back.Y, 6);
        Assert.Equal(seen.Width, back.Width, 6);
        Assert.Equal(seen.Height, back.Height, 6);
    }

    [Fact]
    public async Task Text_is_read_back_by_poppler_on_a_turned_page()
    {
        Assert.SkipUnless(OutsideTool.Exists("pdftotext"), "pdftotext is not installed");
        var appearance = Appearance.Create(
            new AppearanceOptions
            {
                Width = 200,
                Height = 60,
                Lines =
                [
                    new AppearanceLine("Người ký: Đặng Thị Ngọc Ánh", 10),
                    new AppearanceLine("Thời gian ký: 09.01.2026 08:05:00 +07:00", 10, PdfColor.InkBlue),
                ],
            }
        );
        var file = Drawn.Stamp(Drawn.Page("", "/MediaBox [0 0 595 842] /Rotate 90"), (new VisualRectangle(300, 40, 200, 60), appearance));
        using var folder = new TempFolder();
        var run = await OutsideTool.RunAsync("pdftotext", "-layout", folder.Write("text.pdf", file), "-");
        Assert.Contains("Người ký: Đặng Thị Ngọc Ánh", run.Output, StringComparison.Ordinal);
        Assert.Contains("Thời gian ký: 09.01.2026 08:05:00 +07:00", run.Output, StringComparison.Ordinal);
        if (OutsideTool.Exists("qpdf"))
            Assert.Equal(0, (await OutsideTool.RunAsync("qpdf", "--check", folder["text.pdf"])).ExitCode);
    }

    [Fact]
    public void Equal_options_give_equal_bytes_in_any_document()
    {
        var options = new AppearanceOptions
        {
            Width = 90,
            Height = 30,
            Image = Quarters,
            Lines = [new AppearanceLine("Số 05")],
        };
        var file = Drawn.Page("");
        var stamp = new VisualRectangle(10, 10, 90, 30);
        Assert.Equal(Drawn.Stamp(file, (stamp, Appearance.Create(options))), Drawn.Stamp(file, (stamp, Appearance.Create(options))));
        var once = Appearance.Create(options);
        Assert.Equal(Drawn.Stamp(file, (stamp, once)), Drawn.Stamp(file, (stamp, once)));
    }

    [Fact]
    public void Long_lines_wrap_and_shrink_until_they_fit()
    {
        var options = new AppearanceOptions
        {
            Width = 100,
            Height = 40,
            Lines = [new AppearanceLine("Sở Khoa học và Công nghệ tỉnh An Bình, Ủy ban nhân dân tỉnh An Bình", 12)],
        };
        var lines = TextLayout.Place(options, new PdfRectangle(0, 0, 100, 40));
        Assert.InRange(lines.Count, 2, 6);
        Assert.All(
            lines,
            line =>
            {
                Assert.InRange(line.Size, 4, 11.99);
                Assert.True(
                    line.Baseline + (FontStack.Tinos.Descent * line.Size) >= -0.01
                        && line.Baseline + (FontStack.Tinos.Ascent * line.Size) <= 40.01
                );
                var width =
                    line.Runs.Sum(run => run.Glyphs.Sum(glyph => FontStack.PdfWidth(FontStack.Tinos.Fonts[run.Font], glyph.Glyph)))
                    * line.Size
                    / 1000;
                Assert.True(width <= 100.01);
            }
        );
    }

    [Fact]
    public void A_box_without_area_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Appearance.Empty(0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Appearance.Create(
                new AppearanceOptions
                {
                    Width = 10,
                    Height = 10,
                    Padding = 5,
                }
            )
        );
    }

    private static void AssertQuarters(Picture picture, double x, double y, double size)
    {
        Assert.Equal((255, 0, 0), Near(picture.At(x + (0.2 * size), y + (0.2 * size))));
        Assert.Equal((0, 255, 0), Near(picture.At(x + (0.8 * size), y + (0.2 * size))));
        Assert.Equal((0, 0, 255), Near(picture.At(x + (0.2 * size), y + (0.8 * size))));
        Assert.Equal(
            (229, 229, 229),
            picture.At(x + (0.9 * size), y + (0.9 * size)) is var (r, g, b) && Math.Abs(r - 229) < 4 ? (229, 229, 229) : (r, g, b)
        );
        Assert.Equal(229, picture.At(x - 4, y + (size / 2)).R, 4.0);
    }

    private static (int R, int G, int B) Near((int R, int G, int B) pixel) => (Snap(pixel.R), Snap(pixel.G), Snap(pixel.B));

    private static int Snap(int value) =>
        value > 225 ? 255
        : value < 30 ? 0
        : value;
}
