using AnTin.Contracts.Platform;

namespace AnTin.Modules.Custody.Domain;

/// <summary>Why a key in custody does not move.</summary>
internal static class CustodyErrors
{
    public static readonly Error NotFound = new("custody.not-found");
    public static readonly Error NotHolder = new("custody.not-holder");
    public static readonly Error NotClerk = new("custody.not-clerk");
    public static readonly Error Pending = new("custody.pending");
    public static readonly Error Locked = new("custody.locked");
    public static readonly Error NotLocked = new("custody.not-locked");
    public static readonly Error BadScheme = new("custody.bad-scheme");
    public static readonly Error BadHash = new("custody.bad-hash");
    public static readonly Error PinForm = new("custody.pin-form");
    public static readonly Error PinsDiffer = new("custody.pins-differ");
    public static readonly Error ReferenceUsed = new("custody.reference-used");
    public static readonly Error Changed = new("custody.changed");

    public static Error Expired(DateTimeOffset at) => new("custody.expired", at);

    public static Error NotYetValid(DateTimeOffset from) => new("custody.not-yet-valid", from);

    public static Error Revoked(DateTimeOffset? at) => new("custody.revoked", at);

    public static Error WrongPin(int left) => new("custody.wrong-pin", left);

    public static IEnumerable<ErrorText> Texts =>
    [
        new("custody.not-found", 404, new(
            "Không có chứng thư này trong kho khóa hoặc ông/bà không được dùng nó.",
            "There is no such credential in custody, or you may not use it.")),
        new("custody.not-holder", 403, new(
            "Chứng thư này thuộc về người khác. Hãy ký bằng chứng thư của chính mình.",
            "This credential belongs to someone else. Sign with your own.")),
        new("custody.not-clerk", 403, new(
            "Chỉ văn thư đang giữ chức vụ tại cơ quan mới được đóng dấu bằng khóa con dấu của cơ quan đó (Nghị định 30/2020, Điều 32).",
            "Only a clerk who holds that post in the organisation today may use its seal (Decree 30/2020, Article 32).")),
        new("custody.pending", 409, new(
            "Chứng thư đang được cấp. Hãy thử lại sau ít phút.",
            "The certificate is still being issued. Try again in some minutes.")),
        new("custody.locked", 423, new(
            "Khóa đã bị tạm khóa vì nhập sai mã PIN 5 lần. Hãy đề nghị cán bộ đăng ký mở khóa.",
            "The credential is locked after 5 wrong PINs. Ask the registration officer to unlock it.")),
        new("custody.not-locked", 409, new(
            "Chứng thư này không bị khóa.",
            "This credential is not locked.")),
        new("custody.bad-scheme", 422, new(
            "Khóa này không ký được bằng thuật toán yêu cầu.",
            "This key cannot sign with the requested algorithm.")),
        new("custody.bad-hash", 422, new(
            "Giá trị băm không đúng độ dài của thuật toán.",
            "The hash is not as long as its algorithm's digests.")),
        new("custody.pin-form", 422, new(
            "Mã PIN gồm từ 6 đến 64 ký tự.",
            "A PIN has 6 to 64 characters.")),
        new("custody.pins-differ", 422, new(
            "Hai lần nhập mã PIN mới không giống nhau. Hãy nhập lại.",
            "The two new PINs are not the same. Enter them again.")),
        new("custody.reference-used", 409, new(
            "Hồ sơ này đã được dùng để tạo một khóa khác.",
            "This dossier was already used for another key.")),
        new("custody.changed", 409, new(
            "Chứng thư vừa được thay đổi ở nơi khác. Hãy tải lại trang rồi làm lại.",
            "The credential was changed elsewhere just now. Reload the page and try again.")),
        new("custody.expired", 409, new(
            "Chứng thư đã hết hạn lúc {0} nên không ký được. Hãy đề nghị gia hạn hoặc cấp mới.",
            "The certificate expired at {0} and cannot sign. Ask for a renewal or a new one.")),
        new("custody.not-yet-valid", 409, new(
            "Chứng thư chỉ có hiệu lực từ {0}.",
            "The certificate is valid only from {0}.")),
        new("custody.revoked", 409, new(
            "Chứng thư đã bị thu hồi lúc {0} nên không ký được. Hãy đề nghị cấp chứng thư mới.",
            "The certificate was revoked at {0} and cannot sign. Ask for a new one.")),
        new("custody.wrong-pin", 422, new(
            "Mã PIN không đúng; còn {0} lần thử trước khi khóa.",
            "The PIN is wrong; {0} tries are left before it is locked.")),
    ];
}
