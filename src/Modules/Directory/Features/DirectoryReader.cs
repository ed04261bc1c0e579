using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Directory.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Directory.Features;

/// <summary>Answers what the tree and its people are on a day.</summary>
internal sealed class DirectoryReader(AnTinDbContext db, TimeProvider clock) : IDirectory, IOrganisationScope
{
    public async Task<OrganisationInfo?> FindOrganisationAsync(OrganisationId id, DateOnly on, CancellationToken ct) =>
        (await Periods(on).Where(row => row.Period.OrganisationId == id.Value).ToListAsync(ct)).Select(Describe).SingleOrDefault();

    public async Task<IReadOnlyList<OrganisationInfo>> ListOrganisationsAsync(DateOnly on, CancellationToken ct) =>
        [.. (await TreeAsync(on, ct)).InOrder().Select(node => node.Organisation)];

    public async Task<bool> IsWithinAsync(OrganisationId candidate, OrganisationId root, DateOnly on, CancellationToken ct) =>
        (await PathAsync(candidate, on, ct)).Any(o => o.Id == root);

    public async Task<IReadOnlySet<OrganisationId>> SubtreeAsync(OrganisationId root, DateOnly on, CancellationToken ct) =>
        (await TreeAsync(on, ct)).Subtree(root);

    // Walks up instead of loading the tree: a scope is checked at every request, and the tree of a province has thousands of nodes.
    public async Task<IReadOnlyList<OrganisationInfo>> PathAsync(OrganisationId organisation, DateOnly on, CancellationToken ct)
    {
        var path = new List<OrganisationInfo>();
        OrganisationInfo? at = await FindOrganisationAsync(organisation, on, ct);
        while (at is not null)
        {
            if (path.Count == OrganisationTree.DeepestLevel)
                throw new InvalidOperationException($"Organisation {organisation} stands in a cycle or below level {OrganisationTree.DeepestLevel}.");
            path.Add(at);
            at = at.ParentId is { } parent ? await FindOrganisationAsync(parent, on, ct) : null;
        }
        path.Reverse();
        return path;
    }

    public async Task<PersonInfo?> FindPersonAsync(PersonId id, DateOnly on, CancellationToken ct)
    {
        Person? person = await db.Set<Person>().AsNoTracking().Include(p => p.Posts).SingleOrDefaultAsync(p => p.Id == id.Value, ct);
        return person is null ? null : Describe(person, on);
    }

    public async Task<IReadOnlyList<PersonInfo>> ListPeopleAsync(
        OrganisationId organisation, IReadOnlyCollection<PostKind> kinds, DateOnly on, CancellationToken ct)
    {
        List<Person> people = await db.Set<Person>().AsNoTracking().Include(p => p.Posts)
            .Where(p => p.Posts.Any(post => post.OrganisationId == organisation.Value && kinds.Contains(post.Kind)
                && post.From <= on && (post.To == null || on < post.To)))
            .ToListAsync(ct);
        return [.. people.Select(person => Describe(person, on)).OrderBy(p => p.FullName, PersonNames.InOrder).ThenBy(p => p.Id.Value)];
    }

    /// <summary>Scope of roles: the tree of today, in Vietnam's calendar.</summary>
    public async ValueTask<bool> IsWithinAsync(Guid organisationId, Guid ancestorId, CancellationToken ct) =>
        await IsWithinAsync(new OrganisationId(organisationId), new OrganisationId(ancestorId), Today, ct);

    /// <summary>An organisation that does not exist today is nobody's root.</summary>
    public async ValueTask<bool> IsRootAsync(Guid organisationId, CancellationToken ct) =>
        await FindOrganisationAsync(new OrganisationId(organisationId), Today, ct) is { ParentId: null };

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);

    public async Task<OrganisationTree> TreeAsync(DateOnly on, CancellationToken ct) =>
        new((await Periods(on).ToListAsync(ct)).Select(Describe));

    private IQueryable<PeriodRow> Periods(DateOnly day) =>
        from period in db.Set<OrganisationPeriod>().AsNoTracking()
        join organisation in db.Set<Organisation>().AsNoTracking() on period.OrganisationId equals organisation.Id
        where period.From <= day && (period.To == null || day < period.To)
        select new PeriodRow { Period = period, Code = organisation.Code };

    private static OrganisationInfo Describe(PeriodRow row) => new(
        new OrganisationId(row.Period.OrganisationId),
        row.Code,
        row.Period.Name,
        row.Period.NameEn,
        row.Period.Symbol,
        row.Period.ParentId is { } parent ? new OrganisationId(parent) : null,
        row.Period.SealDiameterMm,
        row.Period.Locality);

    public static PersonInfo Describe(Person person, DateOnly on) => new(
        new PersonId(person.Id),
        person.FullName,
        person.Email,
        [.. person.Posts.Where(post => post.HeldOn(on)).OrderByDescending(post => post.Kind).ThenBy(post => post.Id).Select(post => post.Describe())]);

    private sealed class PeriodRow
    {
        public required OrganisationPeriod Period { get; init; }

        public required string Code { get; init; }
    }
}
