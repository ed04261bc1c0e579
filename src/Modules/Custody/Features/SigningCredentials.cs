using System.Globalization;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;
using AnTin.Platform.Persistence;
using AnTin.X509;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Custody.Features;

/// <summary>What other rooms see of the keys in custody.</summary>
internal sealed class SigningCredentials(
    AnTinDbContext db, ICertificateAuthority authority, CredentialAccess access, EnrolCredential enrol, PinTries tries, TimeProvider clock) : ISigningCredentials
{
    public Task<IReadOnlyList<CredentialInfo>> ForPersonAsync(PersonId person, CancellationToken ct) =>
        DescribeAsync(Active().Where(c => c.HolderId == person.Value), ct);

    public Task<IReadOnlyList<CredentialInfo>> SealsOfAsync(OrganisationId organisation, CancellationToken ct) =>
        DescribeAsync(Active().Where(c => c.OrganisationId == organisation.Value && c.Profile == CertificateProfile.OrganisationSeal), ct);

    public async Task<CredentialInfo?> FindAsync(CredentialId id, CancellationToken ct) =>
        (await DescribeAsync(Active().Where(c => c.Id == id.Value), ct)).SingleOrDefault();

    public async Task<Result<CredentialInfo>> EnrolAsync(CredentialEnrolment enrolment, CancellationToken ct)
    {
        if (!(await enrol.EnrolAsync(enrolment, ct)).TryGet(out Credential? credential, out Error? refusal))
            return refusal;
        return (await FindAsync(new CredentialId(credential.Id), ct))!;
    }

    public async Task<Result<byte[]>> SignHashAsync(SignatureActivation activation, CancellationToken ct)
    {
        // 1. Everything that can be refused without the PIN is refused without spending a try.
        Credential? credential = await db.Set<Credential>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == activation.Credential.Value, ct);
        if (credential is null)
            return CustodyErrors.NotFound;
        if (await access.RefusalOfAsync(credential, activation.ActingPerson, ct) is { } stranger)
            return stranger;
        if (credential.State != CredentialState.Active || await authority.FindAsync(credential.SerialNumber!, ct) is not { } certificate)
            return CustodyErrors.Pending;
        if (CredentialAccess.RefusalBy(certificate) is { } unusable)
            return unusable;
        if (credential.IsLocked)
            return CustodyErrors.Locked;
        if (!Enum.IsDefined(activation.Scheme) || !SignatureSchemes.For(SubjectPublicKeyInfo.Parse(credential.SubjectPublicKeyInfo)).Contains(activation.Scheme))
            return CustodyErrors.BadScheme;
        if (activation.Hash.Length != activation.Scheme.HashLength())
            return CustodyErrors.BadHash;

        // 2. The try is counted, the key moves, the use is put on record: see PinTries.
        return await tries.UseAsync(
            credential,
            (guard, key) => guard.SignHash(credential.Id, key, activation.Pin, activation.Hash, activation.Scheme),
            Used(credential, certificate, activation),
            accept: null,
            ct);
    }

    private EvidenceEntry Used(Credential credential, IssuedCertificate certificate, SignatureActivation activation) =>
        new("credential.used", access.Actor, clock.GetUtcNow())
        {
            OrganisationId = credential.OrganisationId,
            Subject = new EvidenceSubject("credential", credential.Id.ToString("D")),
            CertificateSha256 = credential.CertificateSha256,
            Details = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["person"] = activation.ActingPerson.ToString(),
                ["serial"] = certificate.SerialNumber,
                ["hash"] = Convert.ToHexStringLower(activation.Hash.Span),
                ["scheme"] = activation.Scheme.ToString(),
                ["purpose"] = Shortened(activation.Purpose),
            },
        };

    // Evidence entries are small; a title says enough in its first words.
    private static string Shortened(string purpose)
    {
        const int Longest = 300;
        var text = new StringInfo(purpose);
        return text.LengthInTextElements <= Longest ? purpose : text.SubstringByTextElements(0, Longest) + "…";
    }

    private IQueryable<Credential> Active() => db.Set<Credential>().AsNoTracking().Where(c => c.State == CredentialState.Active);

    private async Task<IReadOnlyList<CredentialInfo>> DescribeAsync(IQueryable<Credential> query, CancellationToken ct)
    {
        var found = new List<CredentialInfo>();
        foreach (Credential credential in await query.OrderBy(c => c.CreatedAt).ToListAsync(ct))
        {
            if (await authority.FindAsync(credential.SerialNumber!, ct) is { } certificate)
                found.Add(Describe(credential, certificate));
        }
        return found;
    }

    public static CredentialInfo Describe(Credential credential, IssuedCertificate certificate) => new(
        new CredentialId(credential.Id),
        credential.HolderId is { } holder ? new PersonId(holder) : null,
        new OrganisationId(credential.OrganisationId),
        certificate,
        credential.IsLocked);
}
