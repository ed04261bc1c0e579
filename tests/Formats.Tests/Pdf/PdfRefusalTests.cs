using System.Diagnostics;
using System.Text;
using AnTin.Pdf;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;
using CsCheck;

namespace AnTin.Formats.Tests.Pdf;

/// <summary>What is broken is refused by name; hostile files end quickly; nothing but PdfFormatException leaves the parser.</summary>
public sealed class PdfRefusalTests
{
    private const string Pages = "<< /Type /Pages /Count 0 /Kids [] >>";
    private const string Catalog = "<< /Type /Catalog /Pages 2 0 R >>";

    public static TheoryData<string, byte[], string> Broken() => new()
    {
        { "nothing at all", [], "file.not-pdf" },
        { "another kind of file", "PK\u0003\u0004 zip"u8.ToArray(), "file.not-pdf" },
        { "only a header", "%PDF-1.7\n"u8.ToArray(), "file.startxref" },
        { "no offset after startxref", "%PDF-1.7\nstartxref\n%%EOF"u8.ToArray(), "file.startxref" },
        { "startxref far outside", "%PDF-1.7\nstartxref\n99999999999\n%%EOF"u8.ToArray(), "xref.offset" },
        { "startxref into the header", "%PDF-1.7\n1 2 3\nstartxref\n9\n%%EOF"u8.ToArray(), "xref.missing" },
        { "cut in the middle", new SamplePdf { Pages = 3 }.Build()[..900], "file.startxref" },
        { "a line lost, so that offsets are wrong", Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(MiniPdf.Table(Catalog, Pages)).Replace("%PDF-1.7\n", "%PDF-1.7", StringComparison.Ordinal)), "xref.missing" },
        { "no catalog", MiniPdf.Table("null", Pages), "document.catalog" },
        { "catalog is a number", MiniPdf.Table("17", Pages), "document.catalog" },
        { "page tree returns to itself", MiniPdf.Table(Catalog, "<< /Type /Pages /Count 1 /Kids [2 0 R] >>"), "pages.depth" },
        { "page tree has fewer pages than it says", MiniPdf.Table(Catalog, "<< /Type /Pages /Count 9 /Kids [] >>"), "pages.count" },
        { "a key twice", MiniPdf.Table("<< /Pages 2 0 R /Pages 3 0 R >>", Pages), "syntax.duplicate-key" },
        { "an object that refers to itself", MiniPdf.Table("1 0 R", Pages), "object.reference-loop" },
        { "two objects that refer to each other", MiniPdf.Table("3 0 R", Pages, "1 0 R"), "object.reference-loop" },
        { "a stream whose length needs the stream", MiniPdf.Table("<< /Length 1 0 R >>\nstream\n\nendstream", Pages), "object.cycle" },
        { "nested too deeply", MiniPdf.Table(new string('[', 5000), Pages), "limit.depth" },
        { "a previous section that is this one", MiniPdf.Update(MiniPdf.Table(Catalog, Pages), MiniPdf.Table(Catalog, Pages).Length + "2 0 obj\n\nendobj\n".Length + Pages.Length, "/Root 1 0 R /Size 3", (2, Pages)), "xref.cycle" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Refuses(string what, byte[] file, string code)
    {
        var fault = Assert.Throws<PdfFormatException>(() => Touch(file));
        Assert.True(code == fault.Code, $"{what}: {fault.Code} {fault.Message}");
    }

    [Fact]
    public void An_object_stream_said_to_be_inside_itself_is_refused()
    {
        // Objects 1 and 2 are said to be in object stream 2; object 3 is the cross-reference stream.
        byte[] rows = [0, 0, 0, 2, 2, 0, 2, 2, 1, 1, 9, 0];
        var head = "%PDF-1.7\n";
        var made = $"{head}3 0 obj\n<< /Type /XRef /W [1 1 1] /Size 4 /Root 1 0 R /Length {rows.Length} >>\nstream\n{Encoding.Latin1.GetString(rows)}\nendstream\nendobj\nstartxref\n{head.Length}\n%%EOF\n";
        var fault = Assert.Throws<PdfFormatException>(() => Touch(Encoding.Latin1.GetBytes(made)));
        Assert.Equal("object-stream.missing", fault.Code);
    }

    [Fact]
    public void A_stream_that_inflates_without_end_meets_the_limit()
    {
        var limits = new PdfLimits { DecodedStreamBytes = 100_000 };
        var zeros = new byte[5_000_000];
        using var packed = new MemoryStream();
        using (var deflater = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true)) deflater.Write(zeros);
        var body = Encoding.Latin1.GetString(packed.ToArray());
        var file = MiniPdf.Table(Catalog, Pages, $"<< /Filter /FlateDecode /Length {body.Length} >>\nstream\n{body}\nendstream");
        var document = PdfDocument.Open(new MemorySource(file), limits);
        Assert.Equal("limit.decoded-bytes", Assert.Throws<PdfFormatException>(() => document.Decode((PdfStream)document.GetObject(3))).Code);
    }

    [Fact]
    public void A_section_that_claims_millions_of_entries_is_refused_at_once()
    {
        var file = Encoding.Latin1.GetBytes("%PDF-1.7\nxref\n0 8000000\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n");
        var clock = Stopwatch.StartNew();
        Assert.Throws<PdfFormatException>(() => Touch(file));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Any_mutation_of_a_valid_file_reads_or_is_refused_by_name()
    {
        byte[][] seeds =
        [
            new SamplePdf { Pages = 2, TextField = "N" }.Build(),
            new SamplePdf { Pages = 2, Xref = SampleXref.Stream }.Build(),
            new SamplePdf { Pages = 2, Xref = SampleXref.Hybrid, TextField = "N" }.Build(),
        ];
        Gen.Select(Gen.Int[0, seeds.Length - 1], Mutation.Several).Sample(
            (seed, changes) =>
            {
                var bytes = Mutation.Apply(seeds[seed], changes);
                var clock = Stopwatch.StartNew();
                try
                {
                    Touch(bytes);
                }
                catch (PdfFormatException)
                {
                    // The refusal this property allows; anything else fails the sample.
                }

                return clock.Elapsed < TimeSpan.FromSeconds(5);
            },
            iter: 4_000,
            print: sample => $"seed {sample.Item1}: {string.Join(", ", sample.Item2)}");
    }

    private static void Touch(byte[] file)
    {
        var document = PdfDocument.Open(new MemorySource(file));
        _ = document.Catalog;
        for (var i = 0; i < Math.Min(document.PageCount, 20); i++) document.GetPage(i);
        _ = document.AcroForm;
        for (var number = 0; number < Math.Min(document.NextObjectNumber, 100); number++)
        {
            if (document.Resolve(new PdfReference(number, 0)) is PdfStream stream) document.DecodeUpToPicture(stream);
        }

        for (var i = 0; i < document.Revisions.Count; i++) RevisionScan.Of(document, i);
    }
}
