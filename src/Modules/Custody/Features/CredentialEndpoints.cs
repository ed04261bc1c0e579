using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;
using AnTin.Platform.Identity;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Custody.Features;

/// <summary>Forms about credentials: a new PIN by whoever uses it, unlocking by the registration officer.</summary>
internal static class CredentialEndpoints
{
    public const string PinChanged = "custody.pin-changed";
    public const string Unlocked = "custody.unlocked";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/profile/credentials/{id:guid}/pin", ChangePinAsync).RequireSignedIn();
        endpoints.MapPost("/credentials/{id:guid}/unlock", UnlockAsync).RequireAnyRole(Role.RegistrationOfficer);
    }

    private static async Task<IResult> ChangePinAsync(
        Guid id, [FromForm] string? pin, [FromForm] string? newPin, [FromForm] string? newPinAgain, HttpContext http, ICurrentUser user, ChangePin change, CancellationToken ct)
    {
        if (user.PersonId is not { } person)
            return PageRedirect.WithError(http, "/profile", CustodyErrors.NotFound);
        try
        {
            Result outcome = await change.ChangeAsync(new CredentialId(id), new PersonId(person), pin ?? "", newPin ?? "", newPinAgain ?? "", ct);
            return PageRedirect.After(http, "/profile", outcome, PinChanged);
        }
        catch (DbUpdateConcurrencyException)
        {
            return PageRedirect.WithError(http, "/profile", CustodyErrors.Changed);
        }
    }

    // The form carries nothing but its token, yet is bound: only binding a form enforces the token.
    private static async Task<IResult> UnlockAsync(Guid id, [FromForm] string? _, HttpContext http, UnlockCredential unlock, CancellationToken ct) =>
        PageRedirect.After(http, "/credentials", await unlock.UnlockAsync(new CredentialId(id), ct), Unlocked);
}
