// Points, boxes and transformations of user space.
// Reference: ISO 32000-2:2020 §8.3 (coordinate systems), §7.9.5 (rectangles).
namespace AnTin.Pdf;

/// <summary>A point; the unit and axes are those of the space it is in.</summary>
public readonly record struct PdfPoint(double X, double Y);

/// <summary>Arithmetic of rectangles.</summary>
public static class PdfRectangles
{
    extension(PdfRectangle rectangle)
    {
        /// <summary>Middle of the rectangle.</summary>
        public PdfPoint Center => new((rectangle.Left + rectangle.Right) / 2, (rectangle.Bottom + rectangle.Top) / 2);

        /// <summary>The rectangle between two opposite corners, in whatever order they come.</summary>
        public static PdfRectangle FromCorners(double x1, double y1, double x2, double y2) =>
            new(Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));

        /// <summary>The smallest rectangle around both.</summary>
        public PdfRectangle Union(PdfRectangle other) =>
            new(
                Math.Min(rectangle.Left, other.Left),
                Math.Min(rectangle.Bottom, other.Bottom),
                Math.Max(rectangle.Right, other.Right),
                Math.Max(rectangle.Top, other.Top)
            );

        /// <summary>What both share; null when they do not overlap.</summary>
        public PdfRectangle? Intersect(PdfRectangle other)
        {
            var common = new PdfRectangle(
                Math.Max(rectangle.Left, other.Left),
                Math.Max(rectangle.Bottom, other.Bottom),
                Math.Min(rectangle.Right, other.Right),
                Math.Min(rectangle.Top, other.Top)
            );
            return common.Left < common.Right && common.Bottom < common.Top ? common : null;
        }
    }
}

/// <summary>A rectangle as a reader sees the page: points from the visible top left corner, y downwards.</summary>
public readonly record struct VisualRectangle(double X, double Y, double Width, double Height)
{
    private const double PointsPerMillimetre = 72 / 25.4;

    /// <summary>X + Width.</summary>
    public double Right => X + Width;

    /// <summary>Y + Height.</summary>
    public double Bottom => Y + Height;

    /// <summary>Makes a rectangle from millimetres.</summary>
    public static VisualRectangle FromMillimetres(double x, double y, double width, double height) =>
        new(x * PointsPerMillimetre, y * PointsPerMillimetre, width * PointsPerMillimetre, height * PointsPerMillimetre);

    /// <summary>A length in points.</summary>
    public static double Points(double millimetres) => millimetres * PointsPerMillimetre;

    /// <summary>The smallest rectangle around both.</summary>
    public VisualRectangle Union(VisualRectangle other)
    {
        double x = Math.Min(X, other.X),
            y = Math.Min(Y, other.Y);
        return new VisualRectangle(x, y, Math.Max(Right, other.Right) - x, Math.Max(Bottom, other.Bottom) - y);
    }

    /// <summary>True when both share an area.</summary>
    public bool Overlaps(VisualRectangle other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
}

/// <summary>The transformation [a b c d e f]: x' = a·x + c·y + e, y' = b·x + d·y + f.</summary>
public readonly record struct PdfMatrix(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Changes nothing.</summary>
    public static PdfMatrix Identity { get; } = new(1, 0, 0, 1, 0, 0);

    /// <summary>Moves by x and y.</summary>
    public static PdfMatrix Translation(double x, double y) => new(1, 0, 0, 1, x, y);

    /// <summary>This transformation first, then <paramref name="next"/>.</summary>
    public PdfMatrix Then(PdfMatrix next) =>
        new(
            (A * next.A) + (B * next.C),
            (A * next.B) + (B * next.D),
            (C * next.A) + (D * next.C),
            (C * next.B) + (D * next.D),
            (E * next.A) + (F * next.C) + next.E,
            (E * next.B) + (F * next.D) + next.F
        );

    /// <summary>Where a point goes.</summary>
    public PdfPoint Apply(double x, double y) => new((A * x) + (C * y) + E, (B * x) + (D * y) + F);

    /// <summary>The upright box around a transformed rectangle.</summary>
    public PdfRectangle Apply(PdfRectangle box)
    {
        PdfPoint a = Apply(box.Left, box.Bottom),
            b = Apply(box.Right, box.Bottom),
            c = Apply(box.Left, box.Top),
            d = Apply(box.Right, box.Top);
        return new PdfRectangle(
            Math.Min(Math.Min(a.X, b.X), Math.Min(c.X, d.X)),
            Math.Min(Math.Min(a.Y, b.Y), Math.Min(c.Y, d.Y)),
            Math.Max(Math.Max(a.X, b.X), Math.Max(c.X, d.X)),
            Math.Max(Math.Max(a.Y, b.Y), Math.Max(c.Y, d.Y))
        );
    }

    internal bool IsFinite =>
        double.IsFinite(A) && double.IsFinite(B) && double.IsFinite(C) && double.IsFinite(D) && double.IsFinite(E) && double.IsFinite(F);
}
