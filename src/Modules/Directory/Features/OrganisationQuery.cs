using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Directory.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Directory.Features;

/// <summary>One organisation of the page with its people; <paramref name="Above"/> names the way down to it.</summary>
internal sealed record OrganisationBranch(OrganisationInfo Organisation, IReadOnlyList<OrganisationInfo> Above, IReadOnlyList<PersonInfo> People);

/// <summary>
/// The page /organisation: the signed-in account sees the subtrees its roles are granted for and, of what stands above
/// them, only names. A search keeps the organisations and people whose folded names contain every word.
/// </summary>
internal sealed class OrganisationQuery(AnTinDbContext db, DirectoryReader reader, ICurrentUser user)
{
    /// <summary>A page of a province's every commune would be megabytes; whoever has more narrows the search.</summary>
    private const int MostBranches = 100;

    public async Task<IReadOnlyList<OrganisationBranch>> ReadAsync(string query, CancellationToken ct)
    {
        OrganisationTree tree = await reader.TreeAsync(reader.Today, ct);
        HashSet<OrganisationId> visible = [];
        foreach (RoleGrant grant in user.Roles)
            visible.UnionWith(tree.Subtree(new OrganisationId(grant.OrganisationId)));
        string[] words = SearchFold.Of(query).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ILookup<OrganisationId, PersonInfo> people = await PeopleAsync([.. visible.Select(o => o.Value)], ct);
        var branches = new List<OrganisationBranch>();
        foreach ((OrganisationInfo organisation, _) in tree.InOrder().Where(node => visible.Contains(node.Organisation.Id)))
        {
            bool named = Matches(organisation.Name + " " + organisation.Code, words);
            List<PersonInfo> shown = [.. people[organisation.Id].Where(person => named || Matches(person.FullName + " " + person.Email, words))];
            if (named || shown.Count > 0)
                branches.Add(new OrganisationBranch(organisation, [.. tree.PathTo(organisation.Id).SkipLast(1)], shown));
            if (branches.Count == MostBranches)
                break;
        }
        return branches;
    }

    private async Task<ILookup<OrganisationId, PersonInfo>> PeopleAsync(List<Guid> organisations, CancellationToken ct)
    {
        DateOnly on = reader.Today;
        List<Person> people = await db.Set<Person>().AsNoTracking().Include(p => p.Posts)
            .Where(p => p.Posts.Any(post => organisations.Contains(post.OrganisationId) && post.From <= on && (post.To == null || on < post.To)))
            .ToListAsync(ct);
        return people
            .Select(person => DirectoryReader.Describe(person, on))
            .OrderByDescending(person => person.Posts.Max(post => post.Kind is PostKind.Clerk ? PostKind.Staff : post.Kind))
            .ThenBy(person => person.FullName, PersonNames.InOrder)
            .SelectMany(person => person.Posts.Select(post => post.Organisation).Distinct(), (person, organisation) => (person, organisation))
            .ToLookup(pair => pair.organisation, pair => pair.person);
    }

    private static bool Matches(string text, string[] words)
    {
        string folded = SearchFold.Of(text);
        return words.All(word => folded.Contains(word, StringComparison.Ordinal));
    }
}
