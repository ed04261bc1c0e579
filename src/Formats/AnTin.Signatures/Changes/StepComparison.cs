// What one incremental update changed, by a list of what may change: everything that is not on it is a change of the document.
// References: ISO 32000-2:2020, 7.5.6 (incremental updates), 12.8.2.2.2 (permitted changes), 12.8.4.3 (DSS), 14.3 (metadata).
// The attacks it stands against: Mainka, Mladenov, Rohlmann, "Shadow Attacks: Hiding and Replacing Content in Signed PDFs",
// NDSS 2021 (hide, replace, hide-and-replace).
using AnTin.Pdf;

namespace AnTin.Signatures;

internal sealed class StepComparison
{
    // Entries of the information dictionary that writers set on their own.
    private static readonly HashSet<string> WriterInfo = new(StringComparer.Ordinal) { "ModDate", "CreationDate", "Producer", "Creator" };

    // Comments and marks. Others show other media or count as content of the page (Watermark, Redact, Screen, RichMedia, 3D …).
    private static readonly HashSet<string> Comments = new(StringComparer.Ordinal)
    {
        "Text",
        "FreeText",
        "Line",
        "Square",
        "Circle",
        "Polygon",
        "PolyLine",
        "Highlight",
        "Underline",
        "Squiggly",
        "StrikeOut",
        "Caret",
        "Stamp",
        "Ink",
        "Popup",
        "FileAttachment",
        "Sound",
        "Link",
    };

    private readonly PdfRevision revision;
    private readonly RevisionStructure before;
    private readonly RevisionStructure after;
    private readonly List<DocumentChange> changes = [];

    private StepComparison(RevisionStructure before, RevisionStructure after)
    {
        this.before = before;
        this.after = after;
        revision = after.View.LastRevision;
    }

    /// <summary>The changes of the last revision of <paramref name="after"/>; empty when it changes nothing.</summary>
    /// <exception cref="PdfFormatException">An object cannot be read, or a limit is exceeded.</exception>
    public static IReadOnlyList<DocumentChange> Run(RevisionStructure before, RevisionStructure after)
    {
        var step = new StepComparison(before, after);
        step.CompareFrame();
        var touched = TouchedObjects.Between(before.View, after.View);
        step.CompareTrailer();
        if (touched.Count > 0)
        {
            step.CompareCatalog();
            new FormComparison(before, after, step.Report).Run();
            step.ComparePages();
            step.CompareAnnotations();
            step.JudgeTouched(touched);
        }

        return step.changes;
    }

    private void Report(ChangeKind kind, string? field, string detail)
    {
        var change = new DocumentChange(revision.Index, kind, field, detail);
        if (!changes.Contains(change))
            changes.Add(change);
    }

    // Bytes that no cross-reference entry leads to are dead for a reader that follows the standard, and come alive in one that rebuilds
    // the table by searching.
    private void CompareFrame()
    {
        var scan = RevisionScan.Of(after.View, revision.Index);
        if (scan.Fault is { } fault)
            Report(ChangeKind.Other, null, fault);
        else if (!scan.IsWellFormed)
            Report(ChangeKind.Other, null, "revision.unlisted-object");
    }

    private void CompareTrailer()
    {
        var (old, now) = (before.View.Trailer, after.View.Trailer);
        if (before.Root != after.Root)
            Report(ChangeKind.Other, null, "trailer.Root");
        if (!Same(old["Encrypt"], now["Encrypt"]))
            Report(ChangeKind.Other, null, "trailer.Encrypt");
        var info = before.View.Resolve(old["Info"]) as PdfDictionary ?? new PdfDictionary();
        var newInfo = after.View.Resolve(now["Info"]) as PdfDictionary ?? new PdfDictionary();
        foreach (var key in FormComparison.Keys(info, newInfo))
        {
            if (Same(before.View.Resolve(info[key]), after.View.Resolve(newInfo[key])))
                continue;
            Report(WriterInfo.Contains(key) ? ChangeKind.Metadata : ChangeKind.Other, null, $"info.{key}");
        }
    }

    private void CompareCatalog()
    {
        foreach (var key in FormComparison.Keys(before.Catalog, after.Catalog))
        {
            if (Same(before.Catalog[key], after.Catalog[key]))
                continue;
            switch (key)
            {
                case "AcroForm":
                    break;
                // Adding and replacing is permitted; taking away what a signer put there is not.
                case not "AcroForm" when after.Catalog[key] is null:
                    Report(ChangeKind.Other, null, $"catalog.{key}");
                    break;
                case "DSS":
                    Report(ChangeKind.ValidationData, null, "catalog.DSS");
                    break;
                case "Metadata" or "Extensions" or "Version":
                    Report(ChangeKind.Metadata, null, $"catalog.{key}");
                    break;
                default:
                    Report(ChangeKind.Other, null, $"catalog.{key}");
                    break;
            }
        }
    }

    private void ComparePages()
    {
        if (!before.Pages.Select(page => page.Number).SequenceEqual(after.Pages.Select(page => page.Number)))
        {
            Report(ChangeKind.Other, null, "pages.tree");
            return;
        }

        for (var i = 0; i < before.Pages.Count; i++)
        {
            var (old, now) = (before.Pages[i].Dictionary, after.Pages[i].Dictionary);
            if (ReferenceEquals(old, now) && old["Annots"] is not PdfReference)
                continue;
            foreach (var key in FormComparison.Keys(old, now))
            {
                if (key != "Annots" && !Same(old[key], now[key]))
                    Report(ChangeKind.Other, null, $"page.{key}");
            }

            CompareAnnots(before.Array(old, "Annots"), after.Array(now, "Annots"));
        }
    }

    private void CompareAnnots(PdfArray old, PdfArray now)
    {
        var remaining = now.ToList();
        foreach (var item in old)
        {
            if (remaining.Remove(item))
                continue;
            Report(KindOf(before, item), null, "page.annotation-removed");
        }

        foreach (var item in remaining)
        {
            // A widget counts with its field, which must be new too: one that was there may not come to another page.
            if (item is PdfReference { Number: var number } && after.Nodes.ContainsKey(number))
            {
                if (before.Nodes.ContainsKey(number))
                    Report(ChangeKind.Other, null, "page.widget-moved");
            }
            else
            {
                Report(KindOf(after, item), null, "page.annotation-added");
            }
        }
    }

    private static ChangeKind KindOf(RevisionStructure structure, PdfObject annotation) =>
        structure.View.Resolve(annotation) is PdfDictionary dictionary
        && Comments.Contains(structure.View.Get<PdfName>(dictionary, "Subtype")?.Value ?? "")
            ? ChangeKind.Annotation
            : ChangeKind.Other;

    private void CompareAnnotations()
    {
        foreach (var (number, (old, _)) in before.Annotations)
        {
            if (!after.Annotations.TryGetValue(number, out var now) || Same(old, now.Dictionary))
                continue;
            var kind =
                KindOf(before, old) == ChangeKind.Annotation && KindOf(after, now.Dictionary) == ChangeKind.Annotation
                    ? ChangeKind.Annotation
                    : ChangeKind.Other;
            Report(kind, null, "annotation.changed");
        }
    }

    // Whatever was touched and is not judged entry by entry is protected, or belongs to an entry that may change, or leads nowhere.
    private void JudgeTouched(HashSet<int> touched)
    {
        var rest = touched.Where(number => !before.IsStructural(number)).ToHashSet();
        if (rest.Count == 0)
            return;
        var reach = new ObjectReach(before);
        var kept = reach.Protected();
        foreach (var number in rest.Where(kept.Contains))
            Report(ChangeKind.Other, null, TypeOf(number));
        rest.ExceptWith(kept);
        // A number that had no object before and is protected by nothing can only be reached by what was judged above, or by an
        // open entry that already named it.
        if (rest.Count > 0)
            JudgeOpenEntries(reach, rest);
    }

    private void JudgeOpenEntries(ObjectReach reach, HashSet<int> rest)
    {
        foreach (var node in before.Nodes.Values.Where(node => !node.IsSigned))
        {
            if (!reach.From(node.Dictionary["V"], node.Dictionary["AP"]).Overlaps(rest))
                continue;
            Report(node.IsSignature ? ChangeKind.Other : ChangeKind.FieldFilled, node.FullName, "field.appearance");
        }

        foreach (var (annotation, _) in before.Annotations.Values)
        {
            if (reach.From(annotation).Overlaps(rest))
                Report(KindOf(before, annotation), null, "annotation.changed");
        }

        if (reach.From(before.Catalog["DSS"]).Overlaps(rest))
            Report(ChangeKind.ValidationData, null, "catalog.DSS");
        if (reach.From(before.Catalog["Metadata"], before.Catalog["Extensions"]).Overlaps(rest))
            Report(ChangeKind.Metadata, null, "catalog.Metadata");
    }

    private string TypeOf(int number)
    {
        var dictionary = before.View.GetObject(number) switch
        {
            PdfStream stream => stream.Dictionary,
            PdfDictionary plain => plain,
            _ => new PdfDictionary(),
        };
        var type = before.View.Get<PdfName>(dictionary, "Type")?.Value ?? before.View.Get<PdfName>(dictionary, "Subtype")?.Value;
        return $"object.{type ?? "content"}";
    }

    private bool Same(PdfObject? old, PdfObject? now) => TouchedObjects.Same(old, before.View, now, after.View);
}
