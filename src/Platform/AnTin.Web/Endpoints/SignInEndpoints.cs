using AnTin.Contracts.Platform;
using AnTin.Platform.Identity;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace AnTin.Web.Endpoints;

/// <summary>
/// POST /login and POST /logout. Whether an account exists is never told: an unknown name, a wrong password and a locked account answer alike
/// and take alike; only who gives the right password learns that the account is locked, and until when.
/// </summary>
internal static class SignInEndpoints
{
    public static readonly ErrorText[] Errors =
    [
        new("web.sign-in-failed", StatusCodes.Status401Unauthorized, new Text(
            "Tài khoản hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại. Sau nhiều lần sai, tài khoản tạm khóa ít phút.",
            "The account or the password is wrong. Check Caps Lock and the keyboard, then try again. After several wrong tries the account is locked for some minutes.")),
        new("web.account-locked", StatusCodes.Status403Forbidden, new Text(
            "Tài khoản đang tạm khóa vì nhập sai nhiều lần. Có thể đăng nhập lại sau {0}.",
            "The account is locked after too many wrong tries. You can sign in again after {0}.")),
    ];

    // An invented hash of the same cost, checked when there is no such account, so that both answers take as long.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<Account>().HashPassword(new Account(), Guid.Empty.ToString()));

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/login", SignInAsync).AllowAnonymous();
        endpoints.MapPost("/logout", SignOutAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? userName,
        [FromForm] string? password,
        [FromForm] string? returnUrl,
        HttpContext http,
        [FromServices] SignInManager<Account> signIn)
    {
        string next = PageRedirect.IsLocal(returnUrl) ? returnUrl! : "/";
        string again = next == "/" ? "/login" : QueryHelpers.AddQueryString("/login", "ReturnUrl", next);
        Account? account = await signIn.UserManager.FindByNameAsync((userName ?? "").Trim());
        if (account is null)
        {
            signIn.UserManager.PasswordHasher.VerifyHashedPassword(new Account(), NobodysHash.Value, password ?? "");
            return PageRedirect.WithError(http, again, new Error("web.sign-in-failed"));
        }
        Microsoft.AspNetCore.Identity.SignInResult result = await signIn.PasswordSignInAsync(account, password ?? "", isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
            return PageRedirect.To(next);
        if (result.IsLockedOut && await signIn.UserManager.CheckPasswordAsync(account, password ?? ""))
            return PageRedirect.WithError(http, again, new Error("web.account-locked", account.LockoutEnd));
        return PageRedirect.WithError(http, again, new Error("web.sign-in-failed"));
    }

    // The form is bound, though it carries nothing but its token: only binding a form enforces the token.
    private static async Task<IResult> SignOutAsync([FromServices] SignInManager<Account> signIn, [FromForm] string? _)
    {
        await signIn.SignOutAsync();
        return PageRedirect.WithNotice("/", "web.signed-out");
    }
}
