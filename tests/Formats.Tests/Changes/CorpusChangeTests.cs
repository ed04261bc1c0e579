using System.Text.Json;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit;

namespace AnTin.Formats.Tests.Changes;

/// <summary>The foreign corpora: our own late changes, the known attacks, and pyHanko's verdicts as a witness.</summary>
public sealed class CorpusChangeTests
{
    // Where our level differs from the witness's, with the reason.
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["05d746320667e96b.pdf"] =
            "a later update holds an object that no cross-reference entry names: not well formed here, passed over there",
        ["5fa7bd9e69158a35.pdf"] =
            "a later update holds an object that no cross-reference entry names: not well formed here, passed over there",
        ["6b277b44fe5651dc.pdf"] = "a field filled although DocMDP allows no change: form filling and forbidden there, other here",
        ["76ff8540300cfd12.pdf"] = "the range leaves out 2,000 bytes at the end and cuts the value: a fault here, the whole file there",
    };

    private static string Folder()
    {
        Assert.SkipUnless(Repository.Corpora is not null, "the foreign corpora are not beside the repository");
        return Repository.Corpora;
    }

    private static JsonElement[] Truth(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), folder, "truth.json")));
        return [.. json.RootElement.EnumerateArray().Select(row => row.Clone())];
    }

    private static IReadOnlyList<SignatureChanges> Run(string path) =>
        ChangeAnalysis.Run(PdfDocument.Open(new MemorySource(File.ReadAllBytes(path))));

    [Fact]
    public void Late_changes_are_what_they_are_expected_to_be()
    {
        var rows = Truth("late-changes");
        Assert.Equal(13, rows.Length);
        foreach (var row in rows)
        {
            var file = row.GetProperty("file").GetString()!;
            var leader = Run(Path.Combine(Folder(), "late-changes", file))[0];
            Assert.Equal("Leader", leader.FieldName);
            Assert.Null(leader.Fault);
            var found = string.Join(' ', leader.Changes.Select(change => change.Detail));
            Assert.True(
                string.Equals(row.GetProperty("expected").GetString(), leader.ChangesAfter.ToString(), StringComparison.OrdinalIgnoreCase),
                $"{file}: {leader.ChangesAfter} {found}"
            );
            // Comments break no rule of an approval signature, yet pyHanko's `permitted` counts them as one: it judges by a policy of its own.
            if (leader.ChangesAfter is not ChangeLevel.Annotations)
                Assert.Equal(row.GetProperty("pyhanko").GetProperty("permitted").GetBoolean(), leader.WithinLocks);
        }
    }

    [Fact]
    public void No_attack_comes_out_as_clean()
    {
        var attacks = Truth("signed").Where(IsAttack).ToList();
        Assert.True(attacks.Count >= 15, $"{attacks.Count} attack files");
        int judged = 0,
            refused = 0;
        foreach (var row in attacks)
        {
            var path = Path.Combine(Folder(), "signed", row.GetProperty("file").GetString()!);
            try
            {
                foreach (var signature in Run(path))
                {
                    judged++;
                    Assert.True(
                        signature.ChangesAfter is ChangeLevel.Annotations or ChangeLevel.Other,
                        $"{row.GetProperty("path")}: {signature.FieldName} {signature.ChangesAfter}"
                    );
                    Assert.False(signature.CoversWholeDocument && signature.Fault is null);
                }
            }
            catch (PdfFormatException)
            {
                refused++;
            }
        }

        Assert.True(judged >= 7 && refused >= 6, $"{judged} judged, {refused} refused");
    }

    [Fact]
    public void Files_made_ready_for_a_shadow_attack_are_clean_before_it()
    {
        foreach (
            var row in Truth("signed")
                .Where(row =>
                    row.GetProperty("path").GetString()!.EndsWith("3_original-document-shadowed-signed.pdf", StringComparison.Ordinal)
                )
        )
        {
            var signature = Assert.Single(Run(Path.Combine(Folder(), "signed", row.GetProperty("file").GetString()!)));
            Assert.True(signature is { CoversWholeDocument: true, ChangesAfter: ChangeLevel.None, Fault: null });
        }
    }

    [Fact]
    public void The_witness_finds_the_same_level()
    {
        var differences = new SortedSet<string>(StringComparer.Ordinal);
        var compared = 0;
        foreach (var row in Truth("signed").Where(row => row.TryGetProperty("pyhanko", out _)))
        {
            var name = row.GetProperty("file").GetString()![6..];
            var theirs = row.GetProperty("pyhanko").EnumerateArray().ToList();
            if (theirs.Count == 0 || !theirs.TrueForAll(one => LevelOf(one) is not null))
                continue;
            IReadOnlyList<SignatureChanges> ours;
            try
            {
                ours = Run(Path.Combine(Folder(), "signed", "files", name));
            }
            catch (PdfFormatException)
            {
                continue;
            }

            if (ours.Count != theirs.Count)
                continue;
            compared++;
            // The witness lists signatures in the order of the fields, here it is that of signing.
            var left = ours.Select(one => Rank(one.ChangesAfter)).Order();
            var right = theirs.Select(one => LevelOf(one)!.Value).Order();
            if (!left.SequenceEqual(right))
                differences.Add(name);
        }

        Assert.True(compared > 200, $"{compared} files compared");
        Assert.Equal(Exceptions.Keys.Order(StringComparer.Ordinal), differences);
    }

    // The witness files invisible document time-stamps under form filling, so that both count as one here.
    private static int Rank(ChangeLevel level) =>
        level switch
        {
            ChangeLevel.None => 0,
            ChangeLevel.Timestamps or ChangeLevel.FormFilling => 1,
            _ => 2,
        };

    private static int? LevelOf(JsonElement signature) =>
        (signature.GetProperty("coverage").GetString(), signature.GetProperty("mod").GetString()) switch
        {
            ("ENTIRE_FILE" or "ENTIRE_REVISION", "NONE") => 0,
            ("ENTIRE_FILE" or "ENTIRE_REVISION", "LTA_UPDATES" or "FORM_FILLING") => 1,
            ("ENTIRE_FILE" or "ENTIRE_REVISION", "ANNOTATIONS" or "OTHER") => 2,
            _ => null,
        };

    private static bool IsAttack(JsonElement row)
    {
        var path = $"{row.GetProperty("repo").GetString()}/{row.GetProperty("path").GetString()}";
        if (
            !path.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith("3_original-document-shadowed-signed.pdf", StringComparison.Ordinal)
        )
            return false;
        return path.Contains("RUB-NDS", StringComparison.Ordinal)
            || path.Contains("shadow", StringComparison.Ordinal)
            || path.Contains("/isa", StringComparison.OrdinalIgnoreCase)
            || path.Contains("/siwa", StringComparison.OrdinalIgnoreCase)
            || path.Contains("/USF", StringComparison.Ordinal)
            || path.Contains("/SWA", StringComparison.Ordinal);
    }
}
