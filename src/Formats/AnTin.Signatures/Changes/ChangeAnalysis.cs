// What happened to a document after each of its signatures.
// References: ISO 32000-2:2020, 12.8.2.2 (DocMDP), 12.8.2.4 (FieldMDP), 12.7.5.5 (locks), 7.5.6 (incremental updates);
// ETSI EN 319 102-1 V1.4.1, 5.2.7 (what was signed is what is shown).
// How: every revision after a signed one is compared with the one before it. A list says what may change; all else is `other`.
// Nothing is repaired: an update that is not well formed is `other`.
// Deviation: ISO 32000-2 leaves open whether DocMDP permission 2 allows a new signature field; here it does not
// (docs/decisions/0011).
// Limits: encrypted documents are not compared (any later revision is `other`); structure trees that a later signer extends
// are `other`.
using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>Compares the revisions of a signed document.</summary>
public sealed class ChangeAnalysis
{
    private readonly PdfDocument document;
    private readonly SignatureCoverage coverage;
    private readonly List<(int Revision, IReadOnlyList<DocumentChange> Changes)> steps = [];

    private ChangeAnalysis(PdfDocument document)
    {
        this.document = document;
        coverage = new SignatureCoverage(document);
    }

    /// <summary>Coverage and later changes of every signature of the document's last revision, in the order of signing.</summary>
    /// <exception cref="PdfFormatException">The form of the last revision cannot be read.</exception>
    public static IReadOnlyList<SignatureChanges> Run(PdfDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var analysis = new ChangeAnalysis(document);
        var covered = analysis.FindSignatures();
        if (covered.Count == 0)
            return [];
        var first = covered.Min(signature => signature.Revision ?? document.Revisions.Count - 1);
        analysis.CompareFrom(first);
        return [.. covered.Select(analysis.Judge).OrderBy(signature => signature.Revision ?? int.MaxValue)];
    }

    private List<SignatureChanges> FindSignatures()
    {
        var found = new List<SignatureChanges>();
        var form = document.AcroForm;
        var values = new HashSet<int>();
        foreach (var field in form?.Fields ?? [])
        {
            if (field.FieldType != "Sig" || document.Resolve(field.Value) is not PdfDictionary signature)
                continue;
            var range = ByteRange(signature);
            var (revision, fault) = coverage.Find(field, signature, range);
            if (form!.DuplicateNames.Contains(field.FullName))
                (revision, fault) = (null, "field.duplicate");
            // One signature shown in two fields: one of the two places was not in the mind of who signed.
            if (field.Value is PdfReference value && !values.Add(value.Number))
                (revision, fault) = (null, "signature.shared");
            var end = range.Length == 4 ? range[2] + range[3] : -1;
            var (locked, permission) = Permissions(field, signature);
            found.Add(
                new SignatureChanges(
                    field.FullName,
                    signature,
                    SignatureKinds.IsTimestamp(document, signature),
                    range,
                    revision,
                    fault,
                    fault is null && revision == document.Revisions.Count - 1 && coverage.IsEnd(end),
                    locked,
                    permission,
                    ChangeLevel.None,
                    WithinLocks: true,
                    []
                )
            );
        }

        return found;
    }

    private long[] ByteRange(PdfDictionary signature)
    {
        var items = document.Get<PdfArray>(signature, "ByteRange") ?? new PdfArray();
        var numbers = items.Select(document.Resolve).OfType<PdfInteger>().Select(number => number.Value).ToArray();
        return numbers.Length == 4 && items.Count == 4 && Array.TrueForAll(numbers, number => number is >= 0 and <= long.MaxValue / 4)
            ? numbers
            : [];
    }

    private (FieldLock? Lock, int? Permission) Permissions(PdfFormField field, PdfDictionary signature)
    {
        FieldLock? locked = null;
        int? permission = null;
        foreach (var item in document.Get<PdfArray>(signature, "Reference") ?? new PdfArray())
        {
            if (document.Resolve(item) is not PdfDictionary reference)
                continue;
            var parameters = document.Get<PdfDictionary>(reference, "TransformParams") ?? new PdfDictionary();
            switch (document.Get<PdfName>(reference, "TransformMethod")?.Value)
            {
                // A transform that cannot be read locks everything: it was meant to lock something.
                case "FieldMDP":
                    locked = FieldLock.From(document, parameters) ?? FieldLock.All;
                    break;
                // 12.8.2.2, Table 257: 2 is the default.
                case "DocMDP":
                    permission = document.Get<PdfInteger>(parameters, "P") is { Value: >= 1 and <= 3 } p ? (int)p.Value : 2;
                    break;
            }
        }

        // A signer that does not copy the field's lock into the signature does not set it aside by that.
        if (document.Get<PdfDictionary>(field.Dictionary, "Lock") is { } fieldLock)
        {
            locked ??= FieldLock.From(document, fieldLock);
            if (document.Get<PdfInteger>(fieldLock, "P") is { Value: >= 1 and <= 3 } p)
                permission = Math.Min(permission ?? 3, (int)p.Value);
        }

        return (locked, permission);
    }

    private void CompareFrom(int first)
    {
        RevisionStructure? before = null;
        for (var index = first + 1; index < document.Revisions.Count; index++)
        {
            try
            {
                if (document.IsEncrypted)
                    throw new PdfFormatException("document.encrypted", "Revisions of an encrypted document are not compared");
                before ??= RevisionStructure.Read(document.AtRevision(index - 1));
                var after = RevisionStructure.Read(document.AtRevision(index));
                steps.Add((index, StepComparison.Run(before, after)));
                before = after;
            }
            catch (PdfFormatException exception)
            {
                steps.Add((index, [new DocumentChange(index, ChangeKind.Other, null, exception.Code)]));
                before = null;
            }
        }

        if (!coverage.EndsCleanly())
        {
            var last = document.Revisions.Count - 1;
            steps.Add((last + 1, [new DocumentChange(last, ChangeKind.Other, null, "file.trailing-bytes")]));
        }
    }

    private SignatureChanges Judge(SignatureChanges signature)
    {
        if (signature.Revision is not { } signed)
        {
            var fault = new DocumentChange(
                document.Revisions.Count - 1,
                ChangeKind.Other,
                signature.FieldName,
                signature.Fault ?? "byte-range.end"
            );
            return signature with { ChangesAfter = ChangeLevel.Other, WithinLocks = false, Changes = [fault] };
        }

        var later = steps.Where(step => step.Revision > signed).SelectMany(step => step.Changes).ToList();
        var level = ChangeLevel.None;
        var within = true;
        foreach (var change in later)
        {
            var (own, allowed) = Judge(change, signature);
            level = own > level ? own : level;
            within &= allowed;
        }

        // What the signer forbade is no filling of the form. Comments are called by their name, forbidden or not.
        if (level == ChangeLevel.FormFilling && !within)
            level = ChangeLevel.Other;
        return signature with { ChangesAfter = level, WithinLocks = within, Changes = later };
    }

    private static (ChangeLevel Level, bool IsAllowed) Judge(DocumentChange change, SignatureChanges signature)
    {
        switch (change.Kind)
        {
            // 12.8.2.2.2: validation data and document time-stamps are allowed under every permission.
            case ChangeKind.Metadata or ChangeKind.ValidationData or ChangeKind.Timestamp:
                return (ChangeLevel.Timestamps, true);
            case ChangeKind.FieldFilled or ChangeKind.FieldSigned or ChangeKind.SignatureFieldAdded:
                var isLocked = signature.Lock?.Covers(change.Field ?? "") == true;
                var isForbidden =
                    change.Kind is ChangeKind.SignatureFieldAdded ? signature.Permission is 1 or 2 : signature.Permission is 1;
                return (ChangeLevel.FormFilling, !isLocked && !isForbidden);
            case ChangeKind.Annotation:
                return (ChangeLevel.Annotations, signature.Permission is null or 3);
            default:
                return (ChangeLevel.Other, false);
        }
    }
}
