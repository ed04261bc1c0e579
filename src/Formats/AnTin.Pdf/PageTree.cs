// The page tree, ISO 32000-2:2020, 7.7.3.
// Limits: descends by /Count, as 7.7.3.2 lets a reader do; a tree whose counts are wrong is refused where that shows.

namespace AnTin.Pdf;

internal sealed class PageTree
{
    // A4; only for pages that give no media box, which 7.7.3.3 forbids but every viewer shows.
    private static readonly PdfRectangle A4 = new(0, 0, 595, 842);
    private static readonly string[] Inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"];

    private readonly PdfDocument document;
    private readonly PdfReference root;
    private readonly PdfDictionary rootNode;

    public PageTree(PdfDocument document)
    {
        this.document = document;
        root = document.Catalog["Pages"] as PdfReference ?? throw new PdfFormatException("pages.root", "The catalog's /Pages is not a reference");
        rootNode = document.Resolve(root) as PdfDictionary ?? throw new PdfFormatException("pages.root", "The catalog's /Pages is not a dictionary");
        Count = CountOf(rootNode);
        if (Count > document.Limits.TreeNodes) throw new PdfFormatException("limit.pages", "The document has too many pages");
    }

    public int Count { get; }

    public PdfPage Get(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var inherited = new PdfObject?[Inheritable.Length];
        var node = rootNode;
        var left = index;
        for (var depth = 0; depth < document.Limits.TreeDepth; depth++)
        {
            Inherit(inherited, node);
            var (reference, kid) = FindKid(node, ref left);
            if (!IsNode(kid))
            {
                Inherit(inherited, kid);
                return Make(index, reference, kid, inherited);
            }

            node = kid;
        }

        throw new PdfFormatException("pages.depth", "The page tree is too deep or returns to itself");
    }

    /// <summary>The page that a reference names, found upwards by /Parent; null when the page tree does not hold it.</summary>
    public PdfPage? Find(PdfReference reference)
    {
        if (document.Resolve(reference) is not PdfDictionary page || IsNode(page)) return null;
        var inherited = new PdfObject?[Inheritable.Length];
        Array.ConvertAll(Inheritable, key => page[key]).CopyTo(inherited, 0);
        var (child, dictionary) = (reference, page);
        var index = 0;
        for (var depth = 0; depth < document.Limits.TreeDepth; depth++)
        {
            if (dictionary["Parent"] is not PdfReference above || document.Resolve(above) is not PdfDictionary parent) return null;
            if (PagesBefore(parent, child) is not { } before) return null;
            index += before;
            for (var i = 0; i < Inheritable.Length; i++) inherited[i] ??= parent[Inheritable[i]];
            if (above.Equals(root)) return Make(index, reference, page, inherited);
            (child, dictionary) = (above, parent);
        }

        throw new PdfFormatException("pages.depth", "The page tree is too deep or returns to itself");
    }

    private int? PagesBefore(PdfDictionary node, PdfReference child)
    {
        long before = 0;
        foreach (var item in document.Get<PdfArray>(node, "Kids") ?? new PdfArray())
        {
            if (child.Equals(item)) return before <= Count ? (int)before : null;
            if (document.Resolve(item) is PdfDictionary kid) before += IsNode(kid) ? CountOf(kid) : 1;
        }

        return null;
    }

    private (PdfReference Reference, PdfDictionary Kid) FindKid(PdfDictionary node, ref int left)
    {
        if (document.Get<PdfArray>(node, "Kids") is not { } kids) throw new PdfFormatException("pages.kids", "A node of the page tree has no /Kids");
        foreach (var item in kids)
        {
            if (item is not PdfReference reference || document.Resolve(reference) is not PdfDictionary kid) throw new PdfFormatException("pages.kids", "A kid of the page tree is not a reference to a dictionary");
            var count = IsNode(kid) ? CountOf(kid) : 1;
            if (left < count) return (reference, kid);
            left -= count;
        }

        throw new PdfFormatException("pages.count", "The page tree has fewer pages than it says");
    }

    private bool IsNode(PdfDictionary node) => document.Get<PdfName>(node, "Type") switch
    {
        { Value: "Pages" } => true,
        { Value: "Page" } => false,
        _ => node.Contains("Kids"),
    };

    private int CountOf(PdfDictionary node) => document.Get<PdfInteger>(node, "Count") is { Value: >= 0 and <= int.MaxValue } count
        ? (int)count.Value
        : throw new PdfFormatException("pages.count", "A node of the page tree has no /Count");

    private static void Inherit(PdfObject?[] inherited, PdfDictionary node)
    {
        for (var i = 0; i < Inheritable.Length; i++) inherited[i] = node[Inheritable[i]] ?? inherited[i];
    }

    private PdfPage Make(int index, PdfReference reference, PdfDictionary page, PdfObject?[] inherited)
    {
        var media = PdfRectangle.From(document, inherited[1]) is { Width: > 0, Height: > 0 } box ? box : A4;
        var crop = PdfRectangle.From(document, inherited[2]) is { } cut ? Intersect(cut, media) : media;
        var rotate = document.Resolve(inherited[3]) is PdfInteger { Value: var degrees } && degrees % 90 == 0 ? (int)(((degrees % 360) + 360) % 360) : 0;
        return new PdfPage(index, reference, page, document.Resolve(inherited[0]) as PdfDictionary ?? new PdfDictionary(), media, crop, rotate);
    }

    // 14.11.2.1: boxes that reach over the media box are cut to it.
    private static PdfRectangle Intersect(PdfRectangle box, PdfRectangle media)
    {
        var cut = new PdfRectangle(Math.Max(box.Left, media.Left), Math.Max(box.Bottom, media.Bottom), Math.Min(box.Right, media.Right), Math.Min(box.Top, media.Top));
        return cut is { Width: > 0, Height: > 0 } ? cut : media;
    }
}
