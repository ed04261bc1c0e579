// The update that carries a signature: ISO 32000-2:2020, 12.7.5.5 (field), 12.8.1 (dictionary, /ByteRange, /Contents),
// 12.8.2.4 (FieldMDP); ETSI EN 319 142-1 V1.2.1, 5 (what PAdES demands of the dictionary).

using System.Globalization;
using System.Text;
using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>The finished bytes of a signature's update, /ByteRange set, /Contents zero.</summary>
/// <param name="Bytes">What follows the document.</param>
/// <param name="ContentsAt">Offset in <paramref name="Bytes"/> of the &lt; that opens /Contents.</param>
/// <param name="ContentsLength">Bytes from that &lt; to the closing &gt;, both included.</param>
internal sealed record SignatureUpdate(byte[] Bytes, int ContentsAt, int ContentsLength);

internal sealed class SignatureIncrement
{
    // Three numbers of up to 19 digits with blanks; the range of any file fits.
    private const int ByteRangeLength = 64;

    private readonly PdfDocument document;
    private readonly SigningRules rules;
    private readonly PadesSignatureOptions options;
    private readonly PdfIncrement increment;
    private readonly FormEditor form;

    public SignatureIncrement(PdfDocument document, SigningRules rules, PadesSignatureOptions options)
    {
        this.document = document;
        this.rules = rules;
        this.options = options;
        increment = new PdfIncrement(document);
        form = new FormEditor(increment);
    }

    public SignatureUpdate Build()
    {
        // 1. the field, new or found, and what it locks
        rules.RequireOpen(options.Field.Name);
        var (field, widget, locked) = options.Field.NewOnPage is { } page ? LayField(page) : FindField();

        // 2. the signature dictionary
        var contents = MakeContents();
        var range = new PdfPlaceholder('[', ' ', ']', ByteRangeLength);
        increment.Edit(field)["V"] = increment.Add(MakeDictionary(contents, range, locked));
        form.RequireSigFlags();

        // 3. what it shows, and the fields filled with it
        Show(widget);
        foreach (var fill in options.Fills) Fill(fill);

        // 4. the bytes; their length is now fixed, so that the range can be written
        var bytes = increment.Build(Encoding.UTF8.GetBytes($"{options.Field.Name}|{options.Signer.Certificate.SerialNumber}|{options.ClaimedTime:O}"));
        WriteRange(bytes, range, contents);
        return new SignatureUpdate(bytes, contents.WrittenAt, contents.Length);
    }

    private (PdfReference Field, PdfReference Widget, FieldLock? Lock) LayField(int page)
    {
        rules.RequireNewFields();
        if (document.AcroForm?.IsNameTaken(options.Field.Name) == true) throw new PdfSigningException("field.duplicate", $"The document already has a field named {options.Field.Name}.");
        var field = PdfPreparation.MakeSignature(increment, options.Field.Rectangle, options.Lock, appearance: null);
        var reference = PdfPreparation.Lay(document, increment, form, options.Field.Name, page, field);
        return (reference, reference, options.Lock);
    }

    private (PdfReference Field, PdfReference Widget, FieldLock? Lock) FindField()
    {
        var field = RequireField(options.Field.Name, "Sig");
        if (document.Resolve(field.Value) is not PdfNull) throw new PdfSigningException("field.signed", $"The field {field.FullName} is signed already.");
        var laid = document.Get<PdfDictionary>(field.Dictionary, "Lock") is { } dictionary ? FieldLock.From(document, dictionary) : null;
        // 12.7.5.5: a signature must lock what the lock of its field says.
        if (laid is not null && options.Lock is not null && !laid.Equals(options.Lock)) throw new PdfSigningException("field.lock-differs", $"The field {field.FullName} was laid with another lock.");
        return (field.Reference!, field.Widgets[0].Reference!, laid ?? options.Lock);
    }

    private PdfFormField RequireField(string name, string type)
    {
        var known = document.AcroForm;
        var field = known?.Find(name) ?? throw new PdfSigningException("field.missing", $"The document has no field named {name}.");
        if (known.DuplicateNames.Contains(name)) throw new PdfSigningException("field.duplicate", $"Two fields of the document are named {name}.");
        if (field.FieldType != type) throw new PdfSigningException("field.type", $"The field {name} is of another type.");
        if (field.Reference is null || field.Widgets.Count != 1 || field.Widgets[0].Reference is null)
        {
            throw new PdfSigningException("field.type", $"The field {name} does not have exactly one place on the pages.");
        }

        return field;
    }

    private PdfPlaceholder MakeContents() => new('<', '0', '>', (options.Signer.PredictSize(options.TimestampReserve) * 2) + 2);

    private PdfDictionary MakeDictionary(PdfPlaceholder contents, PdfPlaceholder range, FieldLock? locked)
    {
        var signature = new PdfDictionary()
            .With("Type", Names.Sig)
            .With("Filter", Names.PpkLite)
            .With("SubFilter", Names.CadesDetached)
            .With("ByteRange", range)
            .With("Contents", contents);
        if (options.ClaimedTime is { } time) signature["M"] = PdfString.FromText(FormatTime(time));
        if (options.Name is { } name) signature["Name"] = PdfString.FromText(name);
        if (options.Reason is { } reason) signature["Reason"] = PdfString.FromText(reason);
        if (options.Location is { } location) signature["Location"] = PdfString.FromText(location);
        if (options.ContactInfo is { } contact) signature["ContactInfo"] = PdfString.FromText(contact);
        if (options.Application is { } application) signature["Prop_Build"] = new PdfDictionary().With("App", new PdfDictionary().With("Name", PdfName.FromText(application)));
        if (locked is not null) signature["Reference"] = new PdfArray(MakeReference(locked));
        return signature;
    }

    // Table 256: /Data is required for FieldMDP and names the catalog.
    private PdfDictionary MakeReference(FieldLock locked) => new PdfDictionary()
        .With("Type", Names.SigRef)
        .With("TransformMethod", Names.FieldMdp)
        .With("TransformParams", locked.ToTransformParameters())
        .With("DigestMethod", new PdfName(options.Signer.Digest.Label.Replace("-", "", StringComparison.Ordinal)))
        .With("Data", document.Trailer["Root"]!);

    private void Show(PdfReference widget)
    {
        var dictionary = increment.Edit(widget);
        dictionary["F"] = Names.PrintLocked;
        if (options.Appearance is not { } appearance) return;
        dictionary["AP"] = new PdfDictionary().With("N", appearance.AddTo(increment.Add, GeometryOf(dictionary)));
    }

    private void Fill(FieldFill fill)
    {
        rules.RequireOpen(fill.Name);
        var field = RequireField(fill.Name, "Tx");
        var dictionary = increment.Edit(field.Reference!);
        dictionary["V"] = PdfString.FromText(fill.Value);
        if (fill.ReadOnly) dictionary["Ff"] = new PdfInteger(field.Flags | PdfFormField.ReadOnlyFlag);
        var widget = increment.Edit(field.Widgets[0].Reference!);
        widget["AP"] = new PdfDictionary().With("N", fill.Appearance.AddTo(increment.Add, GeometryOf(widget)));
    }

    private PageGeometry GeometryOf(PdfDictionary widget)
    {
        var page = widget["P"] is PdfReference reference ? document.FindPage(reference) : null;
        return page is not null ? PageGeometry.Of(document, page) : throw new PdfSigningException("page.missing", "A field does not say on which page it stands.");
    }

    private void WriteRange(byte[] bytes, PdfPlaceholder range, PdfPlaceholder contents)
    {
        var before = document.Source.Length + contents.WrittenAt;
        var after = before + contents.Length;
        var text = string.Create(CultureInfo.InvariantCulture, $"[0 {before} {after} {document.Source.Length + bytes.Length - after}");
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(range.WrittenAt, ByteRangeLength - 1));
    }

    // ISO 32000-2 7.9.4.
    private static string FormatTime(DateTimeOffset time)
    {
        var offset = time.Offset;
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"D:{time:yyyyMMddHHmmss}{sign}{offset.Duration():hh}'{offset.Duration():mm}'");
    }
}
