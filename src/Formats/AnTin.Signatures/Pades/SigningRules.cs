// What forbids a further change of a document: its own faults, and the rules of signatures it carries
// (ISO 32000-2:2020, 12.8.2.2 DocMDP, 12.8.2.4 FieldMDP).

using System.Buffers;
using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>A signature that a document carries, as far as later changes depend on it.</summary>
/// <param name="FieldName">Full name of its field.</param>
/// <param name="Lock">Fields it locks; null when it locks none.</param>
/// <param name="Certification">DocMDP permission 1 to 3; null for an approval signature.</param>
internal sealed record PresentSignature(string FieldName, FieldLock? Lock, int? Certification);

internal sealed class SigningRules
{
    private static readonly SearchValues<byte> White = SearchValues.Create("\0\t\n\f\r "u8);

    private readonly List<PresentSignature> present = [];

    private SigningRules(PdfDocument document)
    {
        foreach (var field in document.AcroForm?.Fields ?? [])
        {
            if (field.FieldType == "Sig" && document.Resolve(field.Value) is PdfDictionary signature) present.Add(Read(document, field.FullName, signature));
        }
    }

    public IReadOnlyList<PresentSignature> Signatures => present;

    /// <summary>Opens a document for signing or preparing.</summary>
    /// <exception cref="PdfSigningException">It is encrypted, broken, or an XFA form.</exception>
    public static (PdfDocument Document, SigningRules Rules) Open(IRandomAccessSource source)
    {
        try
        {
            var document = PdfDocument.Open(source);
            if (document.IsEncrypted) throw new PdfSigningException("document.encrypted", "The document is encrypted.");
            RequireWhole(document);
            if (document.AcroForm is { HasXfa: true }) throw new PdfSigningException("document.xfa", "The document is an XFA form: what it shows is not in its pages.");
            return (document, new SigningRules(document));
        }
        catch (PdfFormatException e)
        {
            throw Broken(e);
        }
    }

    public static PdfSigningException Broken(PdfFormatException e) => new("document.broken", $"The document is not a sound PDF file: {e.Code}: {e.Message}", e);

    /// <summary>A field may be filled or signed.</summary>
    public void RequireOpen(string field)
    {
        foreach (var signature in present)
        {
            if (signature.Certification == 1) throw new PdfSigningException("document.certified", $"The signature {signature.FieldName} allows no further change.");
            if (signature.Lock is { } locked && locked.Covers(field)) throw new PdfSigningException("field.locked", $"The field {field} is locked by the signature {signature.FieldName}.");
        }
    }

    /// <summary>A new field may be laid.</summary>
    public void RequireNewFields()
    {
        // Level 2 allows filling and signing fields that exist; whether it allows new ones, readers disagree on.
        foreach (var signature in present)
        {
            if (signature.Certification is 1 or 2) throw new PdfSigningException("document.certified", $"The signature {signature.FieldName} allows no new fields.");
        }
    }

    // Whoever signs a file with a gap or a false offset lends his name to bytes that readers may take differently.
    private static void RequireWhole(PdfDocument document)
    {
        if (document.HeaderOffset != 0) throw new PdfSigningException("document.broken", "Bytes stand before the header of the document.");
        foreach (var revision in document.Revisions)
        {
            if (revision.Fault is { } fault) throw new PdfSigningException("document.broken", $"Revision {revision.Index} of the document is not sound: {fault}.");
        }

        Span<byte> tail = stackalloc byte[1024];
        var at = document.LastRevision.End;
        var length = document.Source.Read(at, tail);
        if (document.Source.Length - at > length || tail[..length].ContainsAnyExcept(White)) throw new PdfSigningException("document.broken", "Bytes stand after the end of the document.");
        _ = document.Catalog;
        _ = document.PageCount;
    }

    private static PresentSignature Read(PdfDocument document, string name, PdfDictionary signature)
    {
        FieldLock? locked = null;
        int? certification = null;
        foreach (var item in document.Get<PdfArray>(signature, "Reference") ?? new PdfArray())
        {
            if (document.Resolve(item) is not PdfDictionary reference || document.Get<PdfDictionary>(reference, "TransformParams") is not { } parameters) continue;
            switch (document.Get<PdfName>(reference, "TransformMethod")?.Value)
            {
                case "FieldMDP":
                    locked = FieldLock.From(document, parameters);
                    break;
                case "DocMDP":
                    certification = document.Get<PdfInteger>(parameters, "P") is { Value: >= 1 and <= 3 } p ? (int)p.Value : 2;
                    break;
            }
        }

        return new PresentSignature(name, locked, certification);
    }
}
