using AnTin.Contracts.Authority;
using AnTin.Contracts.Platform;
using AnTin.Web.Components;

namespace AnTin.Modules.Authority.Features;

/// <summary>How certificates are spoken of on pages.</summary>
internal static class CertificateWords
{
    public static Text Of(CertificateStatus status) => status switch
    {
        CertificateStatus.Good => new Text("Còn hiệu lực", "Valid"),
        CertificateStatus.Revoked => new Text("Đã thu hồi", "Revoked"),
        CertificateStatus.NotYetValid => new Text("Chưa có hiệu lực", "Not yet valid"),
        _ => new Text("Hết hạn", "Expired"),
    };

    public static Tone ToneOf(CertificateStatus status) => status switch
    {
        CertificateStatus.Good => Tone.Good,
        CertificateStatus.Revoked => Tone.Bad,
        _ => Tone.Warn,
    };

    public static Text Of(CertificateProfile profile) => profile switch
    {
        CertificateProfile.Officer => new Text("Cá nhân", "Officer"),
        CertificateProfile.OrganisationSeal => new Text("Cơ quan (con dấu)", "Organisation (seal)"),
        CertificateProfile.OcspResponder => new Text("Dịch vụ OCSP", "OCSP service"),
        _ => new Text("Dấu thời gian", "Time-stamping"),
    };

    /// <summary>Cases of NĐ 68/2024/NĐ-CP, Điều 17, as the officer chooses among them.</summary>
    public static readonly IReadOnlyList<(RevocationReason Reason, Text Text)> Reasons =
    [
        (RevocationReason.KeyCompromise, new Text("Lộ hoặc nghi lộ khóa; mất, hỏng thiết bị", "Key exposed or suspected; device lost or damaged")),
        (RevocationReason.AffiliationChanged, new Text("Thay đổi vị trí công tác, nghỉ hưu, thôi việc", "Changed position, retired or left")),
        (RevocationReason.CessationOfOperation, new Text("Cơ quan giải thể, chia tách, sáp nhập", "Organisation dissolved, split or merged")),
        (RevocationReason.PrivilegeWithdrawn, new Text("Theo yêu cầu của cơ quan quản lý hoặc cơ quan tố tụng", "At the request of the managing or a prosecuting agency")),
    ];

    public static Text OfReason(string? reason) =>
        Reasons.FirstOrDefault(r => r.Reason.ToString() == reason).Text ?? new Text(reason ?? "–", reason ?? "–");

    public static Text OfAct(string act) => act switch
    {
        "certificate.issued" => new Text("Cấp chứng thư", "Issued"),
        "certificate.revoked" => new Text("Thu hồi chứng thư", "Revoked"),
        "certificate.abandoned" => new Text("Bỏ yêu cầu cấp", "Order abandoned"),
        _ => new Text(act, act),
    };
}
