using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AnTin.TestKit;

namespace AnTin.Apps.Tests.Cli;

/// <summary>The folder that one `antin demo` leaves.</summary>
public sealed class DemoFolder : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    public ToolRun Run { get; private set; } = new(-1, "", "");

    public string this[string name] => Path.Combine(_folder["out"], name);

    public async ValueTask InitializeAsync() => Run = await Antin.RunAsync("demo", Samples.LibreOffice, "-o", _folder["out"]);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>`antin demo` and what others, and `antin verify` and `antin audit`, say of its artefacts.</summary>
public sealed class DemoTests(DemoFolder demo) : IClassFixture<DemoFolder>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_the_whole_flow_and_leaves_every_artefact()
    {
        Assert.True(demo.Run.ExitCode == 0, demo.Run.Everything);
        foreach (string name in new[] { "1-frozen.pdf", "2-initialled.pdf", "3-signed.pdf", "4-issued.pdf", "5-verification.json", "6-evidence.zip", "6-vkey.txt", "7-figures.json" })
            Assert.True(File.Exists(demo[name]), $"{name} is missing.");
        for (int i = 1; i <= 8; i++)
            Assert.Contains($"[{i}/8]", demo.Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_document_satisfies_pdfsig_and_qpdf()
    {
        Assert.SkipUnless(OutsideTool.Exists("pdfsig") && OutsideTool.Exists("qpdf"), "pdfsig and qpdf are the witnesses");
        ToolRun pdfsig = await OutsideTool.RunAsync("pdfsig", "-nocert", demo["4-issued.pdf"]);

        Assert.Equal(3, pdfsig.Output.Split("Signature is Valid").Length - 1);
        Assert.Contains("Total document signed", pdfsig.Output[pdfsig.Output.LastIndexOf("Signature #", StringComparison.Ordinal)..], StringComparison.Ordinal);
        foreach (string name in new[] { "1-frozen.pdf", "2-initialled.pdf", "3-signed.pdf", "4-issued.pdf" })
        {
            ToolRun qpdf = await OutsideTool.RunAsync("qpdf", "--check", demo[name]);
            Assert.True(qpdf.ExitCode == 0, $"{name}: {qpdf.Everything}");
        }
    }

    [Fact]
    public async Task Its_document_verifies_offline_with_its_trust_folder()
    {
        ToolRun run = await Antin.RunAsync("verify", demo["4-issued.pdf"], "--trust", demo["trust"], "--offline", "--json");

        Assert.True(run.ExitCode == 0, run.Everything);
        JsonElement[] signatures = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("signatures").EnumerateArray()];
        Assert.Equal(["initial", "official", "seal"], signatures.Select(s => s.GetProperty("role").GetString()));
        Assert.All(signatures, s => Assert.Equal("official-duty", s.GetProperty("certificateClass").GetString()));
        Assert.Equal(["formFilling", "formFilling", "none"], signatures.Select(s => s.GetProperty("changesAfter").GetString()));
    }

    [Fact]
    public async Task Its_evidence_is_whole_and_gives_its_figures_again()
    {
        ToolRun whole = await Antin.RunAsync("audit", "verify", demo["6-evidence.zip"], "--key", demo["6-vkey.txt"]);
        ToolRun figures = await Antin.RunAsync("audit", "figures", demo["6-evidence.zip"], "--json");

        Assert.True(whole.ExitCode == 0, whole.Everything);
        Assert.Contains("NGUYÊN VẸN", whole.Output, StringComparison.Ordinal);
        Assert.Empty(whole.ErrorOutput);
        Assert.Equal(await File.ReadAllTextAsync(demo["7-figures.json"]), figures.Output.TrimEnd('\n'));
        JsonElement total = JsonDocument.Parse(figures.Output).RootElement[0].GetProperty("total");
        Assert.Equal((1, 1, 1), (total.GetProperty("issued").GetInt32(), total.GetProperty("personallySigned").GetInt32(), total.GetProperty("sealed").GetInt32()));
        Assert.Equal(100m, total.GetProperty("sealRate").GetDecimal());
    }

    [Fact]
    public async Task A_key_from_the_export_itself_is_told_to_prove_less()
    {
        ToolRun run = await Antin.RunAsync("audit", "verify", demo["6-evidence.zip"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("--key", run.ErrorOutput, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<string[], string[]>> Tamperings => new()
    {
        { "altered", lines => [lines[0].Replace("\"act\":\"", "\"act\":\"x", StringComparison.Ordinal), .. lines[1..]] },
        { "dropped", lines => [lines[0], .. lines[2..]] },
        { "reordered", lines => [lines[1], lines[0], .. lines[2..]] },
        { "truncated", lines => lines[..^1] },
        { "inserted", lines => [lines[0], .. lines] },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Finds_what_was_done_to_an_export(string how, Func<string[], string[]> tamper)
    {
        string export = Unpack();
        string entries = Path.Combine(export, "entries.jsonl");
        await File.WriteAllTextAsync(entries, string.Join('\n', tamper(await File.ReadAllLinesAsync(entries))) + "\n", new UTF8Encoding(false));

        ToolRun verify = await Antin.RunAsync("audit", "verify", export, "--key", demo["6-vkey.txt"]);
        ToolRun figures = await Antin.RunAsync("audit", "figures", export);

        Assert.True(verify.ExitCode == 1, $"{how}: {verify.Everything}");
        Assert.Contains("KHÔNG NGUYÊN VẸN", verify.Output, StringComparison.Ordinal);
        Assert.True(figures.ExitCode == 65, $"{how}: {figures.Everything}");
        Assert.Empty(figures.Output);
    }

    [Fact]
    public async Task Holds_the_log_against_a_checkpoint_kept_from_earlier()
    {
        string export = Unpack();
        string own = Path.Combine(export, "checkpoint");
        ToolRun same = await Antin.RunAsync("audit", "verify", export, "--checkpoint", own, "--key", demo["6-vkey.txt"]);
        ToolRun withoutKey = await Antin.RunAsync("audit", "verify", export, "--checkpoint", own);
        string foreign = _folder.Write("foreign", "somebody/else\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— somebody AAAA\n"u8);
        ToolRun other = await Antin.RunAsync("audit", "verify", export, "--checkpoint", foreign, "--key", demo["6-vkey.txt"]);

        Assert.True(same.ExitCode == 0, same.Everything);
        Assert.True(withoutKey.ExitCode == 64, withoutKey.Everything);
        Assert.True(other.ExitCode == 1, other.Everything);
    }

    [Theory]
    [InlineData("a month that is none", "--period", "2026-13", 64)]
    [InlineData("a month without documents", "--period", "1999-01", 0)]
    public async Task Figures_of_one_month(string description, string option, string value, int exitCode)
    {
        ToolRun run = await Antin.RunAsync("audit", "figures", demo["6-evidence.zip"], option, value, "--json");

        Assert.True(run.ExitCode == exitCode, $"{description}: {run.Everything}");
        if (exitCode == 0)
            Assert.Equal(0, JsonDocument.Parse(run.Output).RootElement[0].GetProperty("total").GetProperty("issued").GetInt32());
    }

    [Theory]
    [InlineData("no such export", "none.zip")]
    [InlineData("a file that is no archive", "text.zip")]
    [InlineData("an empty folder", "empty")]
    public async Task Refuses_what_is_no_export(string description, string name)
    {
        _folder.Write("text.zip", "xin chào"u8);
        Directory.CreateDirectory(_folder["empty"]);

        ToolRun run = await Antin.RunAsync("audit", "verify", _folder[name]);

        Assert.True(run.ExitCode == 65, $"{description}: {run.Everything}");
        Assert.Single(run.ErrorOutput.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task The_flow_refuses_a_file_that_is_no_pdf()
    {
        string text = _folder.Write("text.pdf", "xin chào\n"u8);

        ToolRun run = await Antin.RunAsync("demo", text, "-o", _folder["out"]);

        Assert.True(run.ExitCode == 65, run.Everything);
        Assert.Single(run.ErrorOutput.TrimEnd('\n').Split('\n'));
        Assert.False(File.Exists(Path.Combine(_folder["out"], "1-frozen.pdf")));
    }

    private string Unpack()
    {
        string export = _folder["export"];
        ZipFile.ExtractToDirectory(demo["6-evidence.zip"], export);
        return export;
    }
}
