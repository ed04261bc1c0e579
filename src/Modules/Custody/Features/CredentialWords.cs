using AnTin.Contracts.Authority;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Platform;
using AnTin.Web.Components;

namespace AnTin.Modules.Custody.Features;

/// <summary>How credentials are spoken of on pages.</summary>
internal static class CredentialWords
{
    public static Text Of(CredentialInfo credential) => credential switch
    {
        { Certificate.Status: CertificateStatus.Revoked } => new Text("Đã thu hồi", "Revoked"),
        { Certificate.Status: CertificateStatus.Expired } => new Text("Hết hạn", "Expired"),
        { Certificate.Status: CertificateStatus.NotYetValid } => new Text("Chưa có hiệu lực", "Not yet valid"),
        { Locked: true } => new Text("Đang bị khóa PIN", "PIN locked"),
        _ => new Text("Dùng được", "Ready"),
    };

    public static Tone ToneOf(CredentialInfo credential) => credential switch
    {
        { Certificate.Status: CertificateStatus.Revoked } => Tone.Bad,
        { Certificate.Status: not CertificateStatus.Good } or { Locked: true } => Tone.Warn,
        _ => Tone.Good,
    };

    public static bool IsUsable(CredentialInfo credential) => credential is { Certificate.Status: CertificateStatus.Good, Locked: false };
}
