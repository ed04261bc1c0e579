using System.Text.Json;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit;

namespace AnTin.Conformance;

/// <summary>Foreign signed PDF files on whose cryptography two other validators agree: ours says the same, or the list says why not.</summary>
public sealed class SignedPdfTests
{
    private static readonly ValidationInputs Inputs = new() { At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) };

    [Fact]
    public void Cryptography_of_single_signatures_agrees_with_the_witnesses()
    {
        Assert.SkipWhen(Repository.Corpora is null, "the foreign corpora are not beside the repository");
        var list = ExceptionList.Load("signed-pdf");
        var count = 0;
        foreach (var row in Rows())
        {
            if (!row.Consensus || row.Signatures is not [var only])
            {
                continue;
            }

            count++;
            var report = Validate(row.File);
            var ours = report.Signatures.Where(s => s.Type != SignatureType.DocumentTimestamp).ToList();
            var actual = report.Error is { } error ? "unreadable"
                : ours is [var found] ? found.CryptoIntact ? "intact" : "broken"
                : $"{ours.Count} signatures";
            list.Compare(row.File, only ? "intact" : "broken", actual,
                $"{row.Path} {report.Error?.MessageEn} {string.Join(" | ", ours.Select(s => $"{s.SubIndication} {s.Algorithm} {string.Join("; ", s.Checks.Where(c => c.Result == CheckResult.Fail).Select(c => c.Id + ": " + c.MessageEn))}"))}");
        }

        Assert.Equal(247, count);
        list.Conclude();
    }

    [Fact]
    public void No_file_of_an_attack_is_called_valid_and_unchanged()
    {
        Assert.SkipWhen(Repository.Corpora is null, "the foreign corpora are not beside the repository");
        var attacks = Rows().Where(r => IsAttack(r.Path)).ToList();
        Assert.True(attacks.Count >= 9, "the corpus has its attack files");
        foreach (var row in attacks)
        {
            var report = Validate(row.File);
            Assert.False(
                report.Error is null && report.Signatures.Count > 0 && report.Signatures.All(s => s.CryptoIntact && s.ChangesWithinLocks
                    && s.ChangesAfter is ChangeLevel.None or ChangeLevel.Timestamps or ChangeLevel.FormFilling && s.SubIndication != "FORMAT_FAILURE"),
                row.Path);
        }
    }

    [Fact]
    public void Every_file_of_the_corpus_gives_a_report()
    {
        Assert.SkipWhen(Repository.Corpora is null, "the foreign corpora are not beside the repository");
        foreach (var row in Rows())
        {
            var report = Validate(row.File);
            Assert.Equal(64, report.Document.Sha256.Length);
            Assert.NotEqual(Verdict.Valid, report.Verdict);
            using var json = JsonDocument.Parse(ReportJson.Write(report));
            Assert.Equal(report.Signatures.Count, json.RootElement.GetProperty("signatures").GetArrayLength());
            Assert.Equal(report.Signatures.Count, report.Signatures.Select(s => s.Id).Distinct().Count());
        }
    }

    private static bool IsAttack(string path) =>
        (path.Contains("shadow", StringComparison.OrdinalIgnoreCase) && !path.Contains("3_original-document-shadowed-signed", StringComparison.Ordinal))
        || path.Contains("USF", StringComparison.Ordinal) || path.Contains("SWA", StringComparison.Ordinal) || path.Contains("ISA", StringComparison.Ordinal)
        || path.Contains("siwa", StringComparison.OrdinalIgnoreCase);

    private static ValidationReport Validate(string file) =>
        SignatureValidator.Validate(new MemorySource(File.ReadAllBytes(Path.Combine(Repository.Corpora!, "signed", file))), Inputs);

    private static List<Row> Rows()
    {
        using var table = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Corpora!, "signed", "truth.json")));
        return [.. table.RootElement.EnumerateArray()
            .Where(r => r.GetProperty("file").GetString()!.EndsWith(".pdf", StringComparison.Ordinal))
            .Select(r => new Row(
                r.GetProperty("file").GetString()!,
                r.GetProperty("repo").GetString() + "/" + r.GetProperty("path").GetString(),
                r.TryGetProperty("consensus", out var consensus) && consensus.ValueKind == JsonValueKind.True,
                [.. r.GetProperty("signatures").EnumerateArray().Select(s => s.GetProperty("intact").GetBoolean())]))];
    }

    private sealed record Row(string File, string Path, bool Consensus, IReadOnlyList<bool> Signatures);
}
