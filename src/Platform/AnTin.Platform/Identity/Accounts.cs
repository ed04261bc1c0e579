using AnTin.Contracts.Platform;
using AnTin.Platform.Errors;
using AnTin.Platform.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AnTin.Platform.Identity;

internal sealed class Accounts(AnTinDbContext db, UserManager<Account> users, TimeProvider time) : IAccounts
{
    public async Task<Result<Guid>> CreateAsync(NewAccount account, CancellationToken ct)
    {
        await using IDbContextTransaction? transaction = await BeginAsync(ct);
        var created = new Account
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = account.UserName,
            DisplayName = account.DisplayName,
            PersonId = account.PersonId,
            LockoutEnabled = true,
        };
        IdentityResult result = await users.CreateAsync(created, account.Password);
        if (!result.Succeeded)
            return PlatformErrors.AccountRefused(string.Join(", ", result.Errors.Select(e => e.Code)));
        foreach (RoleGrant grant in account.Roles.Distinct())
            db.Add(RowOf(created.Id, grant));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return created.Id;
    }

    public async Task<Result> GrantAsync(Guid accountId, RoleGrant grant, CancellationToken ct)
    {
        if (!await db.Users.AnyAsync(a => a.Id == accountId, ct))
            return PlatformErrors.NotFound;
        if (await FindAsync(accountId, grant, ct) is null)
        {
            db.Add(RowOf(accountId, grant));
            await db.SaveChangesAsync(ct);
        }
        return Result.Success;
    }

    public async Task<Result> RevokeAsync(Guid accountId, RoleGrant grant, CancellationToken ct)
    {
        if (await FindAsync(accountId, grant, ct) is not { } row)
            return PlatformErrors.NotFound;
        db.Remove(row);
        await db.SaveChangesAsync(ct);
        return Result.Success;
    }

    public async Task<IReadOnlyList<AccountSummary>> ListAsync(CancellationToken ct) =>
        await SummariesAsync(db.Users.AsNoTracking().OrderBy(a => a.UserName), ct);

    public async Task<AccountSummary?> FindByPersonAsync(Guid personId, CancellationToken ct) =>
        (await SummariesAsync(db.Users.AsNoTracking().Where(a => a.PersonId == personId), ct)).SingleOrDefault();

    private async Task<List<AccountSummary>> SummariesAsync(IQueryable<Account> query, CancellationToken ct)
    {
        List<Account> accounts = await query.ToListAsync(ct);
        Guid[] ids = [.. accounts.Select(a => a.Id)];
        ILookup<Guid, RoleGrant> roles = (await db.Set<AccountRole>().AsNoTracking().Where(r => ids.Contains(r.AccountId)).ToListAsync(ct))
            .ToLookup(r => r.AccountId, r => new RoleGrant(r.Role, r.OrganisationId));
        return [.. accounts.Select(a => new AccountSummary(a.Id, a.UserName ?? "", a.DisplayName, a.PersonId, [.. roles[a.Id]]))];
    }

    private async Task<AccountRole?> FindAsync(Guid accountId, RoleGrant grant, CancellationToken ct) =>
        await db.Set<AccountRole>().FindAsync([accountId, grant.Role, grant.OrganisationId], ct);

    private AccountRole RowOf(Guid accountId, RoleGrant grant) => new()
    {
        AccountId = accountId,
        Role = grant.Role,
        OrganisationId = grant.OrganisationId,
        GrantedAt = time.GetUtcNow(),
    };

    // Within the caller's transaction when there is one.
    private async Task<IDbContextTransaction?> BeginAsync(CancellationToken ct) =>
        db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
}
