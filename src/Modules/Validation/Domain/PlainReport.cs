using AnTin.Contracts.Platform;
using AnTin.Signatures;
using AnTin.Web.Components;

namespace AnTin.Modules.Validation.Domain;

/// <summary>The verdict on a file in the words of an office: one headline, what it means, what to do.</summary>
internal sealed record PlainReport(Tone Tone, Text Headline, Text Meaning, Text Advice)
{
    private static readonly Text KeepFile = new(
        "Lưu tệp điện tử này; bản in từ tệp không thay cho tệp đã ký.",
        "Keep this electronic file; a print of it does not take its place.");

    private static readonly Text AskSender = new(
        "Không sử dụng tệp này để giải quyết công việc. Hãy báo cho nơi gửi và đề nghị gửi lại bản gốc.",
        "Do not act on this file. Tell its sender and ask for the original again.");

    public static PlainReport Of(ValidationReport report) => report switch
    {
        { Error: { Id: "document.encrypted" } error } => Encrypted(error),
        { Error: { } error } => Unreadable(error),
        { Verdict: Verdict.Valid } => Valid(report),
        { Verdict: Verdict.Invalid } => Invalid(report),
        { Verdict: Verdict.Indeterminate } => Indeterminate(report),
        _ => Unsigned,
    };

    private static PlainReport Unsigned { get; } = new(Tone.Warn,
        new Text("Tệp chưa được ký số", "The file is not signed"),
        new Text(
            "Tệp đọc được nhưng không có chữ ký số nào bên trong. Hình chữ ký hoặc hình con dấu nhìn thấy trên trang (nếu có) chỉ là hình ảnh, ai cũng chép được.",
            "The file can be read but carries no digital signature. A picture of a signature or a seal on its pages, if any, is only a picture that anyone can copy."),
        new Text(
            "Nếu đây phải là văn bản chính thức, hãy đề nghị nơi gửi cung cấp tệp đã ký số.",
            "If this should be an official document, ask its sender for the signed file."));

    private static PlainReport Encrypted(ReportCheck error) => new(Tone.Warn,
        new Text("Tệp được đặt mật khẩu", "The file has a password"),
        new Text(error.Message, error.MessageEn),
        new Text(
            "Văn bản ký số không được đặt mật khẩu. Hãy đề nghị nơi gửi cung cấp bản không đặt mật khẩu rồi kiểm tra lại.",
            "Signed documents carry no password. Ask its sender for the file without one, then verify again."));

    private static PlainReport Unreadable(ReportCheck error) => new(Tone.Bad,
        new Text("Không đọc được tệp", "The file cannot be read"),
        new Text(error.Message, error.MessageEn),
        new Text(
            "Hãy kiểm tra đã chọn đúng tệp PDF chưa, tải lại tệp từ nơi gửi (không qua phần mềm nén, in hay sửa) rồi thử lần nữa.",
            "Make sure it is the right PDF file, get it again from its sender (not compressed, printed or edited by another program), then try once more."));

    private static PlainReport Valid(ValidationReport report)
    {
        if (PlainSignature.ActsOf(report).All(s => s.CertificateClass == CertificateClass.OfficialDuty))
        {
            return new PlainReport(Tone.Good,
                new Text("Hợp lệ", "Valid"),
                new Text(
                    "Mọi chữ ký số trên tệp đều đúng, được tạo bằng chứng thư số chuyên dùng công vụ còn hiệu lực, và nội dung không bị sửa sau khi ký.",
                    "Every signature on the file is right, was made with a valid official-duty certificate, and the content was not changed after signing."),
                KeepFile);
        }
        return new PlainReport(Tone.Warn,
            new Text("Chữ ký đúng, nhưng không phải tất cả là chữ ký công vụ", "Signatures are right, but not all are official-duty ones"),
            new Text(
                "Nội dung không bị sửa sau khi ký. Tuy nhiên có chữ ký tạo bằng chứng thư số không phải loại chuyên dùng công vụ.",
                "The content was not changed after signing. But some signature was made with a certificate that is not of the official-duty kind."),
            new Text(
                "Văn bản của cơ quan nhà nước phải dùng chữ ký số chuyên dùng công vụ. Nếu đây là văn bản như vậy, hãy hỏi lại nơi gửi.",
                "Documents of state agencies need official-duty signatures. If this is such a document, ask its sender."));
    }

    private static PlainReport Invalid(ValidationReport report)
    {
        bool changed = report.Signatures.Any(s => !s.CryptoIntact);
        return new PlainReport(Tone.Bad,
            new Text("Không hợp lệ", "Not valid"),
            changed
                ? new Text(
                    "Có chữ ký không khớp với nội dung: tệp đã bị sửa hoặc bị hỏng sau khi ký.",
                    "A signature does not match the content: the file was changed or damaged after signing.")
                : new Text(
                    "Có chữ ký không được chấp nhận. Lý do ghi ở từng chữ ký bên dưới.",
                    "A signature is not accepted. The reason stands with each signature below."),
            AskSender);
    }

    private static PlainReport Indeterminate(ValidationReport report)
    {
        bool changed = report.Signatures.Any(s => s.ChangesAfter is ChangeLevel.Annotations or ChangeLevel.Other || !s.ChangesWithinLocks);
        if (changed)
        {
            return new PlainReport(Tone.Warn,
                new Text("Có thay đổi sau khi ký", "Changed after signing"),
                new Text(
                    "Các chữ ký khớp với phần đã ký, nhưng sau đó tệp được thêm hoặc sửa những nội dung mà người ký không cho phép. Những gì đang nhìn thấy có thể khác với những gì đã được ký.",
                    "The signatures match what was signed, but content was added or changed afterwards that the signers did not allow. What you see may differ from what was signed."),
                AskSender);
        }
        return new PlainReport(Tone.Warn,
            new Text("Chưa đủ căn cứ để kết luận", "Not enough to decide"),
            new Text(
                "Nội dung khớp với chữ ký, nhưng chưa xác định được người ký có đáng tin hay không. Lý do ghi ở từng chữ ký bên dưới.",
                "The content matches the signatures, but whether the signer can be trusted is not known. The reason stands with each signature below."),
            new Text(
                "Chưa dùng tệp để giải quyết công việc quan trọng. Hãy xác minh với nơi gửi bằng một kênh khác.",
                "Do not act on it in important matters yet. Confirm with its sender in another way."));
    }
}
