using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AnTin.TestKit;

namespace AnTin.Apps.Tests.Cli;

/// <summary>`antin sign` as a user runs it, with other people's programs as witnesses.</summary>
[Collection(nameof(ServedPki))]
public sealed class SignTests(ServedPki pki) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string[] Key(string name) => ["--key", pki[name + ".p12"], "--password-file", pki[name + ".pass"]];

    [Fact]
    public async Task Signs_so_that_pdfsig_qpdf_and_openssl_accept_it()
    {
        Assert.SkipUnless(OutsideTool.Exists("pdfsig") && OutsideTool.Exists("qpdf") && OutsideTool.Exists("openssl"), "pdfsig, qpdf and openssl are the witnesses");
        ToolRun run = await Antin.RunAsync(["sign", Samples.LibreOffice, "-o", _folder["out.pdf"], .. Key("officer1")]);

        Assert.True(run.ExitCode == 0, run.Everything);
        ToolRun pdfsig = await OutsideTool.RunAsync("pdfsig", "-nocert", _folder["out.pdf"]);
        Assert.Contains("Signature is Valid", pdfsig.Output, StringComparison.Ordinal);
        Assert.Contains("Total document signed", pdfsig.Output, StringComparison.Ordinal);
        Assert.Contains("ETSI.CAdES.detached", pdfsig.Output, StringComparison.Ordinal);
        ToolRun qpdf = await OutsideTool.RunAsync("qpdf", "--check", _folder["out.pdf"]);
        Assert.True(qpdf.ExitCode == 0, qpdf.Everything);
        await AssertOpenSslAcceptsAsync(await File.ReadAllBytesAsync(_folder["out.pdf"]));
    }

    [Fact]
    public async Task Never_changes_a_byte_that_was_there()
    {
        await Antin.RunAsync(["sign", Samples.Chromium, "-o", _folder["one.pdf"], .. Key("officer2"), "--profile", "initial"]);
        ToolRun run = await Antin.RunAsync(["sign", _folder["one.pdf"], "-o", _folder["two.pdf"], .. Key("officer1")]);

        Assert.True(run.ExitCode == 0, run.Everything);
        byte[] original = await File.ReadAllBytesAsync(Samples.Chromium), one = await File.ReadAllBytesAsync(_folder["one.pdf"]);
        byte[] two = await File.ReadAllBytesAsync(_folder["two.pdf"]);
        Assert.True(one.AsSpan().StartsWith(original));
        Assert.True(two.AsSpan().StartsWith(one));
    }

    [Theory]
    [InlineData("sha256", "SHA-256")]
    [InlineData("sha384", "SHA-384")]
    [InlineData("sha512", "SHA-512")]
    public async Task Hashes_with_what_was_asked_for(string digest, string shown)
    {
        ToolRun run = await Antin.RunAsync(["sign", Samples.LibreOffice, "-o", _folder["out.pdf"], .. Key("officer1"), "--digest", digest]);

        Assert.True(run.ExitCode == 0, run.Everything);
        ToolRun pdfsig = await OutsideTool.RunAsync("pdfsig", "-nocert", _folder["out.pdf"]);
        Assert.Contains($"Signing Hash Algorithm: {shown}", pdfsig.Output, StringComparison.Ordinal);
        Assert.Contains("Signature is Valid", pdfsig.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Puts_the_picture_where_it_was_told()
    {
        ToolRun run = await Antin.RunAsync(
            ["sign", Samples.LibreOffice, "-o", _folder["out.pdf"], .. Key("officer1"), "--image", Picture(), "--page", "1", "--rect", "100,120,150,60"]);

        Assert.True(run.ExitCode == 0, run.Everything);
        ToolRun json = await OutsideTool.RunAsync("qpdf", "--json", _folder["out.pdf"]);
        Assert.Contains("AnTin.Signature", json.Output, StringComparison.Ordinal);
        string flat = string.Concat(json.Output.Where(c => !char.IsWhiteSpace(c)));
        Assert.Contains("\"/Rect\":[100,120,250,180]", flat, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_the_anchor_in_any_case_and_without_marks()
    {
        ToolRun found = await Antin.RunAsync(["sign", Samples.LibreOffice, "-o", _folder["a.pdf"], .. Key("officer1"), "--anchor", "Noi nhan"]);
        ToolRun missing = await Antin.RunAsync(["sign", Samples.LibreOffice, "-o", _folder["b.pdf"], .. Key("officer1"), "--anchor", "không có chữ này"]);

        Assert.True(found.ExitCode == 0, found.Everything);
        Assert.Equal(65, missing.ExitCode);
        Assert.Contains("không có chữ này", missing.ErrorOutput, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["b.pdf"]));
    }

    public static TheoryData<string, string[], int, string> Refusals => new()
    {
        { "no output named", ["sign", "{pdf}", "--key", "{p12}", "--password-file", "{pass}"], 64, "thiếu --output" },
        { "an unknown option", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--colour", "red"], 64, "--colour" },
        { "no password", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}"], 64, "--password-file" },
        { "XAdES, which comes later", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--format", "xades"], 64, "hiện có: pades" },
        { "level LT, which comes later", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--level", "lt"], 64, "hiện có: b, t" },
        { "PSS, which comes later", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--rsa-padding", "pss"], 64, "pkcs1" },
        { "detached, which a PDF cannot be", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--detached"], 64, "--detached" },
        { "a token, which comes later", ["sign", "{pdf}", "-o", "{out}", "--key", "pkcs11:token=x"], 64, "pkcs11:" },
        { "level t without a server", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--level", "t"], 64, "--tsa" },
        { "half a place", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--page", "1"], 64, "--rect" },
        { "a place that is none", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--page", "1", "--rect", "1,2,3"], 64, "X,Y,W,H" },
        { "a page that is not there", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--page", "99", "--rect", "1,2,30,40"], 64, "99" },
        { "the input as output", ["sign", "{pdf}", "-o", "{pdf}", "--key", "{p12}", "--password-file", "{pass}"], 64, "chính là tệp vào" },
        { "a folder as output", ["sign", "{pdf}", "-o", "{folder}", "--key", "{p12}", "--password-file", "{pass}"], 64, "không phải tệp thường" },
        { "a folder that is not there", ["sign", "{pdf}", "-o", "{folder}/none/out.pdf", "--key", "{p12}", "--password-file", "{pass}"], 64, "không ghi được" },
        { "an input that is not there", ["sign", "{folder}/none.pdf", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}"], 65, "không có tệp" },
        { "an empty input", ["sign", "{empty}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}"], 65, "tệp rỗng" },
        { "an input that is no PDF", ["sign", "{text}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}"], 65, "PDF" },
        { "a truncated PDF", ["sign", "{cut}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}"], 65, "PDF" },
        { "the wrong password", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{text}"], 65, "sai mật khẩu" },
        { "a key that is no PKCS#12", ["sign", "{pdf}", "-o", "{out}", "--key", "{text}", "--password-file", "{pass}"], 65, "không mở được khóa" },
        { "a picture that is no PNG", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--image", "{text}"], 65, "PNG" },
        { "a time-stamping server that is not there", ["sign", "{pdf}", "-o", "{out}", "--key", "{p12}", "--password-file", "{pass}", "--tsa", "http://127.0.0.1:1/tsa"], 65, "127.0.0.1:1" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refuses_in_one_line_and_leaves_nothing(string description, string[] arguments, int exitCode, string says)
    {
        _folder.Write("doc.pdf", await File.ReadAllBytesAsync(Samples.LibreOffice));
        _folder.Write("cut.pdf", (await File.ReadAllBytesAsync(Samples.LibreOffice)).AsSpan(0, 9000));
        _folder.Write("text.txt", "xin chào\n"u8);
        _folder.Write("empty.pdf", []);
        Directory.CreateDirectory(_folder["folder"]);
        string[] before = Directory.GetFileSystemEntries(_folder.Path);

        ToolRun run = await Antin.RunAsync([.. arguments.Select(Fill)]);

        Assert.True(run.ExitCode == exitCode, $"{description}: {run.Everything}");
        Assert.Contains(says, run.ErrorOutput, StringComparison.Ordinal);
        Assert.Single(run.ErrorOutput.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("antin: ", run.ErrorOutput, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path));
    }

    private string Fill(string argument) => argument
        .Replace("{pdf}", _folder["doc.pdf"], StringComparison.Ordinal)
        .Replace("{cut}", _folder["cut.pdf"], StringComparison.Ordinal)
        .Replace("{text}", _folder["text.txt"], StringComparison.Ordinal)
        .Replace("{empty}", _folder["empty.pdf"], StringComparison.Ordinal)
        .Replace("{folder}", _folder["folder"], StringComparison.Ordinal)
        .Replace("{out}", _folder["out.pdf"], StringComparison.Ordinal)
        .Replace("{p12}", pki["officer1.p12"], StringComparison.Ordinal)
        .Replace("{pass}", pki["officer1.pass"], StringComparison.Ordinal);

    [Fact]
    public async Task Speaks_English_to_an_English_user()
    {
        ToolRun byLocale = await Antin.RunInEnglishAsync("sign", _folder["none.pdf"], "-o", _folder["o.pdf"], "--key", pki["officer1.p12"], "--password-file", pki["officer1.pass"]);
        ToolRun byOption = await Antin.RunAsync("sign", _folder["none.pdf"], "-o", _folder["o.pdf"], "--key", pki["officer1.p12"], "--password-file", pki["officer1.pass"], "--lang", "en");

        Assert.Contains("there is no file", byLocale.ErrorOutput, StringComparison.Ordinal);
        Assert.Equal(byLocale.ErrorOutput, byOption.ErrorOutput);
    }

    [Fact]
    public async Task Refuses_to_write_over_its_input_through_a_link()
    {
        string real = _folder.Write("doc.pdf", await File.ReadAllBytesAsync(Samples.LibreOffice));
        File.CreateSymbolicLink(_folder["link.pdf"], real);

        ToolRun run = await Antin.RunAsync(["sign", real, "-o", _folder["link.pdf"], .. Key("officer1")]);

        Assert.Equal(64, run.ExitCode);
        Assert.Equal(await File.ReadAllBytesAsync(Samples.LibreOffice), await File.ReadAllBytesAsync(real));
    }

    [Fact]
    public async Task Refuses_a_certificate_that_has_expired()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=Het Han", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 expired = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-2), DateTimeOffset.UtcNow.AddDays(-1));
        _folder.Write("k.p12", expired.Export(X509ContentType.Pkcs12, "abc"));
        _folder.Write("k.pass", "abc\n"u8);

        ToolRun run = await Antin.RunAsync("sign", Samples.LibreOffice, "-o", _folder["out.pdf"], "--key", _folder["k.p12"], "--password-file", _folder["k.pass"]);

        Assert.True(run.ExitCode == 65, run.Everything);
        Assert.Contains("hết hạn", run.ErrorOutput, StringComparison.Ordinal);
    }

    /// <summary>The limit on file sizes stands in for a full disk: the write fails in the middle.</summary>
    [Fact]
    public async Task Leaves_nothing_when_the_disk_is_full()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ulimit is of Unix shells");
        ToolRun run = await Antin.RunInShellAsync(
            "trap '' XFSZ; ulimit -f 8; export DOTNET_EnableWriteXorExecute=0;", ["sign", Samples.LibreOffice, "-o", _folder["out.pdf"], .. Key("officer1")]);

        Assert.True(run.ExitCode == 64, run.Everything);
        Assert.Contains("không ghi được", run.ErrorOutput, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_kill_midway_leaves_no_half_file(string signal)
    {
        // A time-stamping server that never answers holds the program where half the file is written.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/tsa";
        ProcessStartInfo start = Antin.StartInfo(["sign", Samples.LibreOffice, "-o", _folder["out.pdf"], .. Key("officer1"), "--tsa", url]);
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        using TcpClient waiting = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        await OutsideTool.RunAsync("kill", "-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(0, process.ExitCode);
        Assert.False(File.Exists(_folder["out.pdf"]));
        if (signal != "KILL")
        {
            Assert.Equal(130, process.ExitCode);
            Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        }
    }

    private async Task AssertOpenSslAcceptsAsync(byte[] pdf)
    {
        SignedParts parts = SignedParts.Of(pdf);
        string cms = _folder.Write("sig.der", parts.Signature), content = _folder.Write("content.bin", parts.Content);
        ToolRun openssl = await OutsideTool.RunAsync("openssl", "cms", "-verify", "-inform", "DER", "-binary", "-in", cms, "-content", content,
            "-CAfile", pki["root.pem"], "-purpose", "any", "-out", _folder["verified.bin"]);
        Assert.True(openssl.ExitCode == 0, openssl.Everything);
    }

    private string Picture()
    {
        string demo = Repository.PathOf("src", "Modules", "Documents", "Demo", "giamdoc.png");
        Assert.True(File.Exists(demo));
        return demo;
    }
}
