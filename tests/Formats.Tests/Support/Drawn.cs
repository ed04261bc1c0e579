using System.Globalization;
using System.Text;
using AnTin.Pdf;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;

namespace AnTin.Formats.Tests.Support;

/// <summary>Files that tests draw, and how poppler shows them.</summary>
internal static class Drawn
{
    /// <summary>One page with the content given, Latin-1; object 3 is the page, object 5 its resources.</summary>
    public static byte[] Page(
        string content,
        string pageEntries = "/MediaBox [0 0 595 842]",
        string resources = "<< >>",
        params string[] more
    ) =>
        MiniPdf.Table([
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            $"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 5 0 R {pageEntries} >>",
            $"<< /Length {content.Length} >>\nstream\n{content}\nendstream",
            resources,
            .. more,
        ]);

    public static PdfDocument Open(byte[] file) => PdfDocument.Open(new MemorySource(file));

    /// <summary>Adds stamp annotations with the appearances given to page 0.</summary>
    public static byte[] Stamp(byte[] file, params IEnumerable<(VisualRectangle Seen, Appearance Appearance)> stamps)
    {
        var document = Open(file);
        var page = document.GetPage(0);
        var geometry = PageGeometry.Of(document, page);
        var increment = new PdfIncrement(document);
        var annotations = new PdfArray();
        foreach (var (seen, appearance) in stamps)
            annotations.Add(
                increment.Add(
                    new PdfDictionary()
                        .With("Type", new PdfName("Annot"))
                        .With("Subtype", new PdfName("Stamp"))
                        .With("F", new PdfInteger(4))
                        .With("Rect", geometry.ToUserSpace(seen).ToArray())
                        .With("AP", new PdfDictionary().With("N", appearance.AddTo(increment.Add, geometry)))
                )
            );
        increment.Edit(page.Reference)["Annots"] = annotations;
        return [.. file, .. increment.Build()];
    }

    /// <summary>A page whose text is drawn with the embedded Tinos, upright as seen also on a turned page: left end, baseline (points from the visible top left), size, text.</summary>
    public static byte[] Document(
        IEnumerable<(double X, double Baseline, double Size, string Text)> texts,
        string pageEntries = "/MediaBox [0 0 595 842]"
    )
    {
        var file = Page("", pageEntries);
        var document = Open(file);
        var page = document.GetPage(0);
        var geometry = PageGeometry.Of(document, page);
        var increment = new PdfIncrement(document);
        var forms = new PdfDictionary();
        var content = new StringBuilder();
        foreach (var (x, baseline, size, text) in texts)
        {
            var width = FontStack.Tinos.Measure(text, size) + 1;
            var height = (FontStack.Tinos.Ascent - FontStack.Tinos.Descent) * size;
            var appearance = Appearance.Create(
                new AppearanceOptions
                {
                    Width = width,
                    Height = height,
                    Lines = [new AppearanceLine(text, size)],
                    Vertical = VerticalAlignment.Bottom,
                }
            );
            var name = string.Create(CultureInfo.InvariantCulture, $"Fm{forms.Count}");
            forms[name] = appearance.AddTo(increment.Add, geometry);
            var seen = new VisualRectangle(x, baseline - (FontStack.Tinos.Ascent * size), width, height);
            var rect = geometry.ToUserSpace(seen);
            // A form's own matrix already stands it upright; only the move is left.
            content.Append(CultureInfo.InvariantCulture, $"q 1 0 0 1 {rect.Left:0.####} {rect.Bottom:0.####} cm /{name} Do Q\n");
        }
        var edit = increment.Edit(page.Reference);
        edit["Contents"] = increment.Add(new PdfStream(new PdfDictionary(), Encoding.ASCII.GetBytes(content.ToString())));
        edit["Resources"] = new PdfDictionary().With("XObject", forms);
        return [.. file, .. increment.Build()];
    }

    /// <summary>Page 0 as poppler shows it, inside its crop box.</summary>
    public static async Task<Picture> RenderAsync(byte[] file, int dotsPerInch)
    {
        Assert.SkipUnless(OutsideTool.Exists("pdftoppm"), "pdftoppm is not installed");
        using var folder = new TempFolder();
        var path = folder.Write("drawn.pdf", file);
        var run = await OutsideTool.RunAsync(
            "pdftoppm",
            "-r",
            dotsPerInch.ToString(CultureInfo.InvariantCulture),
            "-cropbox",
            "-singlefile",
            path,
            folder["drawn"]
        );
        Assert.True(run.ExitCode == 0 && run.ErrorOutput.Length == 0, run.Everything);
        return Picture.FromPortablePixmap(await File.ReadAllBytesAsync(folder["drawn.ppm"]));
    }
}

/// <summary>RGB pixels, rows from the top.</summary>
internal sealed record Picture(int Width, int Height, byte[] Pixels)
{
    public static Picture FromPortablePixmap(byte[] file)
    {
        var header = Encoding.ASCII.GetString(file, 0, 64).Split((char[])['\n', ' '], 5);
        int width = int.Parse(header[1], CultureInfo.InvariantCulture),
            height = int.Parse(header[2], CultureInfo.InvariantCulture);
        return new Picture(width, height, file[^(3 * width * height)..]);
    }

    public (int R, int G, int B) At(double x, double y)
    {
        var at = 3 * (((int)y * Width) + (int)x);
        return (Pixels[at], Pixels[at + 1], Pixels[at + 2]);
    }

    public bool IsInk(int x, int y) => At(x, y) is var (r, g, b) && r + g + b < 600;

    /// <summary>Which pixels of a cell are inked, as one string to compare cells by.</summary>
    public string Cell(int left, int top, int width, int height)
    {
        var text = new StringBuilder();
        for (var y = top; y < top + height; y++)
        for (var x = left; x < left + width; x++)
            text.Append(IsInk(x, y) ? '#' : '.');
        return text.ToString();
    }
}
