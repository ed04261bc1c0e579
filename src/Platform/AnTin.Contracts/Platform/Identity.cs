namespace AnTin.Contracts.Platform;

/// <summary>What an account may do; always granted for an organisation and everything below it.</summary>
public enum Role
{
    NationalOperator = 1,
    SystemAdministrator = 2,
    RegistrationOfficer = 3,
    Drafter = 4,
    DivisionHead = 5,
    Leader = 6,
    Clerk = 7,
    Inspector = 8,
    Chairman = 9,
}

/// <summary>A role held for an organisation and its subtree.</summary>
public sealed record RoleGrant(Role Role, Guid OrganisationId);

/// <summary>Who acts, as evidence names it; the system itself has neither account nor person.</summary>
public sealed record Actor(Guid? AccountId, Guid? PersonId, string Name)
{
    public static readonly Actor System = new(null, null, "system");
}

/// <summary>The account behind the request being served; scoped.</summary>
public interface ICurrentUser
{
    bool IsAuthenticated { get; }

    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint lacks a policy.</exception>
    Guid AccountId { get; }

    string UserName { get; }

    Guid? PersonId { get; }

    IReadOnlyList<RoleGrant> Roles { get; }

    Actor Actor { get; }

    bool HasRole(Role role) => Roles.Any(grant => grant.Role == role);

    /// <summary>Whether one of the roles is granted for an organisation that is, or stands above, the given one.</summary>
    ValueTask<bool> HasRoleAsync(Guid organisationId, IReadOnlyCollection<Role> anyOf, CancellationToken ct);
}

/// <summary>
/// Answers whether one organisation stands below another today. The Directory module implements it over the
/// effective-dated tree; without that module only equality holds.
/// </summary>
public interface IOrganisationScope
{
    ValueTask<bool> IsWithinAsync(Guid organisationId, Guid ancestorId, CancellationToken ct);

    /// <summary>Whether nothing stands above it: a role there reaches everything (the whole audit log, the host itself).</summary>
    ValueTask<bool> IsRootAsync(Guid organisationId, CancellationToken ct);
}

/// <summary>Makes accounts: used by Directory when a person is given one, and by the demonstration data.</summary>
public interface IAccounts
{
    /// <returns>The account's id, or <c>platform.account-refused</c> with the reasons.</returns>
    Task<Result<Guid>> CreateAsync(NewAccount account, CancellationToken ct);

    Task<Result> GrantAsync(Guid accountId, RoleGrant grant, CancellationToken ct);

    Task<Result> RevokeAsync(Guid accountId, RoleGrant grant, CancellationToken ct);

    Task<IReadOnlyList<AccountSummary>> ListAsync(CancellationToken ct);

    Task<AccountSummary?> FindByPersonAsync(Guid personId, CancellationToken ct);
}

public sealed record NewAccount(string UserName, string Password, Guid? PersonId, string DisplayName, IReadOnlyList<RoleGrant> Roles);

public sealed record AccountSummary(Guid Id, string UserName, string DisplayName, Guid? PersonId, IReadOnlyList<RoleGrant> Roles);
