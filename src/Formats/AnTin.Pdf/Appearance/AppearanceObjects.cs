// The objects of an appearance before they belong to a document.
using AnTin.Pdf.Writing;

namespace AnTin.Pdf;

/// <summary>
/// Objects that refer only to ones added before them. References inside are provisional (negative numbers) until
/// <see cref="AddTo"/> gives the objects numbers of a document; so one set serves any number of documents.
/// </summary>
internal sealed class AppearanceObjects
{
    private readonly List<PdfObject> objects = [];
    private WrittenObject[]? written;

    public PdfReference Add(PdfObject value)
    {
        objects.Add(value);
        return new PdfReference(-objects.Count, 0);
    }

    /// <summary>Hands every object to <paramref name="add"/> (a document increment); gives the references in the order of adding.</summary>
    public PdfReference[] AddTo(Func<PdfObject, PdfReference> add)
    {
        // Written once, whatever the number of documents; two threads that come first together write the same.
        var ready = written ??= [.. objects.Select(WrittenObject.Of)];
        var references = new PdfReference[ready.Length];
        for (var i = 0; i < references.Length; i++)
            references[i] = add(ready[i].With(references));
        return references;
    }

    /// <summary>The object with its provisional references replaced; objects without any are shared, not copied.</summary>
    public static PdfObject Renumber(PdfObject value, PdfReference[] references)
    {
        switch (value)
        {
            case PdfReference { Number: < 0 } provisional:
                return references[-provisional.Number - 1];
            case PdfArray array when array.Any(HasReference):
                return new PdfArray(array.Select(item => Renumber(item, references)));
            case PdfDictionary dictionary when HasReference(dictionary):
                var copy = new PdfDictionary();
                foreach (var (key, item) in dictionary)
                    copy[key.Value] = Renumber(item, references);
                return copy;
            case PdfStream stream when HasReference(stream.Dictionary):
                return new PdfStream((PdfDictionary)Renumber(stream.Dictionary, references), stream.Data);
            default:
                return value;
        }
    }

    private static bool HasReference(PdfObject value) =>
        value switch
        {
            PdfReference reference => reference.Number < 0,
            PdfArray array => array.Any(HasReference),
            PdfDictionary dictionary => dictionary.Any(entry => HasReference(entry.Value)),
            PdfStream stream => HasReference(stream.Dictionary),
            _ => false,
        };
}
