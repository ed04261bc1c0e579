using AnTin.Contracts.Authority;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Custody.Features;

/// <summary>A credential with names for people.</summary>
internal sealed record CredentialLine(CredentialInfo Credential, string OrganisationName, string? HolderName);

/// <summary>What pages show of credentials: one's own, and those within a registration officer's scope.</summary>
internal sealed class CredentialsQuery(
    AnTinDbContext db, ISigningCredentials credentials, ICertificateAuthority authority, IDirectory directory, ICurrentUser user, TimeProvider clock)
{
    /// <summary>The signed-in person's own credentials and the seals he keeps as a clerk today.</summary>
    public async Task<IReadOnlyList<CredentialLine>> MineAsync(CancellationToken ct)
    {
        if (user.PersonId is not { } id || await directory.FindPersonAsync(new PersonId(id), Today, ct) is not { } person)
            return [];
        List<CredentialInfo> found = [.. await credentials.ForPersonAsync(person.Id, ct)];
        foreach (PostInfo post in person.Posts.Where(post => post.Kind == PostKind.Clerk))
            found.AddRange(await credentials.SealsOfAsync(post.Organisation, ct));
        var lines = new List<CredentialLine>();
        foreach (CredentialInfo credential in found)
        {
            OrganisationInfo? organisation = await directory.FindOrganisationAsync(credential.Organisation, Today, ct);
            lines.Add(new CredentialLine(credential, organisation?.Name ?? "", credential.Holder is null ? null : person.FullName));
        }
        return lines;
    }

    public async Task<IReadOnlyList<CredentialLine>> InScopeAsync(CancellationToken ct)
    {
        HashSet<OrganisationId> scope = [];
        foreach (RoleGrant grant in user.Roles.Where(grant => grant.Role == Role.RegistrationOfficer))
            scope.UnionWith(await directory.SubtreeAsync(new OrganisationId(grant.OrganisationId), Today, ct));
        var names = (await directory.ListOrganisationsAsync(Today, ct)).ToDictionary(o => o.Id, o => o.Name);
        Dictionary<string, IssuedCertificate> certificates = (await authority.ListAsync(scope, ct)).ToDictionary(c => c.SerialNumber, StringComparer.Ordinal);
        List<Guid> ids = [.. scope.Select(o => o.Value)];
        List<Credential> rows = await db.Set<Credential>().AsNoTracking()
            .Where(c => c.State == CredentialState.Active && ids.Contains(c.OrganisationId)).ToListAsync(ct);
        var lines = new List<CredentialLine>();
        foreach (Credential row in rows.Where(row => certificates.ContainsKey(row.SerialNumber!)))
        {
            CredentialInfo credential = SigningCredentials.Describe(row, certificates[row.SerialNumber!]);
            PersonInfo? holder = credential.Holder is { } person ? await directory.FindPersonAsync(person, Today, ct) : null;
            lines.Add(new CredentialLine(credential, names.GetValueOrDefault(credential.Organisation, ""), holder?.FullName));
        }
        return lines;
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);
}
