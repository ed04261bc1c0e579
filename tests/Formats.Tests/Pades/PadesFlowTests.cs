using AnTin.Formats.Tests.Pdf;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;

namespace AnTin.Formats.Tests.Pades;

/// <summary>Freeze, initial, sign, number and seal, as the flow does it, on files of every build.</summary>
public sealed class PadesFlowTests
{
    private const string Initial = "AnTin.Initial1";
    private const string Leader = "AnTin.Signer1";
    private const string Seal = "AnTin.Seal";
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 8, 9, 10, TimeSpan.FromHours(7));
    private static readonly TestCredential Head = TestCredential.Rsa("Trưởng phòng Mẫu");
    private static readonly TestCredential Chief = TestCredential.Rsa("Chủ tịch Mẫu");
    private static readonly TestCredential Office = TestCredential.Ec("Văn phòng UBND tỉnh An Bình");

    private static FreezePlan Plan => new(
        [
            new TextFieldPlan(PdfPreparation.NumberField, 0, new PdfRectangle(100, 700, 200, 718)),
            new TextFieldPlan(PdfPreparation.DateField, 0, new PdfRectangle(300, 700, 500, 718)),
        ],
        [
            new SignatureFieldPlan(Initial, 0, new PdfRectangle(50, 60, 90, 80), new FieldLock(FieldLockAction.Exclude, PdfPreparation.NumberField, PdfPreparation.DateField, Leader, Seal)),
            new SignatureFieldPlan(Leader, 0, new PdfRectangle(350, 100, 470, 150), new FieldLock(FieldLockAction.Exclude, PdfPreparation.NumberField, PdfPreparation.DateField, Seal)),
            new SignatureFieldPlan(Seal, 0, new PdfRectangle(300, 80, 390, 170), FieldLock.All),
        ]);

    public static TheoryData<string, byte[]> Documents => new()
    {
        { "classic table", new SamplePdf { Pages = 2 }.Build() },
        { "classic table with a form", new SamplePdf { Pages = 2, TextField = "Own" }.Build() },
        { "cross-reference streams", new SamplePdf { Pages = 3, Xref = SampleXref.Stream }.Build() },
        { "cross-reference streams with a form", new SamplePdf { Pages = 3, Xref = SampleXref.Stream, TextField = "Own" }.Build() },
        { "hybrid", new SamplePdf { Pages = 2, Xref = SampleXref.Hybrid }.Build() },
        { "turned pages", new SamplePdf { Rotate = 90 }.Build() },
        { "500 pages", new SamplePdf { Pages = 500, Xref = SampleXref.Stream }.Build() },
        {
            "lists that are objects of their own",
            MiniPdf.TableWith(
                "/ID [<00> <01>]",
                "<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 595 842] >>",
                "<< /Type /Page /Parent 2 0 R /Annots 4 0 R /Resources << >> >>", "[]", "<< /Fields 6 0 R >>", "[]")
        },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Initial_signature_number_date_and_seal_stand_together(string what, byte[] original)
    {
        Assert.SkipWhen(PadesWitness.MissingTools() is not null, PadesWitness.MissingTools() ?? "");
        await RunFlow(what, original);
    }

    [Fact]
    public async Task Files_of_other_producers_go_through_the_flow()
    {
        Assert.SkipWhen(PadesWitness.MissingTools() is not null, PadesWitness.MissingTools() ?? "");
        var files = Directory.GetFiles(Repository.PathOf("tests", "Formats.Tests", "Fixtures"), "*.pdf");
        Assert.NotEmpty(files);
        foreach (var path in files) await RunFlow(Path.GetFileName(path), File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("--linearize")]
    [InlineData("--linearize", "--object-streams=generate")]
    [InlineData("--object-streams=generate", "--compress-streams=y")]
    public async Task Files_rebuilt_by_qpdf_go_through_the_flow(params string[] options)
    {
        Assert.SkipWhen(PadesWitness.MissingTools() is not null, PadesWitness.MissingTools() ?? "");
        using var folder = new TempFolder();
        var plain = folder.Write("plain.pdf", new SamplePdf { Pages = 40, TextField = "Own" }.Build());
        await OutsideTool.RunAsync("qpdf", [.. options, plain, folder["made.pdf"]]);
        await RunFlow(string.Join(' ', options), File.ReadAllBytes(folder["made.pdf"]));
    }

    [Fact]
    public void Freezing_changes_the_form_and_the_page_only()
    {
        var frozen = PdfDocument.Open(new MemorySource(Freeze(new SamplePdf { Pages = 3, TextField = "Own" }.Build())));
        var changed = frozen.LastRevision.Entries.Where(e => e.Number > 0 && e.Number < frozen.AtRevision(0).NextObjectNumber).Select(e => e.Number);
        // Catalog (the form stands in it directly) and the first page.
        Assert.Equal([1, 10], changed.Order());
        Assert.Equal(frozen.AtRevision(0).AcroForm!.Dictionary["DA"], frozen.AcroForm!.Dictionary["DA"]);
        Assert.Null(frozen.AcroForm!.Dictionary["NeedAppearances"]);
        Assert.NotNull(frozen.AcroForm.Find("Own"));
    }

    [Fact]
    public async Task A_signature_carries_the_lock_of_its_field_and_its_claims()
    {
        var file = await Sign(Freeze(new SamplePdf().Build()), Leader, Chief);
        var document = PdfDocument.Open(new MemorySource(file));
        var signature = document.Get<PdfDictionary>(document.AcroForm!.Find(Leader)!.Dictionary, "V")!;
        Assert.Equal("D:20260203080910+07'00'", document.Get<PdfString>(signature, "M")!.ToText());
        Assert.Equal("Phê duyệt", document.Get<PdfString>(signature, "Reason")!.ToText());
        var reference = (PdfDictionary)document.Resolve(document.Get<PdfArray>(signature, "Reference")![0]);
        Assert.Equal("FieldMDP", document.Get<PdfName>(reference, "TransformMethod")!.Value);
        Assert.Equal(document.Trailer["Root"], reference["Data"]);
        var locked = FieldLock.From(document, document.Get<PdfDictionary>(reference, "TransformParams")!)!;
        Assert.Equal(new FieldLock(FieldLockAction.Exclude, PdfPreparation.NumberField, PdfPreparation.DateField, Seal), locked);
        Assert.True(locked.Covers(Initial));
        Assert.False(locked.Covers(Seal));
    }

    [Fact]
    public async Task A_stored_signature_is_completed_elsewhere()
    {
        var frozen = Freeze(new SamplePdf().Build());
        var prepared = PadesSigner.Prepare(new MemorySource(frozen), Options(Leader, Chief));
        var value = await Chief.SignHashAsync(prepared.HashToSign, prepared.Scheme, CancellationToken.None);
        var elsewhere = PreparedPdfSignature.FromJson(prepared.ToJson());
        Assert.Equal(prepared.HashToSign.ToArray(), elsewhere.HashToSign.ToArray());

        var here = PadesSigner.Complete(prepared, value, default, new MemorySource(frozen));
        Assert.Equal(here, PadesSigner.Complete(elsewhere, value, default, new MemorySource(frozen)));
        using var output = new MemoryStream();
        await PadesSigner.CompleteAsync(elsewhere, value, default, new MemorySource(frozen), output, CancellationToken.None);
        Assert.Equal(here, output.ToArray());

        var other = frozen.ToArray();
        other[^200] ^= 1;
        Assert.Equal("document.changed", Assert.Throws<PdfSigningException>(() => PadesSigner.Complete(elsewhere, value, default, new MemorySource(other))).Code);
        Assert.Equal("document.changed", Assert.Throws<PdfSigningException>(() => PadesSigner.Complete(elsewhere, value, default, new MemorySource(frozen.AsMemory(..^1)))).Code);
    }

    [Fact]
    public async Task One_pass_over_a_file_gives_the_same_document()
    {
        var frozen = Freeze(new SamplePdf { NoiseBytes = 2_000_000 }.Build());
        using var folder = new TempFolder();
        using var source = new FileSource(folder.Write("in.pdf", frozen));
        using var output = new MemoryStream();
        var prepared = PadesSigner.Prepare(source, Options(Leader, Chief), output, CancellationToken.None);
        var value = await Chief.SignHashAsync(prepared.HashToSign, prepared.Scheme, CancellationToken.None);
        await PadesSigner.CompleteAsync(prepared, value, default, output, CancellationToken.None);
        Assert.Equal(await Sign(frozen, Leader, Chief), output.ToArray());
    }

    [Fact]
    public async Task A_new_field_without_a_place_signs_invisibly()
    {
        Assert.SkipWhen(PadesWitness.MissingTools() is not null, PadesWitness.MissingTools() ?? "");
        var options = new PadesSignatureOptions { Signer = Chief.Signer, Field = new SignatureTarget("Signature1", NewOnPage: 0) };
        var once = await PadesSigner.SignAsync(new MemorySource(new SamplePdf().Build()), options, Chief, CancellationToken.None);
        var twice = await PadesSigner.SignAsync(new MemorySource(once), options with { Field = new SignatureTarget("Signature2", 0, new PdfRectangle(10, 10, 60, 40)) }, Chief, CancellationToken.None);
        await PadesWitness.Confirms(twice, 2);
    }

    private static async Task RunFlow(string what, byte[] original)
    {
        var frozen = Freeze(original);
        await PdfIncrementTests.QpdfFindsNothing(frozen);
        var initialled = await Sign(frozen, Initial, Head);
        await PadesWitness.Confirms(initialled, 1);
        var signed = await Sign(initialled, Leader, Chief);
        await PadesWitness.Confirms(signed, 2);
        var sealed_ = await Sign(signed, Seal, Office, Fill(PdfPreparation.NumberField, "12/UBND-VX"), Fill(PdfPreparation.DateField, "ngày 03 tháng 02 năm 2026"));
        await PadesWitness.Confirms(sealed_, 3);

        Assert.True(sealed_.AsSpan().StartsWith(original), what);
        var document = PdfDocument.Open(new MemorySource(sealed_));
        for (var i = document.Revisions.Count - 4; i < document.Revisions.Count; i++) Assert.True(RevisionScan.Of(document, i).IsWellFormed);
        var form = document.AcroForm!;
        Assert.Equal(3, form.SigFlags);
        Assert.False(form.NeedAppearances);
        var number = form.Find(PdfPreparation.NumberField)!;
        Assert.Equal("12/UBND-VX", ((PdfString)document.Resolve(number.Value)).ToText());
        Assert.Equal(1, number.Flags & 1);
        Assert.Equal("ngày 03 tháng 02 năm 2026", ((PdfString)document.Resolve(form.Find(PdfPreparation.DateField)!.Value)).ToText());
    }

    internal static byte[] Freeze(byte[] original) => [.. original, .. PdfPreparation.Freeze(new MemorySource(original), Plan)];

    internal static async Task<byte[]> Sign(byte[] file, string field, TestCredential credential, params FieldFill[] fills) =>
        await PadesSigner.SignAsync(new MemorySource(file), Options(field, credential, fills), credential, CancellationToken.None);

    internal static PadesSignatureOptions Options(string field, TestCredential credential, params FieldFill[] fills) => new()
    {
        Signer = credential.Signer,
        Field = new SignatureTarget(field),
        Appearance = Appearance.Create(new AppearanceOptions { Width = 120, Height = 50, Lines = [new AppearanceLine("Ký bởi: Nguyễn Văn Mẫu")] }),
        ClaimedTime = Time,
        Reason = "Phê duyệt",
        Location = "An Bình",
        Application = "AnTin",
        Fills = fills,
    };

    internal static FieldFill Fill(string name, string value) =>
        new(name, value, Appearance.Create(new AppearanceOptions { Width = 100, Height = 18, Lines = [new AppearanceLine(value, 13)] }));
}
