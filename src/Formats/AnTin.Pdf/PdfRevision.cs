using AnTin.Pdf.Xref;

namespace AnTin.Pdf;

/// <summary>The form of a revision's cross-reference section.</summary>
public enum XrefForm
{
    /// <summary>A classic table with a trailer.</summary>
    Table,

    /// <summary>A cross-reference stream.</summary>
    Stream,

    /// <summary>A classic table whose trailer names a cross-reference stream (/XRefStm).</summary>
    Hybrid,
}

/// <summary>
/// One revision of a document: the original file or one incremental update. A linearized file's two sections are one revision.
/// </summary>
public sealed class PdfRevision
{
    internal PdfRevision(XrefSection main, XrefSection? second)
    {
        Main = main;
        Second = second;
    }

    /// <summary>Position in <see cref="PdfDocument.Revisions"/>: 0 is the oldest.</summary>
    public int Index { get; internal set; }

    /// <summary>File offset where the revision's bytes start: 0, or the end of the revision before.</summary>
    public long Start { get; internal set; }

    /// <summary>File offset of the cross-reference section that startxref names.</summary>
    public long XrefOffset => Main.Offset;

    /// <summary>File offset of the keyword startxref that ends this revision; -1 when it was not found in its place.</summary>
    public long StartXrefOffset { get; internal set; } = -1;

    /// <summary>File offset just after the %%EOF line; -1 when it was not found in its place.</summary>
    public long End { get; internal set; } = -1;

    /// <summary>The form of the cross-reference section.</summary>
    public XrefForm Form => Main.Hybrid is not null ? XrefForm.Hybrid : Main.IsStream ? XrefForm.Stream : XrefForm.Table;

    /// <summary>Whether this is the two-part original of a linearized file.</summary>
    public bool IsLinearized => Second is not null;

    /// <summary>The trailer dictionary, or the dictionary of the cross-reference stream.</summary>
    public PdfDictionary Trailer => Main.Trailer;

    /// <summary>
    /// What is wrong with the revision's frame, as a stable word; null when its cross-reference section is followed by
    /// startxref with the section's offset and %%EOF, and the revision starts where the one before ended.
    /// </summary>
    public string? Fault { get; internal set; }

    /// <summary>Every object number that the revision's cross-reference data mentions, with its entry.</summary>
    public IEnumerable<(int Number, XrefEntry Entry)> Entries =>
        Second is null ? Main.All() : Main.All().Concat(Second.All().Where(e => Main.Find(e.Number).Kind is XrefKind.Missing));

    internal XrefSection Main { get; }

    internal XrefSection? Second { get; }

    internal int HighestNumber => Math.Max(Math.Max(Main.HighestNumber, Main.Hybrid?.HighestNumber ?? -1), Second?.HighestNumber ?? -1);

    /// <summary>What this revision alone says of an object.</summary>
    public XrefEntry Find(int number)
    {
        var entry = Main.Find(number);
        return entry.Kind is XrefKind.Missing && Second is not null ? Second.Find(number) : entry;
    }
}
