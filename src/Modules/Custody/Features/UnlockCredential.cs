using AnTin.Contracts.Custody;
using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;
using AnTin.Platform.Evidence;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Custody.Features;

/// <summary>
/// Gives a locked credential its tries back. The registration officer of the organisation does it after knowing the holder;
/// the PIN stays what it was, since nobody but the holder knows it.
/// </summary>
internal sealed class UnlockCredential(AnTinDbContext db, ICurrentUser user, IEvidenceLog evidence, TimeProvider clock)
{
    public async Task<Result> UnlockAsync(CredentialId id, CancellationToken ct)
    {
        Credential? credential = await db.Set<Credential>().SingleOrDefaultAsync(c => c.Id == id.Value, ct);
        if (credential is null || !await user.HasRoleAsync(credential.OrganisationId, [Role.RegistrationOfficer], ct))
            return CustodyErrors.NotFound;
        if (!credential.IsLocked)
            return CustodyErrors.NotLocked;
        credential.Tries = 0;
        credential.Version++;
        evidence.Append(db, new EvidenceEntry("credential.unlocked", user.Actor, clock.GetUtcNow())
        {
            OrganisationId = credential.OrganisationId,
            Subject = new EvidenceSubject("credential", credential.Id.ToString("D")),
            CertificateSha256 = credential.CertificateSha256,
        });
        await db.SaveChangesAsync(ct);
        return Result.Success;
    }
}
