using AnTin.Contracts.Platform;
using AnTin.Signatures;
using AnTin.Web.Components;

namespace AnTin.Modules.Validation.Domain;

/// <summary>One signature in plain words: who, in what capacity, how it stands, what happened after it.</summary>
internal sealed record PlainSignature(
    Tone Tone,
    Text Capacity,
    Text Standing,
    Text? Reason,
    Text Changes,
    Tone ChangesTone,
    Text Certificate,
    Tone CertificateTone)
{
    /// <summary>Signatures of people and organisations; a document time-stamp is a proof of time, nobody's act.</summary>
    public static IEnumerable<SignatureReport> ActsOf(ValidationReport report) =>
        report.Signatures.Where(s => s.Type != SignatureType.DocumentTimestamp);

    public static PlainSignature Of(SignatureReport signature) => new(
        signature.Indication switch
        {
            Indication.TotalPassed => Tone.Good,
            Indication.TotalFailed => Tone.Bad,
            _ => Tone.Warn,
        },
        CapacityOf(signature),
        signature.Indication switch
        {
            Indication.TotalPassed => new Text("Chữ ký đúng", "Signature right"),
            Indication.TotalFailed => new Text("Chữ ký không được chấp nhận", "Signature not accepted"),
            _ => new Text("Chưa kết luận được", "Not decided"),
        },
        SubIndicationText.Of(signature.SubIndication),
        ChangesOf(signature),
        ChangesToneOf(signature),
        CertificateOf(signature.CertificateClass),
        signature.CertificateClass switch
        {
            CertificateClass.OfficialDuty => Tone.Good,
            CertificateClass.Public or CertificateClass.Other => Tone.Warn,
            _ => Tone.Neutral,
        });

    private static Text CapacityOf(SignatureReport signature) => (signature.Type, signature.Role) switch
    {
        (SignatureType.DocumentTimestamp, _) => new Text("Dấu thời gian của tệp", "Time-stamp of the file"),
        (_, SignatureRole.Initial) => new Text("Ký nháy (đã kiểm tra nội dung)", "Initials (content checked)"),
        (SignatureType.Seal, SignatureRole.Copy) => new Text("Dấu sao y của cơ quan", "Agency's seal on a copy"),
        (SignatureType.Seal, SignatureRole.Digitised) => new Text("Dấu số hóa của cơ quan", "Agency's seal on a digitised paper"),
        (SignatureType.Seal, _) or (_, SignatureRole.Seal) => new Text("Dấu của cơ quan, tổ chức", "Seal of the agency"),
        (_, SignatureRole.Official) => new Text("Chữ ký chính thức của người có thẩm quyền", "Official signature of the person in charge"),
        (_, SignatureRole.Copy) => new Text("Ký bản sao", "Signature on a copy"),
        (_, SignatureRole.Digitised) => new Text("Ký bản số hóa", "Signature on a digitised paper"),
        (_, SignatureRole.Result) => new Text("Ký kết quả giải quyết thủ tục", "Signature on the result of a procedure"),
        (SignatureType.CounterSignature, _) => new Text("Chữ ký xác nhận chữ ký khác", "Counter-signature"),
        _ => new Text("Chữ ký số", "Digital signature"),
    };

    private static Tone ChangesToneOf(SignatureReport signature) =>
        !signature.CryptoIntact ? Tone.Bad
        : signature.ChangesAfter is ChangeLevel.Annotations or ChangeLevel.Other || !signature.ChangesWithinLocks ? Tone.Warn
        : Tone.Good;

    private static Text ChangesOf(SignatureReport signature) => signature switch
    {
        { CryptoIntact: false } => new Text(
            "Nội dung không còn khớp với chữ ký này.",
            "The content no longer matches this signature."),
        { ChangesAfter: ChangeLevel.Other } => new Text(
            "Nội dung bị sửa hoặc thêm ngoài những gì người ký cho phép.",
            "Content was changed or added beyond what the signer allowed."),
        { ChangesAfter: ChangeLevel.Annotations } => new Text(
            "Có ghi chú hoặc hình được thêm vào trang sau khi ký.",
            "Notes or pictures were put on the pages after signing."),
        { ChangesWithinLocks: false } => new Text(
            "Có ô đã khóa bị điền hoặc sửa sau khi ký.",
            "A locked field was filled or changed after signing."),
        { ChangesAfter: ChangeLevel.FormFilling } => new Text(
            "Không bị sửa. Sau đó chỉ có các bước được phép: điền số, ngày và những chữ ký tiếp theo.",
            "Not changed. Only allowed steps followed: number, date and the next signatures."),
        { ChangesAfter: ChangeLevel.Timestamps } => new Text(
            "Không bị sửa. Sau đó chỉ thêm dấu thời gian và dữ liệu lưu trữ.",
            "Not changed. Only time-stamps and data for keeping it were added."),
        _ => new Text("Không bị sửa.", "Not changed."),
    };

    private static Text CertificateOf(CertificateClass kind) => kind switch
    {
        CertificateClass.OfficialDuty => new Text("Chuyên dùng công vụ", "Official-duty"),
        CertificateClass.Public => new Text("Chữ ký số công cộng", "Public"),
        CertificateClass.Other => new Text("Loại khác", "Another kind"),
        _ => new Text("Chưa rõ nơi cấp", "Issuer unknown"),
    };
}
