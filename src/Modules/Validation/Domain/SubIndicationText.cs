// Sub-indications of a verification in plain words. Names: ETSI EN 319 102-1 V1.4.1 §5.1.4.

using AnTin.Contracts.Platform;

namespace AnTin.Modules.Validation.Domain;

internal static class SubIndicationText
{
    /// <summary>Why a signature did not pass; null when it did. A name that is not listed is shown as it is.</summary>
    public static Text? Of(string? name) => name switch
    {
        null => null,
        "HASH_FAILURE" => new Text(
            "Nội dung tệp đã bị thay đổi sau khi ký.",
            "The content was changed after signing."),
        "SIG_CRYPTO_FAILURE" => new Text(
            "Giá trị chữ ký sai: chữ ký bị hỏng, hoặc không phải do chứng thư số này tạo ra.",
            "The signature value is wrong: it is damaged, or was not made with this certificate."),
        "FORMAT_FAILURE" => new Text(
            "Cấu trúc chữ ký hoặc cấu trúc tệp không đúng quy cách.",
            "The structure of the signature or of the file is not as it must be."),
        "REVOKED" or "REVOKED_NO_POE" or "REVOKED_CA_NO_POE" => new Text(
            "Chứng thư số đã bị thu hồi, và không có bằng chứng là chữ ký được tạo trước khi thu hồi.",
            "The certificate was revoked, and nothing proves that the signature is older than the revocation."),
        "EXPIRED" or "OUT_OF_BOUNDS_NO_POE" or "OUT_OF_BOUNDS_NOT_REVOKED" => new Text(
            "Chứng thư số đã hết hạn, và không có dấu thời gian chứng minh chữ ký được tạo khi còn hạn.",
            "The certificate has expired, and no time-stamp proves that the signature was made before that."),
        "NOT_YET_VALID" => new Text(
            "Chữ ký được tạo trước khi chứng thư số có hiệu lực.",
            "The signature was made before the certificate became valid."),
        "NO_CERTIFICATE_CHAIN_FOUND" or "NO_CERTIFICATE_CHAIN_FOUND_NO_POE" => new Text(
            "Nơi cấp chứng thư số không nằm trong danh sách tin cậy của hệ thống này.",
            "The certificate's issuer is not on this system's list of trusted ones."),
        "CERTIFICATE_CHAIN_GENERAL_FAILURE" or "CHAIN_CONSTRAINTS_FAILURE" => new Text(
            "Chuỗi chứng thư số từ người ký lên nơi cấp gốc không đạt yêu cầu.",
            "The chain of certificates from the signer up to the root does not meet the rules."),
        "NO_SIGNING_CERTIFICATE_FOUND" => new Text(
            "Trong chữ ký không có chứng thư số của người ký.",
            "The signature does not carry its signer's certificate."),
        "TRY_LATER" => new Text(
            "Lúc này chưa lấy được thông tin chứng thư số còn hiệu lực hay đã thu hồi. Hãy thử lại sau.",
            "Whether the certificate is still good or revoked cannot be found out at this moment. Try again later."),
        "CRYPTO_CONSTRAINTS_FAILURE" or "CRYPTO_CONSTRAINTS_FAILURE_NO_POE" => new Text(
            "Chữ ký dùng thuật toán hoặc độ dài khóa không còn an toàn.",
            "The signature uses an algorithm or a key size that is no longer safe."),
        "SIG_CONSTRAINTS_FAILURE" => new Text(
            "Chữ ký không đạt yêu cầu của quy định áp dụng cho văn bản.",
            "The signature does not meet the rules that apply to the document."),
        "TIMESTAMP_ORDER_FAILURE" => new Text(
            "Thứ tự các mốc thời gian trên tệp mâu thuẫn nhau.",
            "The times on the file contradict each other."),
        "SIGNED_DATA_NOT_FOUND" => new Text(
            "Không tìm thấy phần nội dung mà chữ ký nói đến.",
            "The content that the signature is about was not found."),
        "POLICY_PROCESSING_ERROR" or "SIGNATURE_POLICY_NOT_AVAILABLE" => new Text(
            "Không áp dụng được chính sách chữ ký ghi trong chữ ký.",
            "The signature policy named in the signature could not be applied."),
        "NO_POE" => new Text(
            "Không có bằng chứng về thời điểm ký.",
            "There is no proof of when it was signed."),
        "GENERIC" => new Text(
            "Có kiểm tra chưa đạt; xem chi tiết kỹ thuật bên dưới.",
            "Some check did not pass; see the technical details below."),
        _ => new Text($"Kết quả kỹ thuật: {name}.", $"Technical result: {name}."),
    };
}
