// Appearance streams of signatures, seals and filled fields.
// References: ISO 32000-2:2020 §12.5.5 (appearance streams), §8.10 (form XObjects), §8.9.5 (images), §11.6.5.2 (soft
// masks), §9.4 (text objects). Decree 30/2020/NĐ-CP, Appendix I: pictures of signatures and seals have a transparent
// background, which the soft mask keeps.
using System.Globalization;
using System.Text;

namespace AnTin.Pdf;

/// <summary>
/// A finished appearance, independent of any document: pictures and fonts are packed once, and the result is added to any
/// number of documents. Immutable, safe to share between threads.
/// </summary>
public sealed class Appearance
{
    private readonly AppearanceObjects parts;
    private readonly byte[] drawing;
    private readonly PdfDictionary used;

    private Appearance(AppearanceOptions options, AppearanceObjects objects, PdfDictionary resources, byte[] content)
    {
        Width = options.Width;
        Height = options.Height;
        parts = objects;
        used = resources;
        drawing = content;
        MissingCharacters =
        [
            .. options
                .Lines.Select(line => line.Text)
                .Concat(options.Pieces.Select(piece => piece.Text))
                .SelectMany(options.Font.Missing)
                .Distinct(),
        ];
    }

    /// <summary>Width as seen, points.</summary>
    public double Width { get; }

    /// <summary>Height as seen, points.</summary>
    public double Height { get; }

    /// <summary>Characters that no font of the stack has; each shows as an empty box, none is dropped.</summary>
    public IReadOnlyList<string> MissingCharacters { get; }

    /// <summary>An appearance that shows nothing: for empty fields.</summary>
    public static Appearance Empty(double width, double height) => Create(new AppearanceOptions { Width = width, Height = height });

    /// <summary>Lays out and packs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The box has no area.</exception>
    public static Appearance Create(AppearanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Width, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Height, nameof(options));
        var box = new PdfRectangle(options.Padding, options.Padding, options.Width - options.Padding, options.Height - options.Padding);
        if (box is not { Width: > 0, Height: > 0 })
            throw new ArgumentOutOfRangeException(nameof(options), "The padding leaves no room.");
        var (imageArea, textArea) = Split(options, box);
        var objects = new AppearanceObjects();
        var content = new StringBuilder();
        var resources = new PdfDictionary();
        if (options.Image is { } image)
            resources["XObject"] = new PdfDictionary().With("Im0", DrawImage(image, imageArea, objects, content));
        PlacedLine[] lines =
        [
            .. TextLayout.Place(options, textArea),
            .. options.Pieces.Select(piece => TextLayout.Place(piece, options.Font)),
        ];
        if (Array.Exists(lines, line => line.Runs.Count > 0))
            resources["Font"] = DrawText(options.Font, lines, objects, content);
        return new Appearance(options, objects, resources, Encoding.ASCII.GetBytes(content.ToString()));
    }

    /// <summary>
    /// Adds the appearance to a document and returns its form XObject, for /AP /N of an annotation whose /Rect is
    /// <see cref="PageGeometry.ToUserSpace(VisualRectangle)"/> of a rectangle of this size (another size scales it).
    /// </summary>
    /// <param name="add">Takes an object into the document; in practice the increment's Add.</param>
    /// <param name="geometry">The page it will be shown on; its rotation stands the picture upright.</param>
    public PdfReference AddTo(Func<PdfObject, PdfReference> add, PageGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(add);
        ArgumentNullException.ThrowIfNull(geometry);
        var references = parts.AddTo(add);
        var form = new PdfDictionary()
            .With("Type", new PdfName("XObject"))
            .With("Subtype", new PdfName("Form"))
            .With("BBox", PdfArray.Of(0, 0, Rounded(Width), Rounded(Height)))
            .With("Resources", AppearanceObjects.Renumber(used, references));
        var matrix = geometry.AppearanceMatrix(Width, Height);
        if (matrix != PdfMatrix.Identity)
            form["Matrix"] = PdfArray.Of(matrix.A, matrix.B, matrix.C, matrix.D, Rounded(matrix.E), Rounded(matrix.F));
        return add(new PdfStream(form, drawing));
    }

    private static (PdfRectangle Image, PdfRectangle Text) Split(AppearanceOptions options, PdfRectangle box)
    {
        if (options.Image is null || options.Lines.Count == 0 || options.Arrangement == ImageArrangement.Behind)
            return (box, box);
        if (options.Arrangement == ImageArrangement.Left)
        {
            var split = box.Left + (0.4 * box.Width);
            return (box with { Right = split }, box with { Left = split });
        }
        // Above: the text keeps the height it needs, at most half.
        var lines = TextLayout.Place(options with { Vertical = VerticalAlignment.Top }, box with { Top = box.Center.Y });
        var needed = lines.Count == 0 ? 0 : box.Center.Y - lines[^1].Baseline - (options.Font.Descent * lines[^1].Size);
        var edge = box.Bottom + Math.Min(needed, box.Height / 2);
        return (box with { Bottom = edge }, box with { Top = edge });
    }

    private static PdfReference DrawImage(PngImage image, PdfRectangle area, AppearanceObjects objects, StringBuilder content)
    {
        var scale = Math.Min(area.Width / image.Width, area.Height / image.Height);
        double width = image.Width * scale,
            height = image.Height * scale;
        content.Append(
            CultureInfo.InvariantCulture,
            $"q {N(width)} 0 0 {N(height)} {N(area.Center.X - (width / 2))} {N(area.Center.Y - (height / 2))} cm /Im0 Do Q\n"
        );
        var dictionary = ImageDictionary(image, image.Channels == 1 ? "DeviceGray" : "DeviceRGB");
        if (image.Alpha is { } alpha)
            dictionary["SMask"] = objects.Add(EmbeddedFont.Compressed(ImageDictionary(image, "DeviceGray"), alpha.Span));
        return objects.Add(EmbeddedFont.Compressed(dictionary, image.Samples.Span));
    }

    private static PdfDictionary ImageDictionary(PngImage image, string colourSpace) =>
        new PdfDictionary()
            .With("Type", new PdfName("XObject"))
            .With("Subtype", new PdfName("Image"))
            .With("Width", new PdfInteger(image.Width))
            .With("Height", new PdfInteger(image.Height))
            .With("ColorSpace", new PdfName(colourSpace))
            .With("BitsPerComponent", new PdfInteger(8));

    private static PdfDictionary DrawText(
        FontStack stack,
        IReadOnlyList<PlacedLine> lines,
        AppearanceObjects objects,
        StringBuilder content
    )
    {
        var fonts = stack.Fonts.Select(font => new EmbeddedFont(font)).ToList();
        var shown = new SortedSet<int>();
        foreach (var run in lines.SelectMany(line => line.Runs))
        {
            shown.Add(run.Font);
            foreach (var (glyph, text) in run.Glyphs)
                fonts[run.Font].Use(glyph, text);
        }
        content.Append("BT\n");
        foreach (var line in lines)
        {
            content.Append(
                CultureInfo.InvariantCulture,
                $"{N(line.Color.Red)} {N(line.Color.Green)} {N(line.Color.Blue)} rg\n1 0 0 1 {N(line.X)} {N(line.Baseline)} Tm\n"
            );
            foreach (var run in line.Runs)
            {
                content.Append(CultureInfo.InvariantCulture, $"/F{run.Font} {N(line.Size)} Tf <");
                foreach (var (glyph, _) in run.Glyphs)
                    content.Append(CultureInfo.InvariantCulture, $"{fonts[run.Font].Code(glyph):X4}");
                content.Append("> Tj\n");
            }
        }
        content.Append("ET\n");
        var dictionary = new PdfDictionary();
        foreach (var font in shown)
            dictionary[$"F{font}"] = fonts[font].AddTo(objects);
        return dictionary;
    }

    private static double Rounded(double value) => Math.Round(value, 3) + 0.0;

    private static string N(double value) => Rounded(value).ToString("0.###", CultureInfo.InvariantCulture);
}
