using System.Text;
using AnTin.Pdf;
using AnTin.TestKit;

namespace AnTin.Formats.Tests.Pades;

/// <summary>What programs of other makers say of a signed file.</summary>
internal static class PadesWitness
{
    /// <summary>qpdf finds nothing, pdfsig calls every signature valid and the last one total, openssl accepts every CMS over its range.</summary>
    public static async Task Confirms(byte[] file, int signatures)
    {
        using var folder = new TempFolder();
        var path = folder.Write("signed.pdf", file);
        if (OutsideTool.Exists("qpdf"))
        {
            var check = await OutsideTool.RunAsync("qpdf", "--check", path);
            Assert.True(check.ExitCode == 0 && !check.Everything.Contains("WARNING", StringComparison.Ordinal), check.Everything);
        }

        if (OutsideTool.Exists("pdfsig"))
        {
            var said = await OutsideTool.RunAsync("pdfsig", "-nocert", path);
            Assert.True(Count(said.Output, "Signature Validation: Signature is Valid.") == signatures, said.Everything);
            Assert.True(Count(said.Output, "ETSI.CAdES.detached") == signatures, said.Everything);
            // Fields are listed in the order of the form; only the newest signature covers the file to its end.
            Assert.True(Count(said.Output, "Total document signed") == 1, said.Everything);
        }

        var found = 0;
        foreach (var (cms, content) in Extract(file))
        {
            found++;
            if (!OutsideTool.Exists("openssl")) continue;
            var run = await OutsideTool.RunAsync(
                "openssl", "cms", "-verify", "-inform", "DER", "-in", folder.Write("cms.der", cms), "-content", folder.Write("content.bin", content), "-binary",
                "-CAfile", folder.Write("ca.pem", Encoding.ASCII.GetBytes(TestCredential.AuthorityPem)), "-purpose", "any", "-no_check_time", "-out", folder["out.bin"]);
            Assert.True(run.ExitCode == 0, run.Everything);
        }

        Assert.Equal(signatures, found);
    }

    public static string? MissingTools()
    {
        string[] tools = ["qpdf", "pdfsig", "openssl"];
        var missing = tools.Where(t => !OutsideTool.Exists(t)).ToList();
        return missing.Count == 0 ? null : $"not installed: {string.Join(", ", missing)}";
    }

    /// <summary>Every signature's CMS, padding cut off, and the bytes it covers.</summary>
    public static IEnumerable<(byte[] Cms, byte[] Content)> Extract(byte[] file)
    {
        var document = PdfDocument.Open(new MemorySource(file));
        foreach (var field in document.AcroForm?.Fields ?? [])
        {
            if (field.FieldType != "Sig" || document.Resolve(field.Value) is not PdfDictionary signature) continue;
            var contents = document.Get<PdfString>(signature, "Contents")!.Bytes.ToArray();
            var range = document.Get<PdfArray>(signature, "ByteRange")!.Select(n => (int)((PdfInteger)n).Value).ToArray();
            Assert.Equal(0x30, contents[0]);
            Assert.Equal(0x82, contents[1]);
            var length = 4 + (contents[2] << 8) + contents[3];
            Assert.All(contents[length..], b => Assert.Equal(0, b));
            Assert.Equal((byte)'<', file[range[1]]);
            Assert.Equal((byte)'>', file[range[2] - 1]);
            yield return (contents[..length], [.. file.AsSpan(range[0], range[1]), .. file.AsSpan(range[2], range[3])]);
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
