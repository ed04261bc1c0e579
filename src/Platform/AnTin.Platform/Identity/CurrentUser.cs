using System.Security.Claims;
using AnTin.Contracts.Platform;
using AnTin.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Platform.Identity;

/// <summary>
/// Filled once per request, from the database: a role taken away is gone at the next click, whatever the cookie says.
/// </summary>
internal sealed class CurrentUser(IServiceProvider services) : ICurrentUser
{
    private Account? _account;

    public bool IsAuthenticated => _account is not null;

    public Guid AccountId => Known.Id;

    public string UserName => Known.UserName ?? "";

    public Guid? PersonId => Known.PersonId;

    public IReadOnlyList<RoleGrant> Roles { get; private set; } = [];

    public Actor Actor => new(Known.Id, Known.PersonId, Known.DisplayName);

    private Account Known => _account ?? throw new InvalidOperationException("Nobody is signed in.");

    public void Set(Account account, IReadOnlyList<RoleGrant> roles)
    {
        _account = account;
        Roles = roles;
    }

    public async ValueTask<bool> HasRoleAsync(Guid organisationId, IReadOnlyCollection<Role> anyOf, CancellationToken ct)
    {
        // Asked for late: Directory's scope reads the database, and most requests never need it.
        IOrganisationScope scope = services.GetRequiredService<IOrganisationScope>();
        foreach (RoleGrant grant in Roles.Where(grant => anyOf.Contains(grant.Role)))
        {
            if (grant.OrganisationId == organisationId || await scope.IsWithinAsync(organisationId, grant.OrganisationId, ct))
                return true;
        }
        return false;
    }
}

/// <summary>Without the Directory module an organisation contains only itself, and none is the root.</summary>
internal sealed class FlatOrganisationScope : IOrganisationScope
{
    public ValueTask<bool> IsWithinAsync(Guid organisationId, Guid ancestorId, CancellationToken ct) =>
        ValueTask.FromResult(organisationId == ancestorId);

    public ValueTask<bool> IsRootAsync(Guid organisationId, CancellationToken ct) => ValueTask.FromResult(false);
}

/// <summary>Runs between authentication and authorisation.</summary>
internal sealed class CurrentUserMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentUser user, AnTinDbContext db)
    {
        if (context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } claim && Guid.TryParse(claim, out Guid id))
            await LoadAsync(context, user, db, id);
        await next(context);
    }

    private static async Task LoadAsync(HttpContext context, CurrentUser user, AnTinDbContext db, Guid id)
    {
        Account? account = await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, context.RequestAborted);
        if (account is null)
        {
            // The cookie outlived its account.
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
            return;
        }
        List<RoleGrant> roles = await db.Set<AccountRole>().AsNoTracking()
            .Where(role => role.AccountId == id)
            .Select(role => new RoleGrant(role.Role, role.OrganisationId))
            .ToListAsync(context.RequestAborted);
        user.Set(account, roles);
    }
}
