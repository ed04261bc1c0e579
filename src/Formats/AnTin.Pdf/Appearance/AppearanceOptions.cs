namespace AnTin.Pdf;

/// <summary>A colour of DeviceRGB, each part 0 to 1.</summary>
public readonly record struct PdfColor(double Red, double Green, double Blue)
{
    /// <summary>Black.</summary>
    public static PdfColor Black { get; } = new(0, 0, 0);

    /// <summary>The blue of ink, for signatures (Decree 30/2020/NĐ-CP, Appendix I).</summary>
    public static PdfColor InkBlue { get; } = new(0, 0, 0.8);

    /// <summary>The red of seals.</summary>
    public static PdfColor SealRed { get; } = new(0.85, 0, 0);
}

/// <summary>Where lines stand across the box.</summary>
public enum HorizontalAlignment
{
    /// <summary>At the left edge.</summary>
    Left,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>At the right edge.</summary>
    Right,
}

/// <summary>Where the block of lines stands down the box.</summary>
public enum VerticalAlignment
{
    /// <summary>At the top edge.</summary>
    Top,

    /// <summary>In the middle.</summary>
    Middle,

    /// <summary>The last line's descent on the bottom edge: the baseline is where a form's printed line has it.</summary>
    Bottom,
}

/// <summary>Where the picture is when there is text too.</summary>
public enum ImageArrangement
{
    /// <summary>The picture fills the box, the text is written over it.</summary>
    Behind,

    /// <summary>The picture has the left two fifths, the text the rest.</summary>
    Left,

    /// <summary>The picture has the upper part that the text leaves.</summary>
    Above,
}

/// <summary>A line of text, wrapped where it is wider than the box.</summary>
/// <param name="Text">Any Unicode text; normalised to NFC.</param>
/// <param name="Size">Points.</param>
/// <param name="Color">Colour of the letters.</param>
public sealed record AppearanceLine(string Text, double Size = 10, PdfColor Color = default);

/// <summary>Text at a place of its own: centred in a width, its descent on the bottom edge of the box; smaller where it would not fit.</summary>
/// <param name="Text">Any Unicode text; normalised to NFC.</param>
/// <param name="Start">Left end of its room, points from the left edge of the box.</param>
/// <param name="Width">Width of its room, points.</param>
/// <param name="Size">Points.</param>
/// <param name="Color">Colour of the letters.</param>
public sealed record AppearancePiece(string Text, double Start, double Width, double Size, PdfColor Color = default);

/// <summary>What an appearance shows. There is never a border or a background.</summary>
public sealed record AppearanceOptions
{
    /// <summary>Width of the box as seen, points.</summary>
    public required double Width { get; init; }

    /// <summary>Height of the box as seen, points.</summary>
    public required double Height { get; init; }

    /// <summary>A picture, scaled to fit with its proportions kept, centred; null for none.</summary>
    public PngImage? Image { get; init; }

    /// <summary>Where the picture is when there is text too.</summary>
    public ImageArrangement Arrangement { get; init; }

    /// <summary>Lines from the top; empty for none.</summary>
    public IReadOnlyList<AppearanceLine> Lines { get; init; } = [];

    /// <summary>Texts at places of their own, beside the lines.</summary>
    public IReadOnlyList<AppearancePiece> Pieces { get; init; } = [];

    /// <summary>Across the box.</summary>
    public HorizontalAlignment Horizontal { get; init; }

    /// <summary>Down the box.</summary>
    public VerticalAlignment Vertical { get; init; } = VerticalAlignment.Middle;

    /// <summary>Distance between baselines, in ems of the line's size; 1.15 is the Times New Roman line.</summary>
    public double LineSpacing { get; init; } = 1.15;

    /// <summary>Kept free at every edge, points.</summary>
    public double Padding { get; init; }

    /// <summary>Fonts asked in order.</summary>
    public FontStack Font { get; init; } = FontStack.Tinos;
}
