using AnTin.TestKit;
using AnTin.Pdf;

namespace AnTin.Formats.Tests.Text;

/// <summary>PdfPig and the foreign corpus: every letter in its place, or the file is named here with the reason.</summary>
public sealed class CorpusWitnessTests
{
    // Files that our reader refuses although the witness repairs them: broken cross-reference data or streams. What they are is
    // the business of the reader's own corpus test; here they only must not be more.
    private const int MostRefused = 30;

    [Fact]
    public void Every_letter_of_the_signed_corpus_is_where_the_witness_sees_it()
    {
        Assert.SkipUnless(Repository.Corpora is not null, "the foreign corpora are not beside the repository");
        var differences = new List<string>();
        int compared = 0, refused = 0, letters = 0;
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Corpora, "signed", "files"), "*.pdf").Order(StringComparer.Ordinal))
        {
            try
            {
                if (PdfDocument.Open(new MemorySource(File.ReadAllBytes(path))).IsEncrypted || !WitnessOpens(path))
                    continue;
                var comparison = TextComparison.Of(path);
                compared++;
                letters += comparison.Witnessed;
                if (comparison.Agreed != comparison.Witnessed)
                    differences.Add(comparison.ToString());
            }
            catch (PdfFormatException)
            {
                refused++;
            }
        }
        Assert.Empty(differences);
        Assert.True(compared > 300 && letters > 70_000, $"{compared} files, {letters} letters");
        Assert.InRange(refused, 0, MostRefused);
    }

    private static bool WitnessOpens(string path)
    {
        try
        {
            using var document = UglyToad.PdfPig.PdfDocument.Open(path);
            foreach (var page in document.GetPages())
                _ = page.Letters.Count;
            return true;
        }
        catch (Exception)
        {
            // The witness has no say on files that it cannot read.
            return false;
        }
    }
}
