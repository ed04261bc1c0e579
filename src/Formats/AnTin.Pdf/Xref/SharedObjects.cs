using System.Diagnostics.CodeAnalysis;

namespace AnTin.Pdf.Xref;

/// <summary>What the views of one file's revisions share: objects by their place in the file, and the decoding budget.</summary>
internal sealed class SharedObjects(PdfLimits limits)
{
    private readonly Dictionary<(long, int), PdfObject> byPlace = [];
    private readonly Dictionary<long, ObjectStreamContent> contents = [];

    public long DecodeBudget { get; set; } = limits.DecodedTotalBytes;

    public bool TryGet(long offset, int number, [NotNullWhen(true)] out PdfObject? value) => byPlace.TryGetValue((offset, number), out value);

    public void Keep(long offset, int number, PdfObject value) => byPlace[(offset, number)] = value;

    public bool TryGetContent(long offset, [NotNullWhen(true)] out ObjectStreamContent? content) => contents.TryGetValue(offset, out content);

    public void KeepContent(long offset, ObjectStreamContent content) => contents[offset] = content;
}
