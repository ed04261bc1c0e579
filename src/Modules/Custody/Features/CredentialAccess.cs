using AnTin.Contracts.Authority;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;

namespace AnTin.Modules.Custody.Features;

/// <summary>Who may use which credential today, and whether its certificate lets it be used at all.</summary>
internal sealed class CredentialAccess(IDirectory directory, ICurrentUser user, TimeProvider clock)
{
    /// <summary>
    /// The holder; for a seal, a clerk of the organisation on this day (NĐ 30/2020, Điều 32). A signed-in account acts only as
    /// the person behind it.
    /// </summary>
    public async Task<Error?> RefusalOfAsync(Credential credential, PersonId person, CancellationToken ct)
    {
        if (user.IsAuthenticated && user.PersonId != person.Value)
            return CustodyErrors.NotHolder;
        if (credential.Profile != CertificateProfile.OrganisationSeal)
            return credential.HolderId == person.Value ? null : CustodyErrors.NotHolder;
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);
        PersonInfo? acting = await directory.FindPersonAsync(person, today, ct);
        bool clerk = acting is not null
            && acting.Posts.Any(post => post.Kind == PostKind.Clerk && post.Organisation.Value == credential.OrganisationId);
        return clerk ? null : CustodyErrors.NotClerk;
    }

    public static Error? RefusalBy(IssuedCertificate certificate) => certificate.Status switch
    {
        CertificateStatus.Good => null,
        CertificateStatus.Revoked => CustodyErrors.Revoked(certificate.RevokedAt),
        CertificateStatus.NotYetValid => CustodyErrors.NotYetValid(certificate.NotBefore),
        _ => CustodyErrors.Expired(certificate.NotAfter),
    };

    public Actor Actor => user.IsAuthenticated ? user.Actor : Actor.System;
}
