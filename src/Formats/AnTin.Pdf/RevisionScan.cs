// A revision read byte after byte, as ISO 32000-2:2020, 7.5.6 says an update is built: objects, a cross-reference section
// with its trailer, startxref, %%EOF. White space and comments may stand between them, nothing else.

using AnTin.Pdf.Syntax;
using AnTin.Pdf.Xref;

namespace AnTin.Pdf;

/// <summary>An indirect object met in a revision's bytes.</summary>
/// <param name="Number">Object number.</param>
/// <param name="Generation">Generation.</param>
/// <param name="Offset">File offset of its number.</param>
/// <param name="End">File offset just after endobj.</param>
/// <param name="IsListed">Whether the revision's cross-reference data gives this object exactly here.</param>
public readonly record struct ScannedObject(int Number, int Generation, long Offset, long End, bool IsListed);

/// <summary>What a revision's bytes consist of.</summary>
/// <param name="Objects">The objects in the order of the file.</param>
/// <param name="Fault">Null when every byte is accounted for; else a stable word: <c>revision.gap</c> (bytes that are neither object nor
/// cross-reference data), <c>revision.frame</c> (the end is not in its place), or the code of the malformed object.</param>
/// <param name="FaultOffset">Where; -1 when there is no fault.</param>
public sealed record RevisionScan(IReadOnlyList<ScannedObject> Objects, string? Fault, long FaultOffset)
{
    /// <summary>Whether every byte belongs to the revision's structure and every object is where its cross-reference data says.</summary>
    public bool IsWellFormed => Fault is null && Objects.All(static o => o.IsListed);

    /// <summary>Reads one revision of a document.</summary>
    public static RevisionScan Of(PdfDocument document, int revision)
    {
        ArgumentNullException.ThrowIfNull(document);
        var view = document.AtRevision(revision);
        return new Walk(view, view.LastRevision).Run();
    }

    private sealed class Walk(PdfDocument view, PdfRevision revision)
    {
        private readonly List<ScannedObject> found = [];
        private readonly XrefSection[] sections = revision.Second is { } second ? [revision.Main, second] : [revision.Main];
        private int framesInside = revision.IsLinearized ? 1 : 0;

        public RevisionScan Run()
        {
            if (revision.End < 0) return Fail(revision.Fault ?? "revision.frame", revision.Start);
            var at = revision.Start;
            while (true)
            {
                at = view.Objects.Read(at, static (ref PdfParser p) =>
                {
                    p.SkipSpace();
                    return p.Offset;
                });
                if (at >= revision.End) return Fail("revision.frame", at);
                if (sections.FirstOrDefault(s => s.Offset == at && !s.IsStream) is { } table)
                {
                    at = table.End;
                }
                else if (new FileFrame(view.Objects).ReadStartXref(at) is { } frame)
                {
                    if (frame.End == revision.End) return new RevisionScan(found, revision.Fault, revision.Fault is null ? -1 : at);
                    if (framesInside-- == 0) return Fail("revision.frame", at);
                    at = frame.End;
                }
                else if (!TryObject(ref at, out var fault))
                {
                    return Fail(fault, at);
                }
            }
        }

        private bool TryObject(ref long at, out string fault)
        {
            fault = "limit.objects";
            if (found.Count >= view.Limits.ObjectNumber) return false;
            try
            {
                var offset = at;
                var item = view.Objects.ReadIndirect(offset, view.Resolve);
                var entry = revision.Find(item.Number);
                var listed = (entry.Kind is XrefKind.InFile && entry.Location == offset && entry.Extra == item.Generation)
                    || sections.Any(s => (s.IsStream && s.Offset == offset) || s.Hybrid?.Offset == offset);
                found.Add(new ScannedObject(item.Number, item.Generation, offset, item.End, listed));
                at = item.End;
                return true;
            }
            catch (PdfFormatException e)
            {
                fault = e.Code is "object.header" ? "revision.gap" : e.Code;
                return false;
            }
        }

        private RevisionScan Fail(string fault, long at) => new(found, fault, at);
    }
}
