// Interactive forms, ISO 32000-2:2020, 12.7.

namespace AnTin.Pdf;

/// <summary>The document's interactive form.</summary>
public sealed class PdfAcroForm
{
    private readonly PdfDocument document;
    private readonly Dictionary<string, PdfFormField> byName = new(StringComparer.Ordinal);
    private readonly List<PdfFormField> fields = [];
    private readonly HashSet<int> visited = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly SortedSet<string> duplicates = new(StringComparer.Ordinal);
    private int nodes;

    private PdfAcroForm(PdfDocument document, PdfReference? reference, PdfDictionary dictionary)
    {
        this.document = document;
        Reference = reference;
        Dictionary = dictionary;
        var form = new Inherited("", document.Get<PdfString>(dictionary, "DA"), "", 0, null);
        foreach (var item in document.Get<PdfArray>(dictionary, "Fields") ?? new PdfArray()) Visit(item, form, 0);
    }

    /// <summary>The form object; null when it stands directly in the catalog.</summary>
    public PdfReference? Reference { get; }

    /// <summary>The form dictionary.</summary>
    public PdfDictionary Dictionary { get; }

    /// <summary>Terminal fields in the order of the field tree.</summary>
    public IReadOnlyList<PdfFormField> Fields => fields;

    /// <summary>Full names that more than one terminal field bears; readers differ in what they then show.</summary>
    public IReadOnlyCollection<string> DuplicateNames => duplicates;

    /// <summary>/SigFlags: 1 signatures exist, 2 append only.</summary>
    public int SigFlags => document.Get<PdfInteger>(Dictionary, "SigFlags") is { Value: >= 0 and <= int.MaxValue } flags ? (int)flags.Value : 0;

    /// <summary>/NeedAppearances: viewers draw the fields anew, so that what was signed need not be what is shown.</summary>
    public bool NeedAppearances => document.Get<PdfBoolean>(Dictionary, "NeedAppearances") is { Value: true };

    /// <summary>Whether an XFA form stands beside the fields.</summary>
    public bool HasXfa => Dictionary.Contains("XFA");

    /// <summary>The field with a full name; the first, when several bear it.</summary>
    public PdfFormField? Find(string fullName) => byName.GetValueOrDefault(fullName);

    /// <summary>Whether a name is that of a terminal field or of a parent of fields.</summary>
    public bool IsNameTaken(string fullName) => names.Contains(fullName);

    internal static PdfAcroForm? Read(PdfDocument document)
    {
        var entry = document.Catalog["AcroForm"];
        return document.Resolve(entry) is PdfDictionary dictionary ? new PdfAcroForm(document, entry as PdfReference, dictionary) : null;
    }

    private void Visit(PdfObject item, Inherited parent, int depth)
    {
        if (++nodes > document.Limits.TreeNodes || depth > document.Limits.TreeDepth) throw new PdfFormatException("limit.fields", "The field tree is too large or too deep");
        var reference = item as PdfReference;
        if (document.Resolve(item) is not PdfDictionary node) return;
        if (reference is not null && !visited.Add(reference.Number)) throw new PdfFormatException("form.cycle", "A field stands in the field tree more than once");

        var own = parent.With(document, node);
        var kids = document.Get<PdfArray>(node, "Kids");
        var hasFields = kids is not null && kids.Any(k => document.Resolve(k) is PdfDictionary kid && kid.Contains("T"));
        if (own.Name.Length > 0) names.Add(own.Name);
        if (hasFields)
        {
            foreach (var kid in kids!)
            {
                // 12.7.4.1: a kid without a partial name is a widget of its parent, also among named ones.
                if (document.Resolve(kid) is PdfDictionary d && d.Contains("T")) Visit(kid, own, depth + 1);
            }

            return;
        }

        Add(reference, node, own, kids);
    }

    private void Add(PdfReference? reference, PdfDictionary node, Inherited own, PdfArray? kids)
    {
        var widgets = new List<PdfWidget>();
        if (document.Get<PdfName>(node, "Subtype") is { Value: "Widget" }) widgets.Add(new PdfWidget(reference, node));
        foreach (var kid in kids ?? new PdfArray())
        {
            if (++nodes > document.Limits.TreeNodes) throw new PdfFormatException("limit.fields", "The field tree is too large");
            if (document.Resolve(kid) is PdfDictionary widget) widgets.Add(new PdfWidget(kid as PdfReference, widget));
        }

        var field = new PdfFormField(own.Name, reference, node, own.FieldType, own.Flags, own.Value, own.DefaultAppearance, widgets);
        fields.Add(field);
        if (!byName.TryAdd(own.Name, field)) duplicates.Add(own.Name);
    }

    private sealed record Inherited(string Name, PdfString? DefaultAppearance, string FieldType, int Flags, PdfObject? Value)
    {
        public Inherited With(PdfDocument document, PdfDictionary node)
        {
            var part = document.Get<PdfString>(node, "T")?.ToText();
            return new Inherited(
                part is null ? Name : Name.Length == 0 ? part : $"{Name}.{part}",
                document.Get<PdfString>(node, "DA") ?? DefaultAppearance,
                document.Get<PdfName>(node, "FT")?.Value ?? FieldType,
                document.Get<PdfInteger>(node, "Ff") is { Value: >= 0 and <= int.MaxValue } flags ? (int)flags.Value : Flags,
                node["V"] ?? Value);
        }
    }
}
