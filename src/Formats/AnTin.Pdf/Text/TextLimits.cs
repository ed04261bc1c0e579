namespace AnTin.Pdf;

/// <summary>What extracting the text of one page may cost. Exceeding a limit is a <see cref="PdfFormatException"/> whose code starts with <c>limit.</c>.</summary>
public sealed record TextLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static TextLimits Default { get; } = new();

    /// <summary>Operators run, those of form XObjects counted as often as they are shown. Dense maps and drawings reach two million.</summary>
    public int Operators { get; init; } = 5_000_000;

    /// <summary>Character codes shown. A full page of 6-point print has about 15,000.</summary>
    public int Glyphs { get; init; } = 500_000;

    /// <summary>Forms within forms. Nesting beyond three or four is not met.</summary>
    public int FormDepth { get; init; } = 16;

    /// <summary>Graphics states saved at once (q). ISO 32000-1 Annex C names 28 as what readers must manage; beyond this, saving is ignored.</summary>
    public int SavedStates { get; init; } = 4_096;
}
