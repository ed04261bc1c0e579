using AnTin.Contracts.Authority;
using AnTin.Contracts.Platform;
using AnTin.Modules.Authority.Domain;
using AnTin.Platform.Identity;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AnTin.Modules.Authority.Features;

/// <summary>Forms of the page of a certificate.</summary>
internal static class CertificatesEndpoints
{
    public const string Revoked = "authority.revoked";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/certificates/{serial}/revoke", RevokeAsync).RequireAnyRole(Role.RegistrationOfficer);

    private static async Task<IResult> RevokeAsync(
        string serial, [FromForm] string? reason, [FromForm] string? confirm, HttpContext http, CertificatesQuery query, RevokeCertificate revoke, CancellationToken ct)
    {
        if (await query.FindOwnAsync(serial, ct) is not { } certificate)
            return PageRedirect.WithError(http, "/certificates", AuthorityErrors.NoSuchCertificate);
        string page = "/certificates/" + certificate.SerialNumber;
        if (!Enum.TryParse(reason, out RevocationReason known) || !Enum.IsDefined(known))
            return PageRedirect.WithError(http, page, AuthorityErrors.ReasonMissing);
        if (confirm != "yes")
            return PageRedirect.WithError(http, page, AuthorityErrors.NotConfirmed);
        var outcome = await revoke.RevokeAsync(certificate.SerialNumber, known, ct);
        return outcome.Error is { } refusal ? PageRedirect.WithError(http, page, refusal) : PageRedirect.WithNotice(page, Revoked);
    }
}
