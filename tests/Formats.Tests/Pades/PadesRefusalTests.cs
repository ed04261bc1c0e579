using System.Text;
using AnTin.Formats.Tests.Pdf;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;
using CsCheck;

namespace AnTin.Formats.Tests.Pades;

public sealed class PadesRefusalTests
{
    private static readonly TestCredential Signer = TestCredential.Ec();

    [Fact]
    public async Task An_encrypted_document_is_refused()
    {
        Assert.SkipUnless(OutsideTool.Exists("qpdf"), "qpdf is not installed");
        using var folder = new TempFolder();
        await OutsideTool.RunAsync("qpdf", "--encrypt", "", "owner", "256", "--", folder.Write("plain.pdf", new SamplePdf().Build()), folder["secret.pdf"]);
        Refuses("document.encrypted", File.ReadAllBytes(folder["secret.pdf"]), New());
    }

    public static TheoryData<string, byte[]> Broken()
    {
        var sample = new SamplePdf().Build();
        var text = Encoding.Latin1.GetString(sample);
        return new()
        {
            { "no PDF", "not a document"u8.ToArray() },
            { "cut short", sample[..^40] },
            { "bytes after the end", [.. sample, .. "extra"u8] },
            { "bytes before the header", new SamplePdf { Preamble = "junk\n" }.Build() },
            { "an update that is not one", [.. sample, .. Encoding.Latin1.GetBytes($"99 0 obj\nnull\nendobj\nstartxref\n{text[(text.IndexOf("startxref\n", StringComparison.Ordinal) + 10)..text.IndexOf("\n%%EOF", StringComparison.Ordinal)]}\n%%EOF\n")] },
            { "a catalog without pages", MiniPdf.Table("<< /Type /Catalog >>") },
        };
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_document_is_refused(string what, byte[] file)
    {
        Refuses("document.broken", file, New(), what);
        Assert.Equal("document.broken", Assert.Throws<PdfSigningException>(() => PdfPreparation.Freeze(new MemorySource(file), new FreezePlan([], []))).Code);
    }

    [Fact]
    public async Task A_signed_field_is_not_signed_again()
    {
        var once = await PadesSigner.SignAsync(new MemorySource(new SamplePdf().Build()), New(), Signer, CancellationToken.None);
        Refuses("field.signed", once, New() with { Field = new SignatureTarget("S") });
        Refuses("field.duplicate", once, New());
    }

    [Fact]
    public void A_name_that_two_fields_bear_is_refused()
    {
        var file = MiniPdf.Table(
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 5 0 R] >> >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 9 9] >>", "<< /Type /Page /Parent 2 0 R >>",
            "<< /T (S) /FT /Sig /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>", "<< /T (S) /FT /Sig /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>");
        Refuses("field.duplicate", file, New() with { Field = new SignatureTarget("S") });
    }

    [Fact]
    public void Fields_that_are_not_there_or_of_another_type_are_refused()
    {
        var file = new SamplePdf { TextField = "Own" }.Build();
        Refuses("field.missing", file, New() with { Field = new SignatureTarget("Nowhere") });
        Refuses("field.type", file, New() with { Field = new SignatureTarget("Own") });
        Refuses("page.missing", file, New() with { Field = new SignatureTarget("S", NewOnPage: 1) });
        Refuses("field.duplicate", file, New() with { Field = new SignatureTarget("Own.Below", NewOnPage: 0) });
        Refuses("field.missing", file, New() with { Fills = [PadesFlowTests.Fill("Nowhere", "x")] });
    }

    [Fact]
    public async Task What_a_signature_locked_stays_locked()
    {
        var file = await PadesSigner.SignAsync(
            new MemorySource(PadesFlowTests.Freeze(new SamplePdf { TextField = "Own" }.Build())), PadesFlowTests.Options("AnTin.Signer1", Signer), Signer, CancellationToken.None);
        Refuses("field.locked", file, New("AnTin.Initial1"));
        Refuses("field.locked", file, New("AnTin.Seal") with { Fills = [PadesFlowTests.Fill("Own", "x")] });
        var complete = await PadesSigner.SignAsync(new MemorySource(file), New("AnTin.Seal") with { Fills = [PadesFlowTests.Fill(PdfPreparation.NumberField, "1")] }, Signer, CancellationToken.None);
        Refuses("field.locked", complete, New());
    }

    [Fact]
    public void A_lock_other_than_the_one_laid_is_refused() =>
        Refuses("field.lock-differs", PadesFlowTests.Freeze(new SamplePdf().Build()), New("AnTin.Seal") with { Lock = new FieldLock(FieldLockAction.Include, "x") });

    [Theory]
    [InlineData("C_prefield_presig_P2.pdf", "document.certified")]
    public void A_certified_document_takes_no_new_fields(string file, string code)
    {
        Assert.SkipWhen(Repository.Corpora is null, "the corpora are not beside the repository");
        Refuses(code, File.ReadAllBytes(Path.Combine(Repository.Corpora, "late-changes", file)), New());
    }

    [Fact]
    public async Task A_signature_that_outgrows_its_room_is_refused_and_fits_after_preparing_anew()
    {
        var source = new MemorySource(new SamplePdf().Build());
        var token = new byte[5_000];
        token[0] = 0x30;
        token[1] = 0x82;
        (token[2], token[3]) = (4_996 >> 8, 4_996 & 0xFF);
        var tight = PadesSigner.Prepare(source, New());
        var value = await Signer.SignHashAsync(tight.HashToSign, tight.Scheme, CancellationToken.None);
        Assert.Equal("signature.reserve", Assert.Throws<PdfSigningException>(() => PadesSigner.Complete(tight, value, token, source)).Code);
        var roomy = PadesSigner.Prepare(source, New() with { TimestampReserve = token.Length });
        Assert.True(roomy.Reserve >= tight.Reserve + token.Length);
        Assert.NotEmpty(PadesSigner.Complete(roomy, await Signer.SignHashAsync(roomy.HashToSign, roomy.Scheme, CancellationToken.None), token, source));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"version\":2}")]
    public void A_damaged_stored_signature_is_refused(string json) =>
        Assert.Equal("prepared.malformed", Assert.Throws<PdfSigningException>(() => PreparedPdfSignature.FromJson(json)).Code);

    [Fact]
    public void A_stored_signature_whose_place_lies_outside_is_refused()
    {
        var json = PadesSigner.Prepare(new MemorySource(new SamplePdf().Build()), New()).ToJson();
        var at = json.IndexOf("\"contentsAt\":", StringComparison.Ordinal) + "\"contentsAt\":".Length;
        Assert.Equal("prepared.malformed", Assert.Throws<PdfSigningException>(() => PreparedPdfSignature.FromJson(json.Insert(at, "99999"))).Code);
    }

    [Fact]
    public void Any_mutation_of_a_document_is_prepared_or_refused_by_name()
    {
        byte[][] seeds =
        [
            PadesFlowTests.Freeze(new SamplePdf { Pages = 2, TextField = "Own" }.Build()),
            PadesFlowTests.Freeze(new SamplePdf { Pages = 2, Xref = SampleXref.Stream }.Build()),
        ];
        Gen.Select(Gen.Int[0, seeds.Length - 1], Mutation.Several).Sample(
            (seed, changes) =>
            {
                var source = new MemorySource(Mutation.Apply(seeds[seed], changes));
                Attempt(() => PadesSigner.Prepare(source, New() with { Field = new SignatureTarget("Fresh", NewOnPage: 1, new PdfRectangle(1, 2, 30, 40)), Appearance = Look }));
                Attempt(() => PadesSigner.Prepare(source, New("AnTin.Seal") with { Fills = [Filled], Appearance = Look }));
                Attempt(() => PdfPreparation.Freeze(source, new FreezePlan([new TextFieldPlan("Fresh.Text", 0, new PdfRectangle(1, 2, 30, 40))], [])));
            },
            iter: 1_000,
            print: sample => $"seed {sample.Item1}: {string.Join(", ", sample.Item2)}");
    }

    private static Appearance Look { get; } = Appearance.Create(new AppearanceOptions { Width = 30, Height = 20, Lines = [new AppearanceLine("x")] });

    private static FieldFill Filled { get; } = PadesFlowTests.Fill(PdfPreparation.NumberField, "1");

    private static void Attempt(Action act)
    {
        try
        {
            act();
        }
        catch (PdfSigningException)
        {
            // The refusal this property allows; anything else fails the sample.
        }
    }

    private static PadesSignatureOptions New() => new() { Signer = Signer.Signer, Field = new SignatureTarget("S", NewOnPage: 0) };

    private static PadesSignatureOptions New(string existing) => New() with { Field = new SignatureTarget(existing) };

    private static void Refuses(string code, byte[] file, PadesSignatureOptions options, string what = "")
    {
        var refusal = Assert.Throws<PdfSigningException>(() => PadesSigner.Prepare(new MemorySource(file), options));
        Assert.True(refusal.Code == code, $"{what}: {refusal.Code} {refusal.Message}");
    }
}
