// Freezing: the fields for number, date, signatures and seal are laid before anyone signs, so that every later act only
// fills and signs what was there. References: ISO 32000-2:2020, 12.7.4.3 (text fields), 12.7.5.5 (signature fields),
// 12.5.6.19 (widgets).
// Limits: the fields are empty and transparent; nothing else of the document changes, its default resources included.

using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>An empty text field to be laid.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Page">Page, 0 for the first.</param>
/// <param name="Rectangle">Place in default user space.</param>
/// <param name="FontSize">Size of the default appearance, points.</param>
public sealed record TextFieldPlan(string Name, int Page, PdfRectangle Rectangle, double FontSize = 13);

/// <summary>An empty signature field to be laid.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Page">Page, 0 for the first.</param>
/// <param name="Rectangle">Place in default user space; null for an invisible one.</param>
/// <param name="Lock">What the signature will lock; null for nothing.</param>
public sealed record SignatureFieldPlan(string Name, int Page, PdfRectangle? Rectangle, FieldLock? Lock = null);

/// <summary>All fields of one freeze.</summary>
public sealed record FreezePlan(IReadOnlyList<TextFieldPlan> TextFields, IReadOnlyList<SignatureFieldPlan> SignatureFields);

/// <summary>Prepares a document for a flow of signatures.</summary>
public static class PdfPreparation
{
    /// <summary>The text field for the document's number and symbol.</summary>
    public const string NumberField = "AnTin.Number";

    /// <summary>The text field for the place and date.</summary>
    public const string DateField = "AnTin.Date";

    /// <summary>Lays the fields.</summary>
    /// <returns>The increment: the bytes that follow the document.</returns>
    /// <exception cref="PdfSigningException">The document is encrypted, broken, certified, or has a field of the same name; a page is missing.</exception>
    public static byte[] Freeze(IRandomAccessSource source, FreezePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (document, rules) = SigningRules.Open(source);
        rules.RequireNewFields();
        try
        {
            var increment = new PdfIncrement(document);
            var form = new FormEditor(increment);
            var nothing = increment.Add(EmptyAppearance());
            foreach (var field in plan.TextFields) Lay(document, increment, form, field.Name, field.Page, MakeText(field, nothing));
            foreach (var field in plan.SignatureFields) Lay(document, increment, form, field.Name, field.Page, MakeSignature(increment, field.Rectangle, field.Lock, nothing));
            if (plan.SignatureFields.Count > 0) form.RequireSigFlags();
            return increment.Build("freeze"u8);
        }
        catch (PdfFormatException e)
        {
            throw SigningRules.Broken(e);
        }
    }

    internal static PdfDictionary MakeSignature(PdfIncrement increment, PdfRectangle? rectangle, FieldLock? locked, PdfReference? appearance)
    {
        var field = MakeWidget(Names.Sig, rectangle ?? default);
        if (appearance is not null) field["AP"] = new PdfDictionary().With("N", appearance);
        // Table 235: /Lock is an indirect reference.
        if (locked is not null) field["Lock"] = increment.Add(locked.ToLock());
        return field;
    }

    internal static PdfPage RequirePage(PdfDocument document, int page) =>
        page >= 0 && page < document.PageCount ? document.GetPage(page) : throw new PdfSigningException("page.missing", $"The document has no page {page + 1}.");

    internal static PdfReference Lay(PdfDocument document, PdfIncrement increment, FormEditor form, string name, int pageIndex, PdfDictionary field)
    {
        var page = RequirePage(document, pageIndex);
        field["P"] = page.Reference;
        var reference = form.AddField(name, field);
        form.AddAnnotation(page.Reference, reference);
        return reference;
    }

    private static PdfDictionary MakeText(TextFieldPlan plan, PdfReference appearance)
    {
        var field = MakeWidget(Names.Tx, plan.Rectangle);
        var size = new PdfReal(plan.FontSize).ToString();
        field["DA"] = PdfString.FromText($"/Tinos {size} Tf 0 g");
        field["AP"] = new PdfDictionary().With("N", appearance);
        return field;
    }

    private static PdfDictionary MakeWidget(PdfName type, PdfRectangle rectangle) => new PdfDictionary()
        .With("Type", Names.Annot)
        .With("Subtype", Names.Widget)
        .With("FT", type)
        .With("F", Names.PrintLocked)
        .With("Rect", rectangle.ToArray());

    private static PdfStream EmptyAppearance() => new(
        new PdfDictionary().With("Type", new PdfName("XObject")).With("Subtype", new PdfName("Form")).With("BBox", PdfArray.Of(0, 0, 1, 1)).With("Resources", new PdfDictionary()),
        ReadOnlyMemory<byte>.Empty);
}
