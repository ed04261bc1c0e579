using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>What happened to the document after each signature.</summary>
internal static class LaterChanges
{
    public static void Find(PdfDocument document, IReadOnlyList<SignatureFacts> all)
    {
        var changes = Analyse(document);
        foreach (var facts in all)
        {
            var own = changes.FirstOrDefault(c => ReferenceEquals(c.Dictionary, facts.Source.Dictionary) && c.FieldName == facts.Source.Field.FullName);
            // What cannot be told apart is the worst: other.
            facts.Changes = own?.ChangesAfter ?? ChangeLevel.Other;
            facts.ChangesWithinLocks = own?.WithinLocks ?? false;
        }
    }

    private static IReadOnlyList<SignatureChanges> Analyse(PdfDocument document)
    {
        try
        {
            return ChangeAnalysis.Run(document);
        }
        catch (PdfFormatException)
        {
            return [];
        }
    }
}
