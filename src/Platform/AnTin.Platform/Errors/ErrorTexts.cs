using AnTin.Contracts.Platform;
using AnTin.Platform.Modules;
using Microsoft.AspNetCore.Http;

namespace AnTin.Platform.Errors;

/// <summary>Every refusal the product can give, with status and texts.</summary>
public sealed class ErrorTexts
{
    private readonly Dictionary<string, ErrorText> _texts = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">A code stands twice, or lies outside its module's prefix.</exception>
    /// <param name="modules">Whose codes carry the module's name as prefix.</param>
    /// <param name="further">Registered as singletons: the platform's and the portal shell's.</param>
    public ErrorTexts(ModuleList modules, IEnumerable<ErrorText> further)
    {
        foreach (ErrorText text in further)
            Add(text, text.Code.Split('.')[0]);
        foreach (IModule module in modules.Modules)
        {
            foreach (ErrorText text in module.Errors)
                Add(text, module.Name.ToLowerInvariant());
        }
    }

    public IReadOnlyCollection<ErrorText> All => _texts.Values;

    /// <summary>The code's line; an unlisted code is our bug and says so without hiding the code.</summary>
    public ErrorText this[string code] => _texts.TryGetValue(code, out ErrorText? text)
        ? text
        : new ErrorText(code, StatusCodes.Status500InternalServerError,
            new Text($"Lỗi chưa được mô tả: {code}.", $"Undescribed error: {code}."));

    public string Describe(Error error, Language language) => this[error.Code].Text.Format(language, error.Args);

    private void Add(ErrorText text, string prefix)
    {
        if (!text.Code.StartsWith(prefix + ".", StringComparison.Ordinal))
            throw new InvalidOperationException($"Error code {text.Code} lacks the prefix {prefix}.");
        if (!_texts.TryAdd(text.Code, text))
            throw new InvalidOperationException($"Error code {text.Code} is listed twice.");
    }
}

/// <summary>Refusals that no module owns.</summary>
public static class PlatformErrors
{
    public static readonly Error NotFound = new("platform.not-found");
    public static readonly Error Forbidden = new("platform.forbidden");
    public static readonly Error SignInRequired = new("platform.sign-in-required");
    public static readonly Error SignInFailed = new("platform.sign-in-failed");
    public static readonly Error LockedOut = new("platform.locked-out");
    public static readonly Error TooManyRequests = new("platform.too-many-requests");
    public static readonly Error CrossSite = new("platform.cross-site");
    public static readonly Error StoreFull = new("platform.store-full");
    public static readonly Error Conflict = new("platform.conflict");
    public static readonly Error Unexpected = new("platform.unexpected");
    public static readonly Error BadRequest = new("platform.bad-request");

    public static Error TooLarge(long limitMegabytes) => new("platform.too-large", limitMegabytes);

    public static Error AccountRefused(string reasons) => new("platform.account-refused", reasons);

    internal static IEnumerable<ErrorText> All =>
    [
        new("platform.not-found", 404, new("Không tìm thấy.", "Not found.")),
        new("platform.forbidden", 403, new("Bạn không có quyền làm việc này.", "You are not allowed to do this.")),
        new("platform.sign-in-required", 401, new("Hãy đăng nhập trước.", "Please sign in first.")),
        new("platform.sign-in-failed", 401, new("Tên đăng nhập hoặc mật khẩu không đúng.", "The user name or the password is wrong.")),
        new("platform.locked-out", 429, new(
            "Tài khoản tạm khóa vì nhập sai nhiều lần. Hãy thử lại sau ít phút.",
            "The account is locked for a while after repeated failures. Try again in some minutes.")),
        new("platform.too-many-requests", 429, new("Quá nhiều yêu cầu. Hãy thử lại sau.", "Too many requests. Try again later.")),
        new("platform.cross-site", 403, new("Yêu cầu đến từ một trang khác nên bị từ chối.", "The request came from another site and was refused.")),
        new("platform.store-full", 507, new(
            "Kho lưu trữ đã hết chỗ; chưa có gì được lưu. Hãy báo người quản trị.",
            "The store has no space left; nothing was saved. Tell the administrator.")),
        new("platform.conflict", 409, new(
            "Người khác vừa thay đổi dữ liệu này. Hãy tải lại trang rồi làm lại.",
            "Somebody else has just changed this. Reload the page and try again.")),
        new("platform.unexpected", 500, new(
            "Có lỗi ngoài dự kiến. Việc của bạn chưa được thực hiện; lỗi đã được ghi lại.",
            "Something unexpected went wrong. Nothing was done; the fault is on record.")),
        new("platform.bad-request", 400, new("Yêu cầu không đúng dạng.", "The request is malformed.")),
        new("platform.too-large", 413, new("Dữ liệu gửi lên lớn hơn {0} MB.", "What was sent is larger than {0} MB.")),
        new("platform.account-refused", 422, new("Không tạo được tài khoản: {0}.", "The account could not be made: {0}.")),
    ];
}
