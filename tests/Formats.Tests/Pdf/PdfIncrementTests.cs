using AnTin.Pdf;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;

namespace AnTin.Formats.Tests.Pdf;

public sealed class PdfIncrementTests
{
    public static TheoryData<SampleXref> Builds => [SampleXref.Table, SampleXref.Stream, SampleXref.Hybrid];

    [Theory]
    [MemberData(nameof(Builds))]
    public async Task Updates_keep_the_form_of_the_file_and_every_earlier_byte(SampleXref build)
    {
        var original = new SamplePdf { Pages = 4, Xref = build }.Build();
        var file = original;
        for (var round = 1; round <= 3; round++)
        {
            var document = PdfDocument.Open(new MemorySource(file));
            var increment = new PdfIncrement(document);
            var page = document.GetPage(round);
            increment.Edit(page.Reference)["Rotate"] = new PdfInteger(90);
            increment.Edit((PdfReference)document.Trailer["Root"]!)["Extra"] = increment.Add(new PdfStream(new PdfDictionary(), "data"u8.ToArray()));
            file = [.. file, .. increment.Build()];
        }

        var after = PdfDocument.Open(new MemorySource(file));
        Assert.True(file.AsSpan().StartsWith(original));
        Assert.Equal(4, after.Revisions.Count);
        Assert.All(after.Revisions, r => Assert.Null(r.Fault));
        Assert.Equal(build is SampleXref.Stream ? XrefForm.Stream : XrefForm.Table, after.LastRevision.Form);
        for (var i = 0; i < 4; i++) Assert.True(RevisionScan.Of(after, i).IsWellFormed);
        Assert.Equal([0, 90, 90, 90], Enumerable.Range(0, 4).Select(i => after.GetPage(i).Rotate));
        Assert.Equal([0, 90, 90, 0], Enumerable.Range(0, 4).Select(i => after.AtRevision(2).GetPage(i).Rotate));
        Assert.Equal("data"u8.ToArray(), after.Decode(after.Get<PdfStream>(after.Catalog, "Extra")!).ToArray());
        await QpdfFindsNothing(file);
    }

    [Fact]
    public void The_second_half_of_the_identifier_changes_and_the_first_stays()
    {
        var document = PdfDocument.Open(new MemorySource(new SamplePdf().Build()));
        var increment = new PdfIncrement(document);
        increment.Add(PdfBoolean.True);
        PdfString[] Identifier(ReadOnlySpan<byte> seed) =>
            [.. PdfDocument.Open(new MemorySource((byte[])[.. ((MemorySource)document.Source).Bytes.Span, .. increment.Build(seed)])).Trailer["ID"] is PdfArray a ? a.Cast<PdfString>() : []];
        var one = Identifier("one"u8);
        var two = Identifier("two"u8);
        Assert.Equal("00112233445566778899AABBCCDDEEFF", Convert.ToHexString(one[0].Bytes.Span));
        Assert.Equal(one[0], two[0]);
        Assert.NotEqual(one[1], two[1]);
        Assert.NotEqual(one[0], one[1]);
        Assert.Equal(one[1], Identifier("one"u8)[1]);
    }

    [Fact]
    public void Generations_stay_and_objects_of_another_generation_do_not_exist()
    {
        var text = System.Text.Encoding.Latin1.GetString(MiniPdf.Table("<< /Pages 2 0 R >>", "<< /Count 0 /Kids [] >>", "(old)"));
        var file = System.Text.Encoding.Latin1.GetBytes(text.Replace("3 0 obj", "3 7 obj", StringComparison.Ordinal));
        var at = System.Text.Encoding.Latin1.GetString(file).LastIndexOf(" 00000 n", StringComparison.Ordinal);
        "00007"u8.CopyTo(file.AsSpan(at + 1));
        var document = PdfDocument.Open(new MemorySource(file));
        Assert.Same(PdfNull.Instance, document.Resolve(new PdfReference(3, 0)));
        var increment = new PdfIncrement(document);
        Assert.Throws<PdfFormatException>(() => increment.Replace(new PdfReference(3, 0), PdfNull.Instance));
        increment.Replace(new PdfReference(3, 7), PdfString.FromText("new"));
        var after = PdfDocument.Open(new MemorySource((byte[])[.. file, .. increment.Build()]));
        Assert.Equal("new", ((PdfString)after.Resolve(new PdfReference(3, 7))).ToText());
    }

    [Fact]
    public void Offsets_beyond_four_gigabytes_are_written_and_read()
    {
        // The file is a sparse source: an original, then a hole inside a stream, then the cross-reference data.
        const long Hole = 5_000_000_000;
        var source = SparseSource.WithStreamOf(Hole);
        var document = PdfDocument.Open(source);
        var increment = new PdfIncrement(document);
        var added = increment.Add(PdfString.FromText("far"));
        var whole = source.With(increment.Build());
        var after = PdfDocument.Open(whole);
        Assert.True(after.FindEntry(added.Number).Location > Hole);
        Assert.Equal("far", ((PdfString)after.Resolve(added)).ToText());
        Assert.Null(after.LastRevision.Fault);
    }

    internal static async Task QpdfFindsNothing(byte[] file)
    {
        if (!OutsideTool.Exists("qpdf")) return;
        using var folder = new TempFolder();
        var run = await OutsideTool.RunAsync("qpdf", "--check", folder.Write("file.pdf", file));
        Assert.True(run.ExitCode == 0 && !run.Everything.Contains("WARNING", StringComparison.Ordinal), run.Everything);
    }
}
