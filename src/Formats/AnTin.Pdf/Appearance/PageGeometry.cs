// Between a page as it is seen (cropped, turned) and its default user space.
// References: ISO 32000-2:2020 §7.7.3.3 (Rotate, CropBox, UserUnit), §14.11.2 (page boundaries), §12.5.5 (appearance
// streams: the algorithm that fits BBox × Matrix into Rect), §8.3.2.3 (user units).
namespace AnTin.Pdf;

/// <summary>How one page is shown. Immutable.</summary>
public sealed record PageGeometry
{
    // Letter, what readers show for a page without any usable box.
    private static readonly PdfRectangle DefaultBox = new(0, 0, 612, 792);

    private readonly PdfRectangle box;

    /// <param name="mediaBox">/MediaBox.</param>
    /// <param name="cropBox">/CropBox; null when the page has none.</param>
    /// <param name="rotate">/Rotate, degrees clockwise; what is no multiple of 90 counts as 0.</param>
    /// <param name="userUnit">/UserUnit, points to a unit.</param>
    public PageGeometry(PdfRectangle mediaBox, PdfRectangle? cropBox = null, int rotate = 0, double userUnit = 1)
    {
        var media = mediaBox is { Width: > 0, Height: > 0 } ? mediaBox : DefaultBox;
        // §14.11.2: the crop box is cut to the media box; one outside of it leaves the media box.
        box = cropBox is { } crop && media.Intersect(crop) is { } visible ? visible : media;
        Rotation = rotate % 90 == 0 ? ((rotate % 360) + 360) % 360 : 0;
        UserUnit = double.IsFinite(userUnit) && userUnit > 0 ? userUnit : 1;
    }

    /// <summary>The geometry of a page.</summary>
    public static PageGeometry Of(PdfDocument document, PdfPage page)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(page);
        var userUnit = document.Get<PdfNumber>(page.Dictionary, "UserUnit")?.ToDouble() ?? 1;
        return new PageGeometry(page.MediaBox, page.CropBox, page.Rotate, userUnit);
    }

    /// <summary>The visible part of the page in default user space.</summary>
    public PdfRectangle VisibleBox => box;

    /// <summary>0, 90, 180 or 270 degrees clockwise.</summary>
    public int Rotation { get; }

    /// <summary>Points to one unit of user space.</summary>
    public double UserUnit { get; }

    /// <summary>Width as seen, points.</summary>
    public double Width => (IsTurned ? box.Height : box.Width) * UserUnit;

    /// <summary>Height as seen, points.</summary>
    public double Height => (IsTurned ? box.Width : box.Height) * UserUnit;

    private bool IsTurned => Rotation is 90 or 270;

    /// <summary>A point as seen (points from the visible top left, y down) to default user space.</summary>
    public PdfPoint ToUserSpace(double x, double y)
    {
        x /= UserUnit;
        y /= UserUnit;
        return Rotation switch
        {
            90 => new PdfPoint(box.Left + y, box.Bottom + x),
            180 => new PdfPoint(box.Right - x, box.Bottom + y),
            270 => new PdfPoint(box.Right - y, box.Top - x),
            _ => new PdfPoint(box.Left + x, box.Top - y),
        };
    }

    /// <summary>A rectangle as seen to an annotation's /Rect.</summary>
    public PdfRectangle ToUserSpace(VisualRectangle seen)
    {
        var first = ToUserSpace(seen.X, seen.Y);
        var second = ToUserSpace(seen.Right, seen.Bottom);
        return PdfRectangle.FromCorners(first.X, first.Y, second.X, second.Y);
    }

    /// <summary>A point of default user space to points from the visible top left, y down.</summary>
    public PdfPoint ToVisual(double x, double y)
    {
        var (right, down) = Rotation switch
        {
            90 => (y - box.Bottom, x - box.Left),
            180 => (box.Right - x, y - box.Bottom),
            270 => (box.Top - y, box.Right - x),
            _ => (x - box.Left, box.Top - y),
        };
        return new PdfPoint(right * UserUnit, down * UserUnit);
    }

    /// <summary>A rectangle of default user space as it is seen.</summary>
    public VisualRectangle ToVisual(PdfRectangle rectangle)
    {
        var a = ToVisual(rectangle.Left, rectangle.Bottom);
        var b = ToVisual(rectangle.Right, rectangle.Top);
        return new VisualRectangle(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y));
    }

    /// <summary>
    /// The /Matrix of an appearance whose /BBox is [0 0 width height], so that it stands upright as seen: the reader's
    /// algorithm then only moves and scales it into /Rect.
    /// </summary>
    public PdfMatrix AppearanceMatrix(double width, double height) =>
        Rotation switch
        {
            90 => new PdfMatrix(0, 1, -1, 0, height, 0),
            180 => new PdfMatrix(-1, 0, 0, -1, width, height),
            270 => new PdfMatrix(0, -1, 1, 0, 0, width),
            _ => PdfMatrix.Identity,
        };
}
