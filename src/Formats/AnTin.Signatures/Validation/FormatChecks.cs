// Checks of form and cryptography: EN 319 102-1 V1.4.1 §5.2.2 (format), §5.2.3 (signing certificate), §5.2.7 (cryptography).
using AnTin.Cms;
using AnTin.X509;

namespace AnTin.Signatures;

internal static class FormatChecks
{
    public static Finding? Container(SignatureFacts facts, ValidationInputs inputs) => facts.FormatFault is { } fault
        ? Finding.Failed("FORMAT_FAILURE", $"Cấu trúc chữ ký không đọc được hoặc không đúng quy cách: {fault}.", $"The signature's structure cannot be read or is not as it must be: {fault}.")
        : Finding.Pass("Cấu trúc chữ ký đúng quy cách.", "The signature's structure is sound.");

    public static Finding? ByteRange(SignatureFacts facts, ValidationInputs inputs) => facts.RangeFault is { } fault && IsOfRange(fault)
        ? Finding.Failed("FORMAT_FAILURE", $"Vùng được ký không phải là toàn bộ một phiên bản của tệp trừ chính chữ ký ({fault}).", $"What is signed is not the whole of a revision but the signature itself ({fault}).")
        : Finding.Pass("Vùng được ký là toàn bộ nội dung tại thời điểm ký.", "All of the file as it was at signing is signed.");

    public static Finding? Place(SignatureFacts facts, ValidationInputs inputs) => facts.RangeFault is { } fault && !IsOfRange(fault)
        ? Finding.Undecided("FORMAT_FAILURE", $"Chữ ký không nằm đúng chỗ mà nó được ký ({fault}).", $"The signature does not stand where it was signed ({fault}).")
        : null;

    private static bool IsOfRange(string fault) => fault.StartsWith("byte-range.", StringComparison.Ordinal);

    public static Finding? SignerCertificate(SignatureFacts facts, ValidationInputs inputs)
    {
        if (facts.FormatFault is not null && facts.Certificate is null)
        {
            return null;
        }

        return facts.Certificate is { } certificate
            ? Finding.Pass($"Tìm thấy chứng thư số của người ký: {certificate.Subject.DisplayName}.", $"The signer's certificate was found: {certificate.Subject.DisplayName}.")
            : Finding.Undecided("NO_SIGNING_CERTIFICATE_FOUND", "Không tìm thấy chứng thư số của người ký.", "The signer's certificate was not found.");
    }

    public static Finding? Digest(SignatureFacts facts, ValidationInputs inputs)
    {
        if (facts.FormatFault is not null || facts.Digest is not { IsSupported: true } digest)
        {
            return null;
        }

        return facts.DigestAgrees
            ? Finding.Pass($"Nội dung khớp với chữ ký ({digest.Label}).", $"The content matches the signature ({digest.Label}).")
            : Finding.Failed("HASH_FAILURE", "Nội dung không khớp với chữ ký: tệp đã bị thay đổi sau khi ký.", "The content does not match the signature: the file was changed after signing.");
    }

    public static Finding? SignatureValue(SignatureFacts facts, ValidationInputs inputs)
    {
        if (facts.FormatFault is not null || facts.Certificate is null)
        {
            return null;
        }

        return facts.SignatureValue switch
        {
            SignatureCheck.Valid => Finding.Pass("Giá trị chữ ký đúng với khóa của chứng thư số.", "The signature value is right for the certificate's key."),
            SignatureCheck.UnusableKey => Finding.Undecided("CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
                "Khóa của chứng thư số thuộc loại không được hỗ trợ, hoặc không hợp với thuật toán chữ ký.", "The certificate's key is of a kind that is not supported, or does not fit the signature algorithm."),
            SignatureCheck.UnsupportedAlgorithm => Finding.Undecided("CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
                $"Thuật toán chữ ký không được hỗ trợ: {NameOf(facts)}.", $"The signature algorithm is not supported: {NameOf(facts)}."),
            _ => Finding.Failed("SIG_CRYPTO_FAILURE", "Giá trị chữ ký không đúng với khóa của chứng thư số.", "The signature value is not right for the certificate's key."),
        };
    }

    public static Finding? SigningCertificateAttribute(SignatureFacts facts, ValidationInputs inputs) => facts.Certificate is null ? null : facts.Ess switch
    {
        EssCheck.Mismatch => Finding.Undecided("NO_SIGNING_CERTIFICATE_FOUND", "Chứng thư số kèm theo không phải là chứng thư số mà người ký đã chỉ định.", "The certificate at hand is not the one the signer named."),
        EssCheck.Matches or EssCheck.HintDiffers => Finding.Pass("Chứng thư số đúng là chứng thư số mà người ký đã chỉ định.", "The certificate is the one the signer named."),
        _ => null,
    };

    public static Finding? AttributePresent(SignatureFacts facts, ValidationInputs inputs) =>
        facts.Ess == EssCheck.Absent && facts.Source.SubFilter == "ETSI.CAdES.detached" && facts.Signer is not null
            ? Finding.Undecided("SIG_CONSTRAINTS_FAILURE", "Chữ ký không chỉ định chứng thư số của người ký (thiếu thuộc tính signing-certificate).", "The signature does not name its certificate (signing-certificate attribute missing).")
            : null;

    private static string NameOf(SignatureFacts facts) =>
        facts.Signer is { } signer ? $"{signer.SignatureAlgorithm} / {signer.DigestAlgorithm}" : "?";
}
