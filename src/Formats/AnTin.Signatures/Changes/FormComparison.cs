// Changes of the form and of its fields from one revision to the next.
// References: ISO 32000-2:2020, 12.7.3 (form dictionary), 12.7.4 (fields), 12.5.3 (annotation flags), 12.8.2.2.2 (what DocMDP
// permissions allow), 12.7.5.5 (signature fields).
using AnTin.Pdf;

namespace AnTin.Signatures;

internal sealed class FormComparison(RevisionStructure before, RevisionStructure after, Action<ChangeKind, string?, string> report)
{
    private const int ReadOnly = 1;

    // Annotation flags that show or hide: Invisible, Hidden, NoView, ToggleNoView.
    private const int Visibility = 1 | 2 | 32 | 256;

    // What filling a field changes in it or in its widget: value, appearance and its state, formatting of the text.
    private static readonly HashSet<string> Filling = new(StringComparer.Ordinal) { "V", "AP", "AS", "I", "RV", "DA", "Q", "M", "MK" };

    // A signature field that comes with its signature may have these entries; actions and formats may not.
    private static readonly HashSet<string> NewSignatureField = new(StringComparer.Ordinal)
    {
        "Type",
        "Subtype",
        "FT",
        "T",
        "TU",
        "TM",
        "V",
        "AP",
        "AS",
        "Rect",
        "F",
        "Ff",
        "P",
        "Parent",
        "Kids",
        "Lock",
        "SV",
        "MK",
        "DA",
        "DR",
        "Q",
        "BS",
        "Border",
        "H",
        "M",
        "NM",
        "StructParent",
        "Contents",
        "C",
    };

    public void Run()
    {
        if (before.Form is null && after.Form is null)
            return;
        CompareForm(before.Form ?? new PdfDictionary(), after.Form ?? new PdfDictionary());
        foreach (var node in before.Nodes.Values)
            CompareNode(node);
        foreach (var node in after.Nodes.Values)
        {
            if (!before.Nodes.ContainsKey(node.Number))
                JudgeNewNode(node);
        }
    }

    private void CompareForm(PdfDictionary old, PdfDictionary now)
    {
        foreach (var key in Keys(old, now))
        {
            if (TouchedObjects.Same(old[key], before.View, now[key], after.View) && key is not ("Fields" or "DR"))
                continue;
            switch (key)
            {
                case "Fields":
                    CompareKids(before.Array(old, key), after.Array(now, key), "form.fields");
                    break;
                case "SigFlags" when (Flags(before, old, key) & ~Flags(after, now, key)) == 0:
                    break;
                case "NeedAppearances" when after.View.Get<PdfBoolean>(now, key) is not { Value: true }:
                    break;
                case "DR":
                    CompareResources(before.View.Get<PdfDictionary>(old, key), after.View.Get<PdfDictionary>(now, key));
                    break;
                case "DA" or "Q" when old[key] is null:
                    break;
                default:
                    report(ChangeKind.Other, null, $"form.{key}");
                    break;
            }
        }
    }

    // Fonts for new fields may be added to the default resources; what has a name there keeps it. Default appearances can name
    // fonts only (12.7.4.3), so that signers that keep a form XObject of their own there change nothing that is shown.
    private void CompareResources(PdfDictionary? old, PdfDictionary? now)
    {
        foreach (var (category, value) in old ?? new PdfDictionary())
        {
            var changed = now?[category.Value];
            if (category.Value is "XObject" or "ProcSet")
                continue;
            if (before.View.Resolve(value) is not PdfDictionary was)
            {
                if (!TouchedObjects.Same(value, before.View, changed, after.View))
                    report(ChangeKind.Other, null, "form.DR");
                continue;
            }

            var kept = after.View.Resolve(changed) as PdfDictionary;
            foreach (var (name, resource) in was)
            {
                if (!resource.Equals(kept?[name.Value] ?? PdfNull.Instance))
                    report(ChangeKind.Other, null, "form.DR");
            }
        }
    }

    // Fields keep their order; new ones may come anywhere.
    private void CompareKids(PdfArray old, PdfArray now, string detail)
    {
        var at = 0;
        foreach (var item in now)
        {
            if (at < old.Count && item.Equals(old[at]))
                at++;
            else if (item is not PdfReference)
                report(ChangeKind.Other, null, detail);
        }

        if (at < old.Count)
            report(ChangeKind.Other, null, detail);
    }

    private void CompareNode(FormNode old)
    {
        if (
            !after.Nodes.TryGetValue(old.Number, out var now)
            || now.FullName != old.FullName
            || now.Parent != old.Parent
            || now.FieldType != old.FieldType
        )
        {
            report(ChangeKind.Other, old.FullName, "field.removed");
            return;
        }

        if (ReferenceEquals(old.Dictionary, now.Dictionary) && old.Dictionary["Kids"] is not PdfReference)
            return;
        var isFilled = false;
        foreach (var key in Keys(old.Dictionary, now.Dictionary))
        {
            if (key == "Kids")
            {
                CompareKids(before.Array(old.Dictionary, key), after.Array(now.Dictionary, key), "field.Kids");
                continue;
            }

            if (TouchedObjects.Same(old.Dictionary[key], before.View, now.Dictionary[key], after.View))
                continue;
            if (!MayChange(key, old, now))
                report(ChangeKind.Other, old.FullName, $"field.{key}");
            else
                isFilled = true;
        }

        if (!isFilled)
            return;
        report(now.IsSignature && now.IsSigned ? ChangeKind.FieldSigned : ChangeKind.FieldFilled, old.FullName, "field.filled");
    }

    private bool MayChange(string key, FormNode old, FormNode now)
    {
        // A signature that stands, and what it shows, stay as they are.
        if (old.IsSigned)
            return false;
        return key switch
        {
            "V" => !old.IsSignature || now.IsSigned,
            // Only from changeable to read-only.
            "Ff" => (Flags(before, old.Dictionary, key) ^ Flags(after, now.Dictionary, key)) == ReadOnly
                && (Flags(after, now.Dictionary, key) & ReadOnly) != 0,
            "F" => ((Flags(before, old.Dictionary, key) ^ Flags(after, now.Dictionary, key)) & Visibility) == 0,
            "Type" or "P" => old.Dictionary[key] is null,
            _ => Filling.Contains(key),
        };
    }

    private void JudgeNewNode(FormNode node)
    {
        if (!node.IsSignature || !node.Dictionary.All(entry => NewSignatureField.Contains(entry.Key.Value)))
        {
            report(ChangeKind.Other, node.FullName, "field.new");
            return;
        }

        // A widget or a parent that comes with a new field is judged with it; one that is added to an old field is not allowed.
        if (node.Parent != 0 && before.Nodes.TryGetValue(node.Parent, out var parent) && parent.FieldType.Length > 0)
        {
            report(ChangeKind.Other, node.FullName, "field.new-widget");
            return;
        }

        var isTimestamp = after.View.Resolve(node.Dictionary["V"]) is PdfDictionary value && SignatureKinds.IsTimestamp(after.View, value);
        if (isTimestamp && IsInvisible(node.Dictionary))
            report(ChangeKind.Timestamp, node.FullName, "field.timestamp");
        else if (node.IsSigned)
            report(ChangeKind.SignatureFieldAdded, node.FullName, "field.new-signature");
        else
            report(
                node.Dictionary.Contains("AP") ? ChangeKind.Other : ChangeKind.SignatureFieldAdded,
                node.FullName,
                "field.new-empty-signature"
            );
    }

    private bool IsInvisible(PdfDictionary widget) =>
        !widget.Contains("Rect")
        || PdfRectangle.From(after.View, widget["Rect"]) is { } box && (box.Width == 0 || box.Height == 0)
        || (Flags(after, widget, "F") & 2) != 0;

    private static long Flags(RevisionStructure structure, PdfDictionary dictionary, string key) =>
        structure.View.Get<PdfInteger>(dictionary, key)?.Value ?? 0;

    internal static IEnumerable<string> Keys(PdfDictionary old, PdfDictionary now) =>
        old.Concat(now).Select(entry => entry.Key.Value).Distinct(StringComparer.Ordinal);
}

/// <summary>What a signature dictionary is.</summary>
internal static class SignatureKinds
{
    public static bool IsTimestamp(PdfDocument view, PdfDictionary signature) =>
        view.Get<PdfName>(signature, "Type")?.Value == "DocTimeStamp" || view.Get<PdfName>(signature, "SubFilter")?.Value == "ETSI.RFC3161";
}
