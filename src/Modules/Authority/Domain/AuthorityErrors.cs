using AnTin.Contracts.Platform;

namespace AnTin.Modules.Authority.Domain;

/// <summary>What the authority refuses.</summary>
internal static class AuthorityErrors
{
    public static readonly Error NotInstalled = new("authority.not-installed");
    public static readonly Error NoSuchCertificate = new("authority.no-such-certificate");
    public static readonly Error NoSuchOrganisation = new("authority.no-such-organisation");
    public static readonly Error NoSuchHolder = new("authority.no-such-holder");
    public static readonly Error HolderOutsideOrganisation = new("authority.holder-outside-organisation");
    public static readonly Error ProfileHolder = new("authority.profile-holder");
    public static readonly Error ProfileNotOrderable = new("authority.profile-not-orderable");
    public static readonly Error WeakKey = new("authority.weak-key");
    public static readonly Error KeyRevoked = new("authority.key-revoked");
    public static readonly Error KeyOfAnother = new("authority.key-of-another");
    public static readonly Error Validity = new("authority.validity");
    public static readonly Error ReferenceMissing = new("authority.reference-missing");
    public static readonly Error AlreadyExpired = new("authority.already-expired");
    public static readonly Error ReasonMissing = new("authority.reason-missing");
    public static readonly Error NotConfirmed = new("authority.not-confirmed");

    public static Error AlreadyRevoked(DateTimeOffset at) => new("authority.already-revoked", at);

    public static Error Abandoned(string serial) => new("authority.abandoned", serial);

    public static Error NameTooLong(string part) => new("authority.name-too-long", part, CertificateOrders.LongestNamePart);

    public static IEnumerable<ErrorText> Texts =>
    [
        new("authority.not-installed", 503, new(
            "Máy chủ này chưa được cài khóa của cơ quan chứng thực. Hãy báo người quản trị.",
            "No certification authority is installed on this server. Tell the administrator.")),
        new("authority.no-such-certificate", 404, new(
            "Không có chứng thư số này trong phạm vi của ông/bà. Hãy kiểm tra lại số hiệu.",
            "There is no such certificate within your scope. Check the serial number.")),
        new("authority.no-such-organisation", 422, new(
            "Cơ quan nêu trong yêu cầu không tồn tại vào ngày này. Hãy chọn lại cơ quan.",
            "The organisation of the order does not exist on this day. Choose another organisation.")),
        new("authority.no-such-holder", 422, new(
            "Người được cấp không có trong danh bạ. Hãy chọn lại người.",
            "The holder is not in the directory. Choose another person.")),
        new("authority.holder-outside-organisation", 422, new(
            "Người được cấp không giữ chức vụ nào tại cơ quan này trong thời hạn chứng thư. Hãy kiểm tra danh bạ.",
            "The holder has no post in this organisation. Check the directory.")),
        new("authority.profile-holder", 422, new(
            "Chứng thư cá nhân phải có người được cấp; chứng thư của cơ quan thì không.",
            "An officer's certificate needs a holder; an organisation's has none.")),
        new("authority.profile-not-orderable", 422, new(
            "Loại chứng thư này không cấp theo yêu cầu.",
            "Certificates of this profile cannot be ordered.")),
        new("authority.weak-key", 422, new(
            "Khóa công khai không đủ mạnh hoặc không đúng dạng (cần RSA từ 2048 bit, hoặc P-256/P-384). Hãy tạo khóa khác.",
            "The public key is too weak or of the wrong kind (RSA of 2048 bits or more, or P-256/P-384). Make another key.")),
        new("authority.key-revoked", 422, new(
            "Khóa này thuộc một chứng thư đã bị thu hồi vì lộ khóa. Hãy tạo khóa khác.",
            "This key belongs to a certificate revoked for key compromise. Make another key.")),
        new("authority.key-of-another", 422, new(
            "Khóa này đã được chứng thực cho người hoặc cơ quan khác. Hãy tạo khóa khác.",
            "This key is already certified for someone else. Make another key.")),
        new("authority.validity", 422, new(
            "Thời hạn không hợp lệ: phải bắt đầu trước khi kết thúc, còn hiệu lực, không quá 5 năm và nằm trong thời hạn của CA.",
            "The validity is not allowed: it must start before it ends, not be over, last at most 5 years and lie within the CA's.")),
        new("authority.reference-missing", 422, new(
            "Thiếu căn cứ cấp (hồ sơ đã duyệt). Hãy bổ sung rồi gửi lại.",
            "What approves this order (the dossier) is missing. Add it and send again.")),
        new("authority.already-expired", 409, new(
            "Chứng thư đã hết hạn nên không cần thu hồi.",
            "The certificate has expired: there is nothing to revoke.")),
        new("authority.already-revoked", 409, new(
            "Chứng thư đã bị thu hồi lúc {0}.",
            "The certificate was already revoked at {0}.")),
        new("authority.reason-missing", 422, new(
            "Hãy chọn lý do thu hồi.",
            "Choose the reason of the revocation.")),
        new("authority.not-confirmed", 422, new(
            "Hãy đánh dấu xác nhận: việc thu hồi không thể đảo ngược.",
            "Tick the confirmation: a revocation cannot be undone.")),
        new("authority.name-too-long", 422, new(
            "Tên “{0}” dài quá {1} ký tự nên không ghi được vào chứng thư. Hãy dùng tên rút gọn trong danh bạ.",
            "The name “{0}” is longer than the {1} characters a certificate can hold. Use a shorter name in the directory.")),
        new("authority.abandoned", 409, new(
            "Yêu cầu cấp chứng thư (số hiệu {0}) đã bị bỏ. Hãy gửi yêu cầu mới.",
            "The order behind serial number {0} was abandoned. Send a new order.")),
    ];
}
