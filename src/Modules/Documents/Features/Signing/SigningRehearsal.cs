using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Pdf;
using AnTin.Signatures;

namespace AnTin.Modules.Documents.Features.Signing;

/// <summary>Whether a file can go through the flow, tried without keeping anything: better refused at the door than at the leader's desk.</summary>
internal static class SigningRehearsal
{
    public static Error? Refusal(IRandomAccessSource file, InspectedFile inspected, Placement placement)
    {
        try
        {
            PdfDocument document = PdfDocument.Open(file, FileInspection.Limits);
            if (inspected.IsSigned)
                return IsLocked(document) ? DocumentErrors.CertifiedUnchangeable() : null;
            PdfPreparation.Freeze(file, SigningPlan.Freeze(document, placement));
            return null;
        }
        catch (PdfSigningException refused)
        {
            return Error(refused);
        }
        catch (PdfFormatException malformed)
        {
            return DocumentErrors.Broken(malformed.Code, malformed.Offset);
        }
    }

    /// <summary>A refusal of the signing library in the module's words.</summary>
    public static Error Error(PdfSigningException refused) => refused.Code switch
    {
        "document.encrypted" => DocumentErrors.Encrypted(),
        "document.certified" or "field.locked" => DocumentErrors.CertifiedUnchangeable(),
        "document.xfa" => DocumentErrors.TooComplex("XFA"),
        "field.duplicate" => DocumentErrors.FieldNameTaken(FieldNames.Root),
        "document.changed" => DocumentErrors.FileDamaged(),
        "document.broken" when refused.InnerException is PdfFormatException inner => DocumentErrors.Broken(inner.Code, inner.Offset),
        _ => DocumentErrors.Broken(refused.Code, -1),
    };

    // A signer who locked every field locked those to come as well.
    private static bool IsLocked(PdfDocument document)
    {
        foreach (PdfFormField field in document.AcroForm?.Fields ?? [])
        {
            if (field.FieldType != "Sig" || document.Resolve(field.Value) is not PdfDictionary signature)
                continue;
            foreach (PdfObject item in document.Get<PdfArray>(signature, "Reference") ?? new PdfArray())
            {
                if (document.Resolve(item) is PdfDictionary reference
                    && document.Get<PdfName>(reference, "TransformMethod")?.Value == "FieldMDP"
                    && document.Get<PdfDictionary>(reference, "TransformParams") is { } parameters
                    && FieldLock.From(document, parameters)?.Covers(FieldNames.Seal) == true)
                    return true;
            }
        }
        return false;
    }
}
