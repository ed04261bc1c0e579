using AnTin.TestKit;

namespace AnTin.Modules.Tests.Documents;

/// <summary>Second opinions of programs that are not ours.</summary>
internal static class Witnesses
{
    /// <summary>pdfsig finds so many signatures, all valid, the last over the whole file; qpdf finds nothing wrong.</summary>
    public static async Task AssertSoundAsync(byte[] file, int signatures)
    {
        Assert.SkipUnless(OutsideTool.Exists("pdfsig") && OutsideTool.Exists("qpdf"), "pdfsig and qpdf are not installed");
        using var folder = new TempFolder();
        string path = folder.Write("file.pdf", file);
        ToolRun pdfsig = await OutsideTool.RunAsync("pdfsig", "-nocert", path);
        Assert.Equal(signatures, Count(pdfsig.Output, "Signature is Valid"));
        Assert.Equal(signatures, Count(pdfsig.Output, "Signature Validation:"));
        Assert.Equal(1, Count(pdfsig.Output, "- Total document signed"));
        ToolRun qpdf = await OutsideTool.RunAsync("qpdf", "--check", path);
        Assert.True(qpdf.ExitCode == 0 && !qpdf.Everything.Contains("WARNING", StringComparison.Ordinal), qpdf.Everything);
    }

    /// <summary>The text of the first page as a reader lays it out, appearances included.</summary>
    public static async Task<string> TextAsync(byte[] file)
    {
        using var folder = new TempFolder();
        ToolRun text = await OutsideTool.RunAsync("pdftotext", "-layout", "-l", "1", folder.Write("file.pdf", file), "-");
        return string.Join('\n', text.Output.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;
}
