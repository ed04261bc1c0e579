using AnTin.Pdf;
using AnTin.TestKit;

namespace AnTin.Formats.Tests.Text;

/// <summary>PdfPig and the foreign corpus: every letter in its place, or the file is named here with the reason.</summary>
public sealed class CorpusWitnessTests
{
    // Files that our reader refuses although the witness repairs them: broken cross-reference data or streams. What they are is
    // the business of the reader's own corpus test; here they only must not be more.
    private const int MostRefused = 30;

    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["2f575aa24dcb5f15.pdf"] = "a Type 3 font whose glyph names say nothing (g33): U+FFFD here, the bare code there",
        ["467573be2135cb83.pdf"] = "a Type 3 font whose glyph names say nothing (g33): U+FFFD here, the bare code there",
    };

    [Fact]
    public void Every_letter_of_the_signed_corpus_is_where_the_witness_sees_it()
    {
        Assert.SkipUnless(Repository.Corpora is not null, "the foreign corpora are not beside the repository");
        var differences = new List<TextComparison>();
        int compared = 0,
            refused = 0,
            letters = 0;
        foreach (
            var path in Directory.EnumerateFiles(Path.Combine(Repository.Corpora, "signed", "files"), "*.pdf").Order(StringComparer.Ordinal)
        )
        {
            try
            {
                if (
                    PdfDocument.Open(new MemorySource(File.ReadAllBytes(path))).IsEncrypted || TextComparison.Of(path) is not { } comparison
                )
                    continue;
                compared++;
                letters += comparison.Witnessed;
                if (comparison.Agreed != comparison.Witnessed)
                    differences.Add(comparison);
            }
            catch (PdfFormatException)
            {
                refused++;
            }
        }
        Assert.Equal(Exceptions.Keys.Order(StringComparer.Ordinal), differences.Select(difference => difference.File));
        Assert.True(compared > 300 && letters > 70_000, $"{compared} files, {letters} letters");
        Assert.InRange(refused, 0, MostRefused);
    }
}
