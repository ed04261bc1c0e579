using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Custody.Features;

/// <summary>A new PIN, by whoever knows the old one and may use the credential. A wrong old PIN costs a try like any other.</summary>
internal sealed class ChangePin(AnTinDbContext db, CredentialAccess access, PinTries tries, TimeProvider clock)
{
    public async Task<Result> ChangeAsync(CredentialId id, PersonId person, string pin, string newPin, string newPinAgain, CancellationToken ct)
    {
        if (newPin != newPinAgain)
            return CustodyErrors.PinsDiffer;
        if (!Pins.IsWellFormed(newPin))
            return CustodyErrors.PinForm;
        Credential? credential = await db.Set<Credential>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id.Value, ct);

        // Someone else's credential looks the same as none at all.
        if (credential is null || await access.RefusalOfAsync(credential, person, ct) is not null)
            return CustodyErrors.NotFound;
        if (credential.IsLocked)
            return CustodyErrors.Locked;
        var entry = new EvidenceEntry("credential.pin-changed", access.Actor, clock.GetUtcNow())
        {
            OrganisationId = credential.OrganisationId,
            Subject = new EvidenceSubject("credential", credential.Id.ToString("D")),
            CertificateSha256 = credential.CertificateSha256,
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["person"] = person.ToString() },
        };
        Result<byte[]> changed = await tries.UseAsync(
            credential, (guard, key) => guard.ChangePin(credential.Id, key, pin, newPin), entry, (own, value) => StoreAsync(own, credential, value), ct);
        return changed.Error is { } refusal ? refusal : Result.Success;
    }

    private static async Task StoreAsync(AnTinDbContext own, Credential read, byte[] sealedKey)
    {
        Credential row = await own.Set<Credential>().SingleAsync(c => c.Id == read.Id);
        if (row.Version != read.Version)
            throw new DbUpdateConcurrencyException($"Credential {read.Id:D} was changed while its PIN was being changed.");
        row.SealedKey = sealedKey;
        row.Version++;
    }
}
