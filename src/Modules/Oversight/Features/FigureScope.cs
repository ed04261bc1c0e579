using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;

namespace AnTin.Modules.Oversight.Features;

/// <summary>Whose figures a person may see: the subtrees of the organisations for which he is chairman, inspector or leader.</summary>
internal sealed class FigureScope(ICurrentUser user, IDirectory directory)
{
    public static readonly Role[] Readers = [Role.Chairman, Role.Inspector, Role.Leader];

    public async Task<IReadOnlySet<Guid>> OrganisationsAsync(DateOnly today, CancellationToken ct)
    {
        var organisations = new HashSet<Guid>();
        foreach (Guid root in user.Roles.Where(grant => Readers.Contains(grant.Role)).Select(grant => grant.OrganisationId).Distinct())
        {
            organisations.Add(root);
            organisations.UnionWith((await directory.SubtreeAsync(new OrganisationId(root), today, ct)).Select(id => id.Value));
        }
        return organisations;
    }
}
