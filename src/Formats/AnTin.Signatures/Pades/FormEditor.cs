// Adding fields to an interactive form by incremental update, ISO 32000-2:2020, 12.7.3 and 12.7.4.

using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>Changes the form of a document within one increment; what the form already holds stays.</summary>
internal sealed class FormEditor(PdfIncrement increment)
{
    private readonly PdfDocument document = increment.Document;
    private PdfDictionary? form;

    /// <summary>Sets SignaturesExist and AppendOnly, where they are not set already.</summary>
    public void RequireSigFlags()
    {
        if (form is null && document.AcroForm is { } present && (present.SigFlags & 3) == 3) return;
        Form()["SigFlags"] = Names.AppendOnlySignatures;
    }

    /// <summary>Puts a terminal field into the field tree under its full name, making the parents it needs.</summary>
    /// <returns>The field object; /T and /Parent of the dictionary have been set.</returns>
    public PdfReference AddField(string fullName, PdfDictionary field)
    {
        var parts = fullName.Split('.');
        if (parts.Any(p => p.Length == 0)) throw new PdfSigningException("field.missing", "A field name is empty.");
        var kids = increment.EditArray(Form(), "Fields");
        PdfReference? parent = null;
        for (var i = 0; i < parts.Length - 1; i++)
        {
            (parent, kids) = FindParent(kids, parts[i], fullName) ?? MakeParent(kids, parts[i], parent);
        }

        if (FindNode(kids, parts[^1]) is not null) throw new PdfSigningException("field.duplicate", $"The document already has a field named {fullName}.");
        field["T"] = PdfString.FromText(parts[^1]);
        if (parent is not null) field["Parent"] = parent;
        var reference = increment.Add(field);
        kids.Add(reference);
        return reference;
    }

    /// <summary>Appends an annotation to a page, whether its /Annots are direct, an object of their own, or absent.</summary>
    public void AddAnnotation(PdfReference page, PdfReference annotation)
    {
        // A list that is an object of its own is changed there; the page object then stays untouched.
        if (increment.Current(page) is PdfDictionary { } known && known["Annots"] is PdfReference && document.Resolve(known["Annots"]) is PdfArray)
        {
            increment.EditArray(known, "Annots").Add(annotation);
            return;
        }

        increment.EditArray(increment.Edit(page), "Annots").Add(annotation);
    }

    private PdfDictionary Form()
    {
        if (form is not null) return form;
        var root = document.Trailer["Root"] as PdfReference ?? throw new PdfSigningException("document.broken", "The trailer's /Root is not a reference.");
        if (document.AcroForm is not { } present)
        {
            form = new PdfDictionary();
            increment.Edit(root)["AcroForm"] = increment.Add(form);
        }
        else if (present.Reference is { } reference)
        {
            form = increment.Edit(reference);
        }
        else
        {
            form = present.Dictionary.Copy();
            increment.Edit(root)["AcroForm"] = form;
        }

        return form;
    }

    private (PdfReference?, PdfArray)? FindParent(PdfArray kids, string part, string fullName)
    {
        if (FindNode(kids, part) is not { } reference) return null;
        var node = (PdfDictionary)increment.Current(reference);
        if (node["Kids"] is null || document.AcroForm?.Fields.Any(f => reference.Equals(f.Reference)) == true)
        {
            throw new PdfSigningException("field.duplicate", $"The parent of {fullName} is a field of its own.");
        }

        return (reference, increment.EditArray(increment.Edit(reference), "Kids"));
    }

    private (PdfReference?, PdfArray) MakeParent(PdfArray kids, string part, PdfReference? above)
    {
        var own = new PdfArray();
        var node = new PdfDictionary().With("T", PdfString.FromText(part)).With("Kids", own);
        if (above is not null) node["Parent"] = above;
        var reference = increment.Add(node);
        kids.Add(reference);
        return (reference, own);
    }

    private PdfReference? FindNode(PdfArray kids, string part)
    {
        foreach (var kid in kids)
        {
            if (kid is PdfReference reference && increment.Current(reference) is PdfDictionary node && document.Resolve(node["T"]) is PdfString name && name.ToText() == part) return reference;
        }

        return null;
    }
}
