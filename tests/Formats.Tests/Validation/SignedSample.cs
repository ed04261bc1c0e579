using AnTin.Cms;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit.Pdf;
using AnTin.TestKit.Pki;
using AnTin.X509;

namespace AnTin.Formats.Tests.Validation;

/// <summary>Signs sample files with the test hierarchy.</summary>
internal static class SignedSample
{
    public static readonly TestPki Pki = TestPki.Shared;

    public static byte[] Blank { get; } = new SamplePdf { Pages = 2 }.Build();

    /// <summary>Inputs that trust the hierarchy and hold clean CRLs.</summary>
    public static ValidationInputs Inputs(DateTimeOffset? at = null, params CertificateRevocationList[] crls) => new()
    {
        At = at ?? TestPki.Noon,
        Anchors = Pki.Anchors,
        Certificates = [Pki.Ca.Certificate],
        Crls = crls.Length > 0 ? crls : Pki.CleanCrls,
    };

    public static byte[] Sign(byte[] file, PkiCredential credential, string field = "AnTin.Signature", DateTimeOffset? claimed = null,
        DateTimeOffset? stampedAt = null, SignatureScheme? scheme = null, FieldLock? locked = null)
    {
        var used = scheme ?? credential.Key.DefaultScheme;
        var options = new PadesSignatureOptions
        {
            Signer = CmsSigner.Create(credential.Certificate, [Pki.Ca.Certificate], used),
            Field = new SignatureTarget(field, NewOnPage: 0),
            ClaimedTime = claimed,
            TimestampReserve = stampedAt is null ? 0 : 6000,
            Lock = locked,
        };
        var source = new MemorySource(file);
        var prepared = PadesSigner.Prepare(source, options);
        var value = credential.Key.SignHash(prepared.HashToSign.Span, used);
        return PadesSigner.Complete(prepared, value, stampedAt is { } time ? Pki.Timestamp(value, time) : default(ReadOnlySpan<byte>), source);
    }

    /// <summary>Where the value of the first signature stands: from its opening to just after its closing delimiter.</summary>
    public static (int Start, int End) Hole(byte[] file)
    {
        var at = file.AsSpan().IndexOf("/ByteRange"u8);
        var open = at + file.AsSpan(at).IndexOf((byte)'[');
        var close = open + file.AsSpan(open).IndexOf((byte)']');
        var numbers = System.Text.Encoding.ASCII.GetString(file.AsSpan(open + 1, close - open - 1)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (int.Parse(numbers[1]), int.Parse(numbers[2]));
    }

    /// <summary>Adds a document time-stamp, and before it, when wanted, a store with the hierarchy's CRLs.</summary>
    public static byte[] StampDocument(byte[] file, DateTimeOffset time, bool withStore)
    {
        if (withStore)
        {
            file = AddStore(file);
        }

        var document = PdfDocument.Open(new MemorySource(file));
        var increment = new PdfIncrement(document);
        var contents = new PdfPlaceholder('<', '0', '>', 12002);
        var range = new PdfPlaceholder('[', ' ', ']', 64);
        var stamp = increment.Add(new PdfDictionary()
            .With("Type", new PdfName("DocTimeStamp")).With("Filter", new PdfName("Adobe.PPKLite")).With("SubFilter", new PdfName("ETSI.RFC3161"))
            .With("ByteRange", range).With("Contents", contents));
        var page = document.GetPage(0);
        var field = increment.Add(new PdfDictionary()
            .With("Type", new PdfName("Annot")).With("Subtype", new PdfName("Widget")).With("FT", new PdfName("Sig"))
            .With("T", PdfString.FromText("Stamp" + document.Revisions.Count)).With("V", stamp).With("F", new PdfInteger(132))
            .With("Rect", new PdfArray([new PdfInteger(0), new PdfInteger(0), new PdfInteger(0), new PdfInteger(0)])).With("P", page.Reference));
        AddField(document, increment, field);
        var bytes = increment.Build("stamp"u8);
        var holeStart = file.Length + contents.WrittenAt;
        var holeEnd = holeStart + contents.Length;
        var end = file.Length + bytes.Length;
        System.Text.Encoding.ASCII.GetBytes($"[0 {holeStart} {holeEnd} {end - holeEnd}]".PadRight(64)).CopyTo(bytes, range.WrittenAt);
        byte[] whole = [.. file, .. bytes];
        byte[] signed = [.. whole.AsSpan(0, holeStart), .. whole.AsSpan(holeEnd)];
        System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(Pki.Timestamp(signed, time))).CopyTo(whole, holeStart + 1);
        return whole;
    }

    /// <summary>Adds a comment to the first page.</summary>
    public static byte[] AddNote(byte[] file)
    {
        var document = PdfDocument.Open(new MemorySource(file));
        var increment = new PdfIncrement(document);
        var page = document.GetPage(0);
        var note = increment.Add(new PdfDictionary()
            .With("Type", new PdfName("Annot")).With("Subtype", new PdfName("FreeText")).With("Contents", PdfString.FromText("thêm vào"))
            .With("DA", PdfString.FromText("/Helv 10 Tf"))
            .With("Rect", new PdfArray([new PdfInteger(10), new PdfInteger(10), new PdfInteger(90), new PdfInteger(30)])));
        var edited = increment.Edit(page.Reference);
        edited["Annots"] = new PdfArray((document.Get<PdfArray>(edited, "Annots") ?? new PdfArray()).Append(note));
        return [.. file, .. increment.Build("note"u8)];
    }

    private static byte[] AddStore(byte[] file)
    {
        var document = PdfDocument.Open(new MemorySource(file));
        var increment = new PdfIncrement(document);
        var crls = new PdfArray(Pki.CleanCrls.Select(c => (PdfObject)increment.Add(new PdfStream(new PdfDictionary(), c.RawData))));
        var certificates = new PdfArray([increment.Add(new PdfStream(new PdfDictionary(), Pki.Ca.Certificate.RawData))]);
        var root = (PdfReference)document.Trailer["Root"]!;
        increment.Edit(root)["DSS"] = increment.Add(new PdfDictionary().With("CRLs", crls).With("Certs", certificates));
        return [.. file, .. increment.Build("store"u8)];
    }

    private static void AddField(PdfDocument document, PdfIncrement increment, PdfReference field)
    {
        var form = document.AcroForm!;
        var holder = form.Reference is { } reference ? increment.Edit(reference) : EditFormInCatalog(document, increment);
        var fields = (PdfArray)document.Resolve(form.Dictionary["Fields"]);
        holder["Fields"] = new PdfArray(fields.Append(field));
    }

    private static PdfDictionary EditFormInCatalog(PdfDocument document, PdfIncrement increment)
    {
        var copy = document.AcroForm!.Dictionary.Copy();
        increment.Edit((PdfReference)document.Trailer["Root"]!)["AcroForm"] = copy;
        return copy;
    }
}
