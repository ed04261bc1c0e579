// Which objects a part of the document leads to.
using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>Follows references from starting points, never through the objects that are judged entry by entry.</summary>
internal sealed class ObjectReach(RevisionStructure structure)
{
    // Entries of a field or widget that filling changes, and its ties to the trees it is in.
    private static readonly HashSet<string> NodeOpen = new(StringComparer.Ordinal) { "V", "AP", "Kids", "Parent", "P" };
    private static readonly HashSet<string> SignedNodeOpen = new(StringComparer.Ordinal) { "Kids", "Parent", "P" };
    private static readonly HashSet<string> CatalogOpen = new(StringComparer.Ordinal) { "AcroForm", "DSS", "Metadata", "Extensions" };
    private static readonly HashSet<string> FormOpen = new(StringComparer.Ordinal) { "Fields" };
    private static readonly HashSet<string> PageOpen = new(StringComparer.Ordinal) { "Annots", "Parent" };

    private readonly Stack<PdfObject> pending = new();

    /// <summary>
    /// Every object number that what must not change leads to, numbers without an object included: an update that supplies one
    /// changes the document as much as one that replaces it.
    /// </summary>
    public HashSet<int> Protected()
    {
        var reached = new HashSet<int>();
        PushEntries(structure.Catalog, CatalogOpen);
        if (structure.Form is { } form)
            PushEntries(form, FormOpen);
        foreach (var node in structure.Nodes.Values)
            PushEntries(node.Dictionary, node.IsSigned ? SignedNodeOpen : NodeOpen);
        foreach (var (_, page) in structure.Pages)
        {
            PushEntries(page, PageOpen);
            // Annotations that stand directly in the list, and widgets that no field owns.
            foreach (var item in structure.Array(page, "Annots"))
                pending.Push(item);
        }

        foreach (var number in structure.ResourceNumbers)
            pending.Push(structure.View.GetObject(number));
        return Run(reached);
    }

    /// <summary>Every object number that some values lead to.</summary>
    public HashSet<int> From(params IEnumerable<PdfObject?> values)
    {
        foreach (var value in values)
        {
            if (value is not null)
                pending.Push(value);
        }

        return Run([]);
    }

    private void PushEntries(PdfDictionary dictionary, HashSet<string> except)
    {
        foreach (var (key, value) in dictionary)
        {
            if (!except.Contains(key.Value))
                pending.Push(value);
        }
    }

    private HashSet<int> Run(HashSet<int> reached)
    {
        while (pending.TryPop(out var value))
        {
            switch (value)
            {
                case PdfReference reference:
                    if (structure.IsStructural(reference.Number) || !reached.Add(reference.Number))
                        break;
                    if (reached.Count > structure.View.Limits.TreeNodes)
                        throw new PdfFormatException("limit.structure", "The document has too many objects to compare");
                    pending.Push(structure.View.Resolve(reference));
                    break;
                case PdfArray array:
                    foreach (var item in array)
                        Push(item);
                    break;
                case PdfDictionary dictionary:
                    foreach (var (_, item) in dictionary)
                        Push(item);
                    break;
                case PdfStream stream:
                    foreach (var (_, item) in stream.Dictionary)
                        Push(item);
                    break;
            }
        }

        return reached;
    }

    private void Push(PdfObject value)
    {
        if (value is PdfReference or PdfArray or PdfDictionary)
            pending.Push(value);
    }
}
