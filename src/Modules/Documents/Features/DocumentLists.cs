using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features;

/// <summary>Which part of their documents a person looks at.</summary>
internal enum DocumentView
{
    /// <summary>The next act is this person's.</summary>
    Waiting = 0,

    /// <summary>On the way, with others.</summary>
    Progress = 1,

    Issued = 2,

    Returned = 3,
}

/// <summary>One line of a list.</summary>
internal sealed record DocumentRow(
    Guid Id, string Title, string KindCode, string? Symbol, DateOnly? IssuedOn, string DrafterName, string SignerName, Text State, DateTimeOffset ChangedAt);

/// <summary>Lists of documents a person may see.</summary>
internal sealed class DocumentLists(AnTinDbContext db, IDirectory directory, DocumentAccess access)
{
    public static readonly string[] SortKeys = ["changed", "title", "symbol", "signer"];

    /// <summary>A returned document stays on its drafter's desk this long.</summary>
    private static readonly TimeSpan ReturnedStays = TimeSpan.FromDays(14);

    public async Task<(IReadOnlyList<DocumentRow> Rows, int Total)> PageAsync(
        ICurrentUser user, DocumentView view, string sort, bool descending, int skip, int take, CancellationToken ct)
    {
        Scope scope = await ScopeAsync(user, ct);
        IQueryable<OutgoingDocument> documents = In(Visible(scope), view, scope);
        int total = await documents.CountAsync(ct);
        List<OutgoingDocument> page = await Sorted(documents, sort, descending).Skip(skip).Take(take).ToListAsync(ct);
        return ([.. page.Select(Row)], total);
    }

    public async Task<IReadOnlyDictionary<DocumentView, int>> CountsAsync(ICurrentUser user, CancellationToken ct)
    {
        Scope scope = await ScopeAsync(user, ct);
        var counts = new Dictionary<DocumentView, int>();
        foreach (DocumentView view in Enum.GetValues<DocumentView>())
            counts[view] = await In(Visible(scope), view, scope).CountAsync(ct);
        return counts;
    }

    /// <summary>What waits for the person, the oldest first; the returned of the last days are the drafter's to correct.</summary>
    public async Task<IReadOnlyList<OutgoingDocument>> WaitingAsync(ICurrentUser user, DateTimeOffset now, int limit, CancellationToken ct)
    {
        Scope scope = await ScopeAsync(user, ct);
        DateTimeOffset since = now - ReturnedStays;
        Guid person = scope.Person;
        List<OutgoingDocument> waiting = await In(Visible(scope), DocumentView.Waiting, scope).OrderBy(d => d.ChangedAt).Take(limit).ToListAsync(ct);
        List<OutgoingDocument> returned = await Documents
            .Where(d => d.State == DocumentState.Returned && d.DrafterId == person && d.ChangedAt > since)
            .OrderBy(d => d.ChangedAt).Take(limit).ToListAsync(ct);
        return [.. waiting.Concat(returned).OrderBy(d => d.ChangedAt).Take(limit)];
    }

    /// <summary>Other documents of the same organisation made from the very same file.</summary>
    public async Task<IReadOnlyList<DocumentRow>> SameFileAsync(OutgoingDocument document, CancellationToken ct)
    {
        List<OutgoingDocument> same = await Documents
            .Where(d => d.OriginalSha256 == document.OriginalSha256 && d.OrganisationId == document.OrganisationId && d.Id != document.Id)
            .OrderBy(d => d.CreatedAt).Take(5).ToListAsync(ct);
        return [.. same.Select(Row)];
    }

    private IQueryable<OutgoingDocument> Documents => db.Set<OutgoingDocument>().AsNoTracking();

    private IQueryable<OutgoingDocument> Visible(Scope scope) => Documents.Where(d =>
        d.DrafterId == scope.Person || d.InitiallerId == scope.Person || d.SignerId == scope.Person
        || scope.Clerk.Contains(d.OrganisationId) || scope.Supervised.Contains(d.OrganisationId));

    private static IQueryable<OutgoingDocument> In(IQueryable<OutgoingDocument> documents, DocumentView view, Scope scope) => view switch
    {
        DocumentView.Waiting => documents.Where(d =>
            (d.State == DocumentState.Draft && d.DrafterId == scope.Person)
            || (d.State == DocumentState.AwaitingInitial && d.InitiallerId == scope.Person)
            || (d.State == DocumentState.AwaitingSignature && d.SignerId == scope.Person)
            || (d.State == DocumentState.AwaitingSeal && scope.Clerk.Contains(d.OrganisationId))),
        DocumentView.Progress => documents.Where(d => d.State < DocumentState.Issued),
        DocumentView.Issued => documents.Where(d => d.State == DocumentState.Issued),
        _ => documents.Where(d => d.State == DocumentState.Returned),
    };

    private static IQueryable<OutgoingDocument> Sorted(IQueryable<OutgoingDocument> documents, string sort, bool descending) => (sort, descending) switch
    {
        ("title", false) => documents.OrderBy(d => d.Title).ThenBy(d => d.Id),
        ("title", true) => documents.OrderByDescending(d => d.Title).ThenBy(d => d.Id),
        ("symbol", false) => documents.OrderBy(d => d.Year).ThenBy(d => d.Number).ThenBy(d => d.Id),
        ("symbol", true) => documents.OrderByDescending(d => d.Year).ThenByDescending(d => d.Number).ThenBy(d => d.Id),
        ("signer", false) => documents.OrderBy(d => d.SignerName).ThenBy(d => d.Id),
        ("signer", true) => documents.OrderByDescending(d => d.SignerName).ThenBy(d => d.Id),
        (_, false) => documents.OrderBy(d => d.ChangedAt).ThenBy(d => d.Id),
        _ => documents.OrderByDescending(d => d.ChangedAt).ThenBy(d => d.Id),
    };

    private async Task<Scope> ScopeAsync(ICurrentUser user, CancellationToken ct)
    {
        Guid[] clerk = [.. (await access.OrganisationsAsync(user.PersonId, PostKind.Clerk, ct)).Select(o => o.Value)];
        var supervised = new HashSet<Guid>();
        foreach (RoleGrant grant in user.Roles.Where(grant => DocumentAccess.SupervisingRoles.Contains(grant.Role)))
            supervised.UnionWith((await directory.SubtreeAsync(new OrganisationId(grant.OrganisationId), access.Today, ct)).Select(o => o.Value));
        return new Scope(user.PersonId ?? Guid.Empty, clerk, [.. supervised]);
    }

    private static DocumentRow Row(OutgoingDocument d) =>
        new(d.Id, d.Title, d.KindCode, d.Symbol, d.IssuedOn, d.DrafterName, d.SignerName, d.State.Name(), d.ChangedAt);

    private sealed record Scope(Guid Person, Guid[] Clerk, Guid[] Supervised);
}
