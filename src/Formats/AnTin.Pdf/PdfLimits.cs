namespace AnTin.Pdf;

/// <summary>What reading one document may cost. Exceeding a limit is a <see cref="PdfFormatException"/> whose code starts with <c>limit.</c>.</summary>
public sealed record PdfLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static PdfLimits Default { get; } = new();

    /// <summary>Nesting of arrays and dictionaries. Real files stay below 20; a recursive parser needs about 300 bytes of stack a level.</summary>
    public int Depth { get; init; } = 128;

    /// <summary>Highest object number. ISO 32000-1 Annex C, table C.1: 8,388,607 indirect objects.</summary>
    public int ObjectNumber { get; init; } = 8_388_607;

    /// <summary>Entries of all cross-reference sections together: twice the objects of the largest permitted file.</summary>
    public long XrefEntries { get; init; } = 2L * 8_388_607;

    /// <summary>Cross-reference sections in the /Prev chain. A document signed daily for ten years has under 4,000.</summary>
    public int Revisions { get; init; } = 4_096;

    /// <summary>Bytes of one object outside its stream data. The longest seen in practice are page-tree arrays and name trees of some MB.</summary>
    public int ObjectBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes one stream may decode to. An A3 page scanned at 600 dpi in colour decodes to 209 MB; nothing else comes near.</summary>
    public int DecodedStreamBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Bytes that all streams decoded through one document may come to together.</summary>
    public long DecodedTotalBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Nodes visited in one walk of the page tree or the form field tree.</summary>
    public int TreeNodes { get; init; } = 1_000_000;

    /// <summary>Levels of the page tree and of the form field tree. Balanced trees of a million pages need 7 at the usual fan-out of 10.</summary>
    public int TreeDepth { get; init; } = 64;
}
