using System.Security.Cryptography;
using System.Text;
using AnTin.Pdf;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;

namespace AnTin.Formats.Tests.Pdf;

public sealed class PdfDocumentTests
{
    public static TheoryData<SampleXref> Builds => [SampleXref.Table, SampleXref.Stream, SampleXref.Hybrid];

    [Theory]
    [MemberData(nameof(Builds))]
    public void Reads_every_build_from_memory_and_from_a_file_alike(SampleXref build)
    {
        var bytes = new SamplePdf { Pages = 25, Xref = build, NoiseBytes = 300_000, TextField = "Number" }.Build();
        using var folder = new TempFolder();
        using var file = new FileSource(folder.Write("sample.pdf", bytes));
        var inMemory = PdfDocument.Open(new MemorySource(bytes));
        var onDisk = PdfDocument.Open(file);

        Assert.Equal(25, inMemory.PageCount);
        Assert.Equal(bytes.Length, inMemory.LastRevision.End);
        Assert.Null(inMemory.LastRevision.Fault);
        Assert.Equal(inMemory.NextObjectNumber, onDisk.NextObjectNumber);
        for (var number = 0; number < inMemory.NextObjectNumber; number++)
        {
            var value = inMemory.GetObject(number);
            Assert.Equal(value, onDisk.GetObject(number));
            if (value is PdfStream stream) Assert.True(inMemory.Decode(stream).Span.SequenceEqual(onDisk.Decode((PdfStream)onDisk.GetObject(number)).Span));
        }
    }

    [Theory]
    [MemberData(nameof(Builds))]
    public void Every_byte_of_a_clean_file_is_accounted_for(SampleXref build)
    {
        var bytes = new SamplePdf { Pages = 3, Xref = build }.Build();
        var scan = RevisionScan.Of(PdfDocument.Open(new MemorySource(bytes)), 0);
        Assert.Null(scan.Fault);
        Assert.True(scan.IsWellFormed);
    }

    [Fact]
    public void Finds_pages_in_a_deep_tree_with_what_they_inherit()
    {
        var document = PdfDocument.Open(new MemorySource(new SamplePdf { Pages = 500, FanOut = 3, Rotate = -90 }.Build()));
        Assert.Equal(500, document.PageCount);
        foreach (var index in (int[])[0, 1, 2, 3, 250, 498, 499])
        {
            var page = document.GetPage(index);
            Assert.Equal(10 + (2 * index), page.Reference.Number);
            Assert.Equal(270, page.Rotate);
            Assert.Equal(841.89, page.MediaBox.Top);
            Assert.NotNull(page.Resources["Font"]);
            var content = document.Decode(document.Get<PdfStream>(page.Dictionary, "Contents")!);
            Assert.Contains($"(Page {index + 1} of", Encoding.Latin1.GetString(content.Span), StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => document.GetPage(500));
    }

    [Fact]
    public void Finds_a_page_by_its_reference_as_by_its_index()
    {
        var document = PdfDocument.Open(new MemorySource(new SamplePdf { Pages = 60, FanOut = 4, Rotate = 180 }.Build()));
        for (var i = 0; i < 60; i++)
        {
            var page = document.GetPage(i);
            var found = document.FindPage(page.Reference)!;
            Assert.Equal(i, found.Index);
            Assert.Equal((page.Reference, page.MediaBox, page.CropBox, page.Rotate), (found.Reference, found.MediaBox, found.CropBox, found.Rotate));
            Assert.Equal(page.Resources, found.Resources);
        }

        Assert.Null(document.FindPage(new PdfReference(1, 0)));
        Assert.Null(document.FindPage(new PdfReference(2, 0)));
    }

    [Fact]
    public void Offsets_count_from_the_percent_sign_of_the_header()
    {
        var document = PdfDocument.Open(new MemorySource(new SamplePdf { Preamble = "HTTP/1.1 200\r\n\r\n", Xref = SampleXref.Stream }.Build()));
        Assert.Equal(16, document.HeaderOffset);
        Assert.Equal(1, document.PageCount);
    }

    [Fact]
    public void Reads_form_fields_with_full_names_and_inheritance()
    {
        var bytes = MiniPdf.Table(
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 7 0 R] /DA (/F 9 Tf) /SigFlags 3 >> >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>",
            "<< /T (person) /FT /Tx /Ff 4097 /Kids [5 0 R 6 0 R] >>",
            "<< /T (name) /V (An) /Parent 4 0 R /Subtype /Widget >>",
            "<< /T <FEFF1EA5> /Parent 4 0 R /DA (/G 8 Tf) /Kids [8 0 R 8 0 R] >>",
            "<< /T (sign) /FT /Sig >>",
            "<< /Subtype /Widget /Parent 6 0 R >>");
        var form = PdfDocument.Open(new MemorySource(bytes)).AcroForm!;
        Assert.Equal(["person.name", "person.ấ", "sign"], form.Fields.Select(f => f.FullName));
        Assert.Equal(3, form.SigFlags);
        Assert.Equal("Tx", form.Find("person.name")!.FieldType);
        Assert.Equal(4097, form.Find("person.name")!.Flags);
        Assert.Equal("/F 9 Tf", form.Find("person.name")!.DefaultAppearance!.ToText());
        Assert.Equal("/G 8 Tf", form.Find("person.ấ")!.DefaultAppearance!.ToText());
        Assert.Single(form.Find("person.name")!.Widgets);
        Assert.Equal(2, form.Find("person.ấ")!.Widgets.Count);
        Assert.True(form.IsNameTaken("person"));
        Assert.Empty(form.DuplicateNames);
    }

    [Fact]
    public void Names_borne_by_two_fields_are_told()
    {
        var bytes = MiniPdf.Table(
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [3 0 R 4 0 R] >> >>", "<< /Type /Pages /Count 0 /Kids [] >>", "<< /T (a) /FT /Sig >>", "<< /T (a) /FT /Tx >>");
        Assert.Equal(["a"], PdfDocument.Open(new MemorySource(bytes)).AcroForm!.DuplicateNames);
    }

    [Fact]
    public async Task Encrypted_files_are_recognised()
    {
        Assert.SkipUnless(OutsideTool.Exists("qpdf"), "qpdf is not installed");
        using var folder = new TempFolder();
        var plain = folder.Write("plain.pdf", new SamplePdf().Build());
        await OutsideTool.RunAsync("qpdf", "--encrypt", "", "owner", "256", "--", plain, folder["secret.pdf"]);
        Assert.True(PdfDocument.Open(new MemorySource(File.ReadAllBytes(folder["secret.pdf"]))).IsEncrypted);
        Assert.False(PdfDocument.Open(new MemorySource(File.ReadAllBytes(plain))).IsEncrypted);
    }

    [Theory]
    [InlineData("--linearize")]
    [InlineData("--object-streams=generate")]
    [InlineData("--linearize", "--object-streams=generate")]
    [InlineData("--qdf")]
    [InlineData("--stream-data=uncompress", "--newline-before-endstream")]
    public async Task Reads_what_qpdf_makes_of_a_file(params string[] options)
    {
        Assert.SkipUnless(OutsideTool.Exists("qpdf"), "qpdf is not installed");
        using var folder = new TempFolder();
        var plain = folder.Write("plain.pdf", new SamplePdf { Pages = 30, TextField = "N" }.Build());
        var made = folder["made.pdf"];
        Assert.Equal(0, (await OutsideTool.RunAsync("qpdf", [.. options, plain, made])).ExitCode);
        var document = PdfDocument.Open(new MemorySource(File.ReadAllBytes(made)));
        Assert.Equal(30, document.PageCount);
        Assert.Equal(options[0] == "--linearize", document.LastRevision.IsLinearized);
        Assert.Single(document.Revisions);
        Assert.True(RevisionScan.Of(document, 0).IsWellFormed, RevisionScan.Of(document, 0).Fault);
        Assert.NotNull(document.AcroForm!.Find("N"));
        for (var i = 0; i < 30; i++)
        {
            var content = document.Decode(document.Get<PdfStream>(document.GetPage(i).Dictionary, "Contents")!);
            Assert.Contains($"(Page {i + 1} of", Encoding.Latin1.GetString(content.Span), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hashing_a_range_of_a_file_equals_hashing_the_bytes()
    {
        var bytes = new SamplePdf { NoiseBytes = 1_000_000 }.Build();
        using var folder = new TempFolder();
        using var file = new FileSource(folder.Write("sample.pdf", bytes));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        file.HashRange(12_345, 700_001, hash);
        Assert.Equal(SHA256.HashData(bytes.AsSpan(12_345, 700_001)), hash.GetHashAndReset());
        Assert.Throws<ArgumentOutOfRangeException>(() => file.HashRange(bytes.Length - 3, 4, hash));
    }
}
