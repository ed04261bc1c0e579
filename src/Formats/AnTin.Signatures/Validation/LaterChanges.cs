using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>Joins each signature with what the comparison of revisions says of it.</summary>
internal static class LaterChanges
{
    public static void Find(PdfDocument document, IReadOnlyList<SignatureFacts> all)
    {
        // By identity: the comparison resolves the very objects that were read here.
        var found = new Dictionary<PdfDictionary, SignatureChanges>(ReferenceEqualityComparer.Instance);
        try
        {
            foreach (var changes in ChangeAnalysis.Run(document))
            {
                // One dictionary in two fields is told twice; the fault is kept.
                if (changes.Fault is not null || !found.ContainsKey(changes.Dictionary))
                {
                    found[changes.Dictionary] = changes;
                }
            }
        }
        catch (PdfFormatException)
        {
            // The form cannot be read whole: nothing is known of later changes, which counts as the worst.
        }

        foreach (var facts in all)
        {
            facts.Later = found.GetValueOrDefault(facts.Source.Dictionary);
        }
    }
}
