using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>What happened to the document after each signature.</summary>
internal static class LaterChanges
{
    public static void Find(PdfDocument document, IReadOnlyList<SignatureFacts> all)
    {
        foreach (var facts in all)
        {
            // What cannot be told apart is the worst: other.
            facts.Changes = facts.Source.CoversWholeDocument ? ChangeLevel.None : ChangeLevel.Other;
            facts.ChangesWithinLocks = facts.Source.CoversWholeDocument;
        }
    }
}
