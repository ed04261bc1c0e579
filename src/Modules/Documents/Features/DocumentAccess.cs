using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features;

/// <summary>
/// Who may see and do what, denied by default. Acts follow posts of the day (who is clerk today), seeing follows part in the
/// document, the clerk's post, or a supervising role for the organisation. A document that may not be seen does not exist.
/// </summary>
internal sealed class DocumentAccess(AnTinDbContext db, IDirectory directory, TimeProvider time)
{
    /// <summary>Roles that see every document of their organisations without taking part.</summary>
    public static readonly Role[] SupervisingRoles = [Role.Inspector, Role.Chairman];

    public DateOnly Today => DocumentNumber.DayInVietnam(time.GetUtcNow());

    /// <summary>The posts a person holds today in one organisation.</summary>
    public async Task<IReadOnlyList<PostInfo>> PostsAsync(Guid? person, Guid organisation, CancellationToken ct)
    {
        if (person is not { } id)
            return [];
        DateOnly today = Today;
        PersonInfo? found = await directory.FindPersonAsync(new PersonId(id), today, ct);
        return found is null ? [] : [.. found.Posts.Where(post => post.Organisation.Value == organisation && Holds(post, today))];
    }

    public async Task<bool> HoldsAsync(Guid? person, Guid organisation, PostKind kind, CancellationToken ct) =>
        (await PostsAsync(person, organisation, ct)).Any(post => post.Kind == kind);

    public Task<bool> IsClerkAsync(Guid? person, Guid organisation, CancellationToken ct) =>
        HoldsAsync(person, organisation, PostKind.Clerk, ct);

    /// <summary>Organisations in which the person holds a post of this kind today.</summary>
    public async Task<IReadOnlyList<OrganisationId>> OrganisationsAsync(Guid? person, PostKind kind, CancellationToken ct)
    {
        if (person is not { } id)
            return [];
        DateOnly today = Today;
        PersonInfo? found = await directory.FindPersonAsync(new PersonId(id), today, ct);
        return found is null
            ? []
            : [.. found.Posts.Where(post => post.Kind == kind && Holds(post, today)).Select(post => post.Organisation).Distinct()];
    }

    /// <summary>The document for somebody who acts; tracked.</summary>
    public async Task<OutgoingDocument?> FindForActorAsync(Guid id, Guid? person, CancellationToken ct)
    {
        OutgoingDocument? document = await db.Set<OutgoingDocument>().Include(d => d.Steps).SingleOrDefaultAsync(d => d.Id == id, ct);
        return document is not null && (TakesPart(document, person) || await IsClerkAsync(person, document.OrganisationId, ct)) ? document : null;
    }

    /// <summary>The document for somebody who looks; not tracked.</summary>
    public async Task<OutgoingDocument?> FindForViewerAsync(Guid id, ICurrentUser user, CancellationToken ct)
    {
        OutgoingDocument? document = await db.Set<OutgoingDocument>().AsNoTracking().Include(d => d.Steps).SingleOrDefaultAsync(d => d.Id == id, ct);
        if (document is null || !user.IsAuthenticated)
            return null;
        bool sees = TakesPart(document, user.PersonId)
            || await IsClerkAsync(user.PersonId, document.OrganisationId, ct)
            || await user.HasRoleAsync(document.OrganisationId, SupervisingRoles, ct);
        return sees ? document : null;
    }

    private static bool TakesPart(OutgoingDocument document, Guid? person) =>
        person is { } id && (id == document.DrafterId || id == document.InitiallerId || id == document.SignerId);

    private static bool Holds(PostInfo post, DateOnly day) => post.From <= day && (post.To is not { } to || day < to);
}
