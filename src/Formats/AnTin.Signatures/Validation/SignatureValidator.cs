// Verification of the signatures of a PDF file. References: ETSI EN 319 102-1 V1.4.1 (process and indications), ETSI EN 319 142-1 V1.2.1,
// ISO 32000-2:2020, 12.8. Facts first (FactFinder), then rules (SignatureChecks), then the report. The file is parsed once and its bytes are
// hashed in one pass. Limits: PDF only; nothing is fetched; signatures inside encrypted files are judged by their cryptography alone.
using System.Security.Cryptography;
using AnTin.Pdf;
using AnTin.X509;

namespace AnTin.Signatures;

public static class SignatureValidator
{
    // Anybody may send a file. Only cross-reference and object streams are decoded here, some MB in the largest real files; the limits
    // keep what a small file can make of itself to that order.
    private static readonly PdfLimits Limits = PdfLimits.Default with { DecodedStreamBytes = 32 * 1024 * 1024, DecodedTotalBytes = 256 * 1024 * 1024 };

    // Without the password fields inside object streams stay unseen: none was found, which does not say that there is none.
    private static readonly ReportCheck Encrypted = new("document.encrypted", CheckResult.Warn, "ISO 32000-2 §7.6",
        "Tệp PDF được mã hóa (đặt mật khẩu), nên không xem được bên trong có chữ ký số hay không.",
        "The PDF file is encrypted (has a password): whether it carries signatures inside cannot be seen.");

    /// <summary>
    /// Verifies every signature of the file. Never throws for what the file contains: a file that cannot be read is a report with
    /// <see cref="ValidationReport.Error"/>.
    /// </summary>
    /// <exception cref="IOException">The source itself failed.</exception>
    public static ValidationReport Validate(IRandomAccessSource source, ValidationInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(inputs);
        try
        {
            var document = PdfDocument.Open(source, Limits);
            using var finder = new FactFinder(document, inputs);
            var signatures = finder.Find().ConvertAll(f => ToReport(f, inputs));
            var facts = Facts(source, finder.FileDigest);
            return document.IsEncrypted && signatures.Count == 0
                ? new ValidationReport(Verdict.Indeterminate, facts, [], Encrypted)
                : new ValidationReport(VerdictOf(signatures), facts, signatures);
        }
        catch (PdfFormatException e)
        {
            return Unreadable(source, e);
        }
    }

    /// <summary>
    /// Certificates that the file carries, for callers that fetch revocation data before they verify. Empty when it cannot be read.
    /// None of them is trusted: see decision 0007 before asking an address one of them names.
    /// </summary>
    public static IReadOnlyList<Certificate> ReadCertificates(IRandomAccessSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            using var finder = new FactFinder(PdfDocument.Open(source, Limits), new ValidationInputs { At = DateTimeOffset.UnixEpoch });
            finder.ReadContainersWithTimestamps();
            return [.. finder.Certificates];
        }
        catch (PdfFormatException)
        {
            return [];
        }
    }

    private static SignatureReport ToReport(SignatureFacts facts, ValidationInputs inputs)
    {
        var (indication, sub, checks) = SignatureChecks.Run(facts, inputs);
        return new SignatureReport(
            facts.Source.FieldName,
            facts.Type,
            facts.Role,
            indication,
            sub,
            facts.CryptoIntact,
            facts.Level,
            facts.Certificate?.Subject.DisplayName ?? "",
            facts.Certificate?.Subject.Organization,
            facts.Certificate?.SerialNumber.ToUpperInvariant(),
            facts.Class,
            facts.ClaimedTime,
            facts.BestTime,
            facts.CoversWholeDocument,
            facts.Changes,
            facts.ChangesWithinLocks,
            facts.Digest?.Label ?? facts.Signer?.DigestAlgorithm.ToString() ?? "",
            facts.Algorithm?.FamilyName ?? facts.Signer?.SignatureAlgorithm.ToString() ?? "",
            checks);
    }

    // The verdict rule of the public surface: valid when every signature passes and what followed each is allowed and within its locks.
    private static Verdict VerdictOf(List<SignatureReport> signatures)
    {
        if (signatures.Count == 0)
        {
            return Verdict.Unsigned;
        }

        if (signatures.Exists(s => s.Indication == Indication.TotalFailed))
        {
            return Verdict.Invalid;
        }

        return signatures.TrueForAll(s => s.Indication == Indication.TotalPassed && s.ChangesWithinLocks
            && s.ChangesAfter is ChangeLevel.None or ChangeLevel.Timestamps or ChangeLevel.FormFilling)
            ? Verdict.Valid
            : Verdict.Indeterminate;
    }

    private static DocumentFacts Facts(IRandomAccessSource source, ReadOnlyMemory<byte> digest) =>
        new("pdf", source.Length, Convert.ToHexStringLower(digest.Span));

    private static ValidationReport Unreadable(IRandomAccessSource source, PdfFormatException fault)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        source.HashRange(0, source.Length, hash);
        var isPdf = LooksLikePdf(source);
        var (vietnamese, english) = (isPdf, fault.Code.StartsWith("limit.", StringComparison.Ordinal)) switch
        {
            (false, _) => ("Tệp không phải là PDF.", "The file is not a PDF."),
            (_, true) => (
                $"Tệp PDF vượt giới hạn kiểm tra an toàn: khi đọc, nội dung bung ra quá lớn hoặc quá phức tạp ({fault.Code}).",
                $"The PDF file exceeds what is safe to check: read, it grows too large or too complex ({fault.Code}: {fault.Message})."),
            _ => (
                $"Tệp PDF bị hỏng hoặc bị can thiệp, không đọc được theo đúng quy cách ({fault.Code}).",
                $"The PDF file is damaged or was tampered with; it cannot be read as the standard says ({fault.Code}: {fault.Message})."),
        };
        var error = new ReportCheck("document.structure", CheckResult.Fail, "EN 319 102-1 §5.2.2; ISO 32000-2 §7.5", vietnamese, english);
        var facts = Facts(source, hash.GetHashAndReset()) with { Format = isPdf ? "pdf" : "unknown" };
        return new ValidationReport(Verdict.Invalid, facts, [], error);
    }

    private static bool LooksLikePdf(IRandomAccessSource source)
    {
        Span<byte> head = stackalloc byte[1024];
        var length = source.Read(0, head);
        return head[..length].IndexOf("%PDF-"u8) >= 0;
    }
}
