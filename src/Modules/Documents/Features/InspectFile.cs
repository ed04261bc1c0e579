using AnTin.Contracts.Platform;
using AnTin.Contracts.Validation;
using AnTin.Modules.Documents.Domain;
using AnTin.Pdf;
using AnTin.Signatures;

namespace AnTin.Modules.Documents.Features;

/// <summary>What inspection learnt of a file that can be taken in.</summary>
/// <param name="Signers">Names in the intact signatures it came with.</param>
internal sealed record InspectedFile(int PageCount, IReadOnlyList<string> Signers)
{
    public bool IsSigned => Signers.Count > 0;
}

/// <summary>Looks at an uploaded file before anything of it is kept: a file that could not be signed to the end is refused at the door.</summary>
internal sealed class FileInspection(IDocumentValidator validator, DocumentsOptions options)
{
    // 50 MB of PDF seldom unpack to more than this; a bomb does.
    private const long DecodedTotalBytes = 512L * 1024 * 1024;

    public static readonly PdfLimits Limits = PdfLimits.Default with { DecodedTotalBytes = DecodedTotalBytes };

    public async Task<Result<InspectedFile>> InspectAsync(IRandomAccessSource file, CancellationToken ct)
    {
        if (file.Length == 0)
            return DocumentErrors.FileEmpty();
        Result<int> pages = Read(file);
        if (!pages.IsSuccess)
            return pages.Error;
        ValidationReport report = await validator.ValidateAsync(file, ct);
        if (report.Error is { } unreadable)
            return DocumentErrors.Broken(unreadable.Message, -1);
        if (report.Signatures.FirstOrDefault(IsBroken) is { } broken)
            return DocumentErrors.BrokenSignature(broken.SignedBy.Length == 0 ? broken.Id : broken.SignedBy);
        return new InspectedFile(pages.Value, [.. report.Signatures.Select(signature => signature.SignedBy)]);
    }

    private Result<int> Read(IRandomAccessSource file)
    {
        try
        {
            PdfDocument document = PdfDocument.Open(file, Limits);
            if (document.IsEncrypted)
                return DocumentErrors.Encrypted();
            int pages = document.PageCount;
            if (pages > options.MaxPages)
                return DocumentErrors.TooManyPages(pages, options.MaxPages);
            if (pages < 1)
                return DocumentErrors.Broken("document.no-pages", -1);
            for (int page = 0; page < pages; page++)
                document.GetPage(page);
            if (IsCertified(document))
                return DocumentErrors.CertifiedUnchangeable();
            if (OwnField(document) is { } field)
                return DocumentErrors.FieldNameTaken(field);
            return pages;
        }
        catch (PdfFormatException malformed)
        {
            return malformed.Code switch
            {
                "file.not-pdf" => DocumentErrors.NotPdf(),
                _ when malformed.Code.StartsWith("limit.", StringComparison.Ordinal) => DocumentErrors.TooComplex(malformed.Code),
                _ => DocumentErrors.Broken(malformed.Code, malformed.Offset),
            };
        }
    }

    // Content changed after signing is as broken as a wrong hash: nobody signed what the page shows now.
    private static bool IsBroken(SignatureReport signature) =>
        !signature.CryptoIntact || signature.ChangesAfter == ChangeLevel.Other || !signature.ChangesWithinLocks;

    // ISO 32000-2:2020 §12.8.2.2: a certifying signature limits later changes; our signature fields are not among those every reader allows.
    private static bool IsCertified(PdfDocument document) =>
        document.Get<PdfDictionary>(document.Catalog, "Perms") is { } permissions && permissions.Contains("DocMDP");

    /// <summary>A field of ours that is already there: the file went through this flow before.</summary>
    private static string? OwnField(PdfDocument document)
    {
        if (document.Get<PdfDictionary>(document.Catalog, "AcroForm") is not { } form || document.Get<PdfArray>(form, "Fields") is not { } fields)
            return null;
        foreach (PdfObject item in fields)
        {
            if (document.Resolve(item) is PdfDictionary field && document.Get<PdfString>(field, "T")?.ToText() is { } name
                && (name == FieldNames.Root || name.StartsWith(FieldNames.Root + ".", StringComparison.Ordinal)))
                return name;
        }
        return null;
    }
}
