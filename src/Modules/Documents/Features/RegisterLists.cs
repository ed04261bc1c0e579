using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features;

/// <summary>Reads the outgoing registers (NĐ 30/2020, Điều 16: registers kept in the system must be printable).</summary>
internal sealed class RegisterLists(AnTinDbContext db, IDirectory directory, DocumentAccess access)
{
    private static readonly Role[] ReadingRoles = [Role.Clerk, Role.Leader, .. DocumentAccess.SupervisingRoles];

    /// <summary>Organisations whose register the person may read, by code; those they are clerk of come first.</summary>
    public async Task<IReadOnlyList<OrganisationInfo>> OrganisationsAsync(ICurrentUser user, CancellationToken ct)
    {
        var clerk = (await access.OrganisationsAsync(user.PersonId, PostKind.Clerk, ct)).ToHashSet();
        var readable = new HashSet<OrganisationId>(clerk);
        foreach (RoleGrant grant in user.Roles.Where(grant => ReadingRoles.Contains(grant.Role)))
            readable.UnionWith(await directory.SubtreeAsync(new OrganisationId(grant.OrganisationId), access.Today, ct));
        return [.. (await directory.ListOrganisationsAsync(access.Today, ct))
            .Where(organisation => readable.Contains(organisation.Id))
            .OrderBy(organisation => clerk.Contains(organisation.Id) ? 0 : 1)
            .ThenBy(organisation => organisation.Code, StringComparer.Ordinal)];
    }

    public async Task<(IReadOnlyList<RegisterEntry> Entries, int Total)> PageAsync(
        OrganisationId organisation, int year, bool descending, int skip, int take, CancellationToken ct)
    {
        IQueryable<RegisterEntry> entries = db.Set<RegisterEntry>().AsNoTracking().Where(e => e.OrganisationId == organisation.Value && e.Year == year);
        int total = await entries.CountAsync(ct);
        entries = descending ? entries.OrderByDescending(e => e.Number) : entries.OrderBy(e => e.Number);
        return (await entries.Skip(skip).Take(take).ToListAsync(ct), total);
    }

    public async Task<IReadOnlyList<int>> YearsAsync(OrganisationId organisation, CancellationToken ct)
    {
        List<int> years = await db.Set<RegisterBook>().AsNoTracking().Where(b => b.OrganisationId == organisation.Value).Select(b => b.Year).ToListAsync(ct);
        return [.. years.Append(access.Today.Year).Distinct().OrderDescending()];
    }
}
