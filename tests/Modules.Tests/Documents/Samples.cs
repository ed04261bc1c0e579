using System.Globalization;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;

namespace AnTin.Modules.Tests.Documents;

/// <summary>Files that people bring.</summary>
internal static class Samples
{
    /// <summary>The invented decision of samples/, from Chromium.</summary>
    public static byte[] Decision { get; } = File.ReadAllBytes(Repository.PathOf("samples", "quyet-dinh-mau.pdf"));

    /// <summary>Signed by somebody elsewhere, intact.</summary>
    public static async Task<byte[]> SignedElsewhereAsync(byte[]? file = null)
    {
        using var signer = TestCredential.Rsa();
        var options = new PadesSignatureOptions { Signer = signer.Signer, Field = new SignatureTarget("Signature1", NewOnPage: 0) };
        return await PadesSigner.SignAsync(new MemorySource(file ?? Decision), options, signer, CancellationToken.None);
    }

    /// <summary>One letter of the signed part is another.</summary>
    public static byte[] WithBrokenSignature(byte[] signed)
    {
        byte[] broken = [.. signed];
        int at = broken.AsSpan().IndexOf("HeadlessChrome"u8);
        broken[at] = (byte)'h';
        return broken;
    }

    /// <summary>Certified against any change by a signature that somebody else made.</summary>
    public static byte[] Certified() => MiniPdf.Table(
        "<< /Type /Catalog /Pages 2 0 R /Perms << /DocMDP 4 0 R >> >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        "<< /Type /Sig /Filter /Adobe.PPKLite >>");

    public static Task<byte[]> PagesAsync(int pages) => Task.FromResult(new SamplePdf { Pages = pages }.Build());

    public static Task<byte[]> EncryptedAsync() => ThroughAsync("qpdf", "--encrypt", "", "chu-so-huu", "256", "--", "{in}", "{out}");

    public static Task<byte[]> LinearizedAsync() => ThroughAsync("qpdf", "--linearize", "{in}", "{out}");

    public static Task<byte[]> ObjectStreamsAsync() => ThroughAsync("qpdf", "--object-streams=generate", "{in}", "{out}");

    public static Task<byte[]> RotatedAsync(int degrees) =>
        ThroughAsync("qpdf", string.Create(CultureInfo.InvariantCulture, $"--rotate=+{degrees}"), "{in}", "{out}");

    public static Task<byte[]> GhostscriptAsync() =>
        ThroughAsync("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-sOutputFile={out}", "{in}");

    /// <summary>A form of its own, with a field and its page.</summary>
    public static byte[] WithForm() => new SamplePdf { TextField = "YKien" }.Build();

    /// <summary>The decision as a scanner gives it: one picture a page, no text.</summary>
    public static async Task<byte[]> ScannedAsync()
    {
        using var folder = new TempFolder();
        await RunAsync("pdftoppm", "-r", "100", "-jpeg", "-singlefile", folder.Write("in.pdf", Decision), folder["page"]);
        await RunAsync("img2pdf", folder["page.jpg"], "-o", folder["out.pdf"]);
        return await File.ReadAllBytesAsync(folder["out.pdf"]);
    }

    private static async Task<byte[]> ThroughAsync(string program, params string[] arguments)
    {
        using var folder = new TempFolder();
        string input = folder.Write("in.pdf", Decision), output = folder["out.pdf"];
        await RunAsync(program, [.. arguments.Select(a => a.Replace("{in}", input, StringComparison.Ordinal).Replace("{out}", output, StringComparison.Ordinal))]);
        return await File.ReadAllBytesAsync(output);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        Assert.SkipUnless(OutsideTool.Exists(program), $"{program} is not installed");
        ToolRun run = await OutsideTool.RunAsync(program, arguments);
        Assert.True(run.ExitCode == 0, run.Everything);
    }}
