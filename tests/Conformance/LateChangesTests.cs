using System.Text.Json;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit;

namespace AnTin.Conformance;

/// <summary>What may follow the leader's signature: each file of the corpus, through the validator.</summary>
public sealed class LateChangesTests
{
    [Fact]
    public void Changes_after_the_first_signature_are_as_expected()
    {
        Assert.SkipWhen(Repository.Corpora is null, "the foreign corpora are not beside the repository");
        var folder = Path.Combine(Repository.Corpora, "late-changes");
        using var table = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "truth.json")));
        var list = ExceptionList.Load("late-changes");
        foreach (var row in table.RootElement.EnumerateArray())
        {
            var file = row.GetProperty("file").GetString()!;
            var report = SignatureValidator.Validate(new MemorySource(File.ReadAllBytes(Path.Combine(folder, file))),
                new ValidationInputs { At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });
            var first = report.Signatures[0];
            Assert.True(report.Signatures.All(s => s.CryptoIntact), file);
            list.Compare(file, row.GetProperty("expected").GetString()!, ReportJson.NameOf(first.ChangesAfter), row.GetProperty("what").GetString()!);
        }

        list.Conclude();
    }
}
