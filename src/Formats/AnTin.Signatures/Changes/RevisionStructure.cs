// The parts of a document whose changes are judged entry by entry: catalog, form, fields and widgets, pages, annotations.
// Everything else is either inside one of their entries that may change (a value, an appearance), or protected as it stands.
using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>A field, a parent of fields, or a widget.</summary>
/// <param name="Number">Object number; 0 for one that stands directly in its parent.</param>
/// <param name="FullName">Of its field.</param>
/// <param name="FieldType">Own or inherited.</param>
/// <param name="Parent">Number of the node above; 0 for one in the form's /Fields.</param>
/// <param name="IsSigned">A signature field, or its widget, that has its signature.</param>
internal sealed record FormNode(int Number, PdfDictionary Dictionary, string FullName, string FieldType, int Parent, bool IsSigned)
{
    public bool IsSignature => FieldType == "Sig";
}

internal sealed class RevisionStructure
{
    private readonly Dictionary<int, FormNode> nodes = [];
    private readonly List<(int Number, PdfDictionary Dictionary)> pages = [];
    private readonly Dictionary<int, (PdfDictionary Dictionary, int Page)> annotations = [];
    private readonly HashSet<int> containers = [];
    private readonly HashSet<int> pageNumbers = [];
    private readonly HashSet<int> treeNodes = [];
    private int budget;

    private RevisionStructure(PdfDocument view)
    {
        View = view;
        budget = view.Limits.TreeNodes;
        Root = view.Trailer["Root"] is PdfReference root
            ? root.Number
            : throw new PdfFormatException("document.catalog", "The trailer's /Root is not a reference");
        Catalog = view.Catalog;
        containers.Add(Root);
        ReadForm();
        ReadPages(Catalog["Pages"], 0);
    }

    public PdfDocument View { get; }

    /// <summary>Object number of the catalog.</summary>
    public int Root { get; }

    public PdfDictionary Catalog { get; }

    /// <summary>The form dictionary; null when there is none.</summary>
    public PdfDictionary? Form { get; private set; }

    /// <summary>Fields and widgets that are objects of their own.</summary>
    public IReadOnlyDictionary<int, FormNode> Nodes => nodes;

    /// <summary>Pages in order.</summary>
    public IReadOnlyList<(int Number, PdfDictionary Dictionary)> Pages => pages;

    /// <summary>Annotations that are no widgets and are objects of their own.</summary>
    public IReadOnlyDictionary<int, (PdfDictionary Dictionary, int Page)> Annotations => annotations;

    /// <summary>The form's default resources and the dictionaries directly in them, by object number.</summary>
    public HashSet<int> ResourceNumbers { get; } = [];

    public static RevisionStructure Read(PdfDocument view) => new(view);

    /// <summary>Whether changes of an object are judged entry by entry.</summary>
    public bool IsStructural(int number) =>
        containers.Contains(number)
        || nodes.ContainsKey(number)
        || pageNumbers.Contains(number)
        || annotations.ContainsKey(number)
        || ResourceNumbers.Contains(number);

    /// <summary>An array entry, references followed; empty when it is absent.</summary>
    public PdfArray Array(PdfDictionary dictionary, string key) => View.Get<PdfArray>(dictionary, key) ?? new PdfArray();

    private void ReadForm()
    {
        Form = View.Get<PdfDictionary>(Catalog, "AcroForm");
        if (Form is null)
            return;
        AddContainer(Catalog["AcroForm"]);
        AddContainer(Form["Fields"]);
        foreach (var kid in Array(Form, "Fields"))
            ReadNode(kid, "", "", 0, isSigned: false, 0);
        if (View.Get<PdfDictionary>(Form, "DR") is not { } resources)
            return;
        if (Form["DR"] is PdfReference reference)
            ResourceNumbers.Add(reference.Number);
        foreach (var (_, value) in resources)
        {
            if (value is PdfReference category && View.Resolve(category) is PdfDictionary)
                ResourceNumbers.Add(category.Number);
        }
    }

    private void ReadNode(PdfObject item, string name, string type, int parent, bool isSigned, int depth)
    {
        Spend(depth);
        if (View.Resolve(item) is not PdfDictionary dictionary)
            return;
        var number = item is PdfReference reference ? reference.Number : 0;
        if (View.Get<PdfString>(dictionary, "T") is { } part)
            name = name.Length == 0 ? part.ToText() : $"{name}.{part.ToText()}";
        type = View.Get<PdfName>(dictionary, "FT")?.Value ?? type;
        isSigned |= type == "Sig" && View.Resolve(dictionary["V"]) is PdfDictionary;
        var node = new FormNode(number, dictionary, name, type, parent, isSigned);
        if (number != 0 && !nodes.TryAdd(number, node))
            throw new PdfFormatException("form.cycle", "A field stands in the field tree more than once");
        AddContainer(dictionary["Kids"]);
        foreach (var kid in Array(dictionary, "Kids"))
            ReadNode(kid, name, type, number, isSigned, depth + 1);
    }

    private void ReadPages(PdfObject? item, int depth)
    {
        Spend(depth);
        if (item is not PdfReference reference || View.Resolve(reference) is not PdfDictionary node)
            return;
        if (View.Get<PdfName>(node, "Type")?.Value == "Pages" || node.Contains("Kids"))
        {
            if (!treeNodes.Add(reference.Number))
                throw new PdfFormatException("pages.cycle", "A node of the page tree stands in it more than once");
            foreach (var kid in Array(node, "Kids"))
                ReadPages(kid, depth + 1);
            return;
        }

        pages.Add((reference.Number, node));
        pageNumbers.Add(reference.Number);
        AddContainer(node["Annots"]);
        foreach (var entry in Array(node, "Annots"))
        {
            if (entry is PdfReference annotation && View.Resolve(annotation) is PdfDictionary dictionary && !IsWidget(dictionary))
            {
                annotations.TryAdd(annotation.Number, (dictionary, reference.Number));
            }
        }
    }

    public bool IsWidget(PdfDictionary annotation) => View.Get<PdfName>(annotation, "Subtype")?.Value is "Widget" or null;

    private void AddContainer(PdfObject? value)
    {
        if (value is PdfReference reference)
            containers.Add(reference.Number);
    }

    private void Spend(int depth)
    {
        if (--budget < 0 || depth > View.Limits.TreeDepth)
            throw new PdfFormatException("limit.structure", "The form or the page tree is too large or too deep");
    }
}
