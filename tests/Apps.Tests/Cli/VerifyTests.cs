using System.Diagnostics;
using System.Text.Json;
using AnTin.TestKit;

namespace AnTin.Apps.Tests.Cli;

/// <summary>`antin verify` as a user runs it: verdicts, exit codes, JSON, folders, status over the network.</summary>
[Collection(nameof(ServedPki))]
public sealed class VerifyTests(ServedPki pki) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<string> SignedAsync(string key, string name, params string[] more)
    {
        ToolRun run = await Antin.RunAsync(
            ["sign", Samples.LibreOffice, "-o", _folder[name], "--key", pki[key + ".p12"], "--password-file", pki[key + ".pass"], .. more]);
        Assert.True(run.ExitCode == 0, run.Everything);
        return _folder[name];
    }

    private static JsonElement Json(ToolRun run) => JsonDocument.Parse(run.Output).RootElement;

    [Fact]
    public async Task Finds_the_time_that_was_stamped_when_a_server_is_named()
    {
        string file = await SignedAsync("officer1", "t.pdf", "--level", "t", "--tsa", pki.TimeStampUrl);

        ToolRun verified = await Antin.RunAsync("verify", file, "--trust", pki["trust"], "--json");
        Assert.Contains("\"level\": \"PAdES-B-T\"", verified.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"bestTime\": null", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_refuses_a_file_whose_signature_is_already_broken()
    {
        byte[] bytes = await File.ReadAllBytesAsync(await SignedAsync("officer1", "good.pdf"));
        bytes[bytes.AsSpan().IndexOf("/Producer"u8) + 12] ^= 1;
        string broken = _folder.Write("broken.pdf", bytes);

        ToolRun run = await Antin.RunAsync("sign", broken, "-o", _folder["out.pdf"], "--key", pki["officer2.p12"], "--password-file", pki["officer2.pass"]);

        Assert.True(run.ExitCode == 65, run.Everything);
        Assert.Contains("đã hỏng", run.ErrorOutput, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out.pdf"]));
    }

    [Fact]
    public async Task Says_valid_of_what_was_signed_when_the_authority_answers()
    {
        string file = await SignedAsync("officer1", "out.pdf");

        ToolRun run = await Antin.RunAsync("verify", file, "--trust", pki["trust"], "--json");

        Assert.True(run.ExitCode == 0, run.Everything);
        JsonElement report = Json(run);
        Assert.Equal("valid", report.GetProperty("verdict").GetString());
        JsonElement signature = Assert.Single(report.GetProperty("signatures").EnumerateArray());
        Assert.Equal("TOTAL_PASSED", signature.GetProperty("indication").GetString());
        Assert.Equal("official-duty", signature.GetProperty("certificateClass").GetString());
        Assert.Equal("PAdES-B-B", signature.GetProperty("level").GetString());
        Assert.True(signature.GetProperty("coversWholeDocument").GetBoolean());
        Assert.Equal("none", signature.GetProperty("changesAfter").GetString());
        Assert.Contains(signature.GetProperty("checks").EnumerateArray(), c => c.GetProperty("reference").GetString()!.Contains("319 102", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tells_the_classes_of_certificates_apart()
    {
        ToolRun officer = await Antin.RunAsync("verify", await SignedAsync("officer2", "a.pdf"), "--trust", pki["trust"], "--json");
        ToolRun seal = await Antin.RunAsync("verify", await SignedAsync("seal", "b.pdf", "--profile", "seal"), "--trust", pki["trust"], "--json");
        ToolRun citizen = await Antin.RunAsync("verify", await SignedAsync("public1", "c.pdf"), "--trust", pki["trust"], "--json");

        Assert.Equal(("signature", "official-duty"), KindOf(officer));
        Assert.Equal(("seal", "official-duty"), KindOf(seal));
        Assert.Equal(("signature", "public"), KindOf(citizen));

        static (string?, string?) KindOf(ToolRun run)
        {
            JsonElement signature = Json(run).GetProperty("signatures")[0];
            return (signature.GetProperty("type").GetString(), signature.GetProperty("certificateClass").GetString());
        }
    }

    [Fact]
    public async Task Cannot_decide_without_an_anchor()
    {
        ToolRun run = await Antin.RunAsync("verify", await SignedAsync("officer1", "out.pdf"), "--json");

        Assert.True(run.ExitCode == 2, run.Everything);
        JsonElement signature = Json(run).GetProperty("signatures")[0];
        Assert.Equal("INDETERMINATE", signature.GetProperty("indication").GetString());
        Assert.True(signature.GetProperty("cryptoIntact").GetBoolean());
    }

    [Fact]
    public async Task Asks_nobody_offline()
    {
        ToolRun run = await Antin.RunAsync("verify", await SignedAsync("officer1", "out.pdf"), "--trust", pki["trust"], "--offline", "--json");

        Assert.True(run.ExitCode == 2, run.Everything);
        Assert.Equal("indeterminate", Json(run).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Fails_a_file_that_was_changed_under_its_signature()
    {
        byte[] bytes = await File.ReadAllBytesAsync(await SignedAsync("officer1", "out.pdf"));
        bytes[bytes.AsSpan().IndexOf("/Producer"u8) + 12] ^= 1;
        string changed = _folder.Write("changed.pdf", bytes);

        ToolRun run = await Antin.RunAsync("verify", changed, "--trust", pki["trust"], "--json");

        Assert.True(run.ExitCode == 1, run.Everything);
        JsonElement signature = Json(run).GetProperty("signatures")[0];
        Assert.Equal("HASH_FAILURE", signature.GetProperty("subIndication").GetString());
        Assert.False(signature.GetProperty("cryptoIntact").GetBoolean());
    }

    [Theory]
    [InlineData("unsigned.pdf", 3, "unsigned")]
    [InlineData("empty.pdf", 65, null)]
    [InlineData("text.pdf", 65, "invalid")]
    [InlineData("missing.pdf", 65, null)]
    public async Task Has_an_exit_code_for_every_kind_of_input(string name, int exitCode, string? verdict)
    {
        _folder.Write("unsigned.pdf", await File.ReadAllBytesAsync(Samples.LibreOffice));
        _folder.Write("empty.pdf", []);
        _folder.Write("text.pdf", "xin chào\n"u8);

        ToolRun run = await Antin.RunAsync("verify", _folder[name], "--json");

        Assert.True(run.ExitCode == exitCode, run.Everything);
        if (verdict is not null)
            Assert.Equal(verdict, Json(run).GetProperty("verdict").GetString());
        else
            Assert.StartsWith("antin: ", run.ErrorOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_one_line_a_file_and_the_worst_exit_code_for_a_folder()
    {
        await SignedAsync("officer1", "good.pdf");
        _folder.Write("inner/plain.PDF", await File.ReadAllBytesAsync(Samples.LibreOffice));
        _folder.Write("notes.txt", "x"u8);

        ToolRun run = await Antin.RunAsync("verify", _folder.Path, "--trust", pki["trust"], "--json");

        Assert.True(run.ExitCode == 3, run.Everything);
        string[] lines = run.Output.Trim('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(["valid", "unsigned"], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("verdict").GetString()));
        Assert.All(lines, line => Assert.StartsWith(_folder.Path, JsonDocument.Parse(line).RootElement.GetProperty("file").GetString()!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Speaks_plain_Vietnamese_to_a_person()
    {
        ToolRun vietnamese = await Antin.RunAsync("verify", await SignedAsync("officer1", "out.pdf"), "--trust", pki["trust"]);
        ToolRun english = await Antin.RunAsync("verify", _folder["out.pdf"], "--trust", pki["trust"], "--lang", "en");

        Assert.Contains("HỢP LỆ", vietnamese.Output, StringComparison.Ordinal);
        Assert.Contains("Nguyễn Văn Mẫu", vietnamese.Output, StringComparison.Ordinal);
        Assert.Contains("chuyên dùng công vụ", vietnamese.Output, StringComparison.Ordinal);
        Assert.Contains("VALID", english.Output, StringComparison.Ordinal);
        Assert.Contains("official duty", english.Output, StringComparison.Ordinal);
    }

    /// <summary>A hierarchy of its own, because a revocation stays.</summary>
    [Fact]
    public async Task Fails_a_signature_whose_certificate_was_revoked_before()
    {
        string own = _folder["pki"];
        await Antin.RunAsync("pki", "new", own, "--base-url", $"http://127.0.0.1:{ServedPki.FreePort()}");
        using Process server = await ServedPki.StartAsync(own);
        try
        {
            ToolRun revoked = await Antin.RunAsync("pki", "revoke", own, "officer1");
            Assert.True(revoked.ExitCode == 0, revoked.Everything);
            await Antin.RunAsync("sign", Samples.LibreOffice, "-o", _folder["out.pdf"], "--key", Path.Combine(own, "officer1.p12"), "--password-file", Path.Combine(own, "officer1.pass"));

            ToolRun run = await Antin.RunAsync("verify", _folder["out.pdf"], "--trust", Path.Combine(own, "trust"), "--json");

            Assert.True(run.ExitCode is 1 or 2, run.Everything);
            Assert.StartsWith("REVOKED", Json(run).GetProperty("signatures")[0].GetProperty("subIndication").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("--at", "yesterday", 64)]
    [InlineData("--trust", "nowhere", 65)]
    [InlineData("--policy", "nowhere", 65)]
    [InlineData("--detached", "x", 64)]
    public async Task Refuses_what_it_cannot_use(string option, string value, int exitCode)
    {
        ToolRun run = await Antin.RunAsync("verify", Samples.LibreOffice, option, value);

        Assert.True(run.ExitCode == exitCode, run.Everything);
        Assert.Single(run.ErrorOutput.TrimEnd('\n').Split('\n'));
    }
}
