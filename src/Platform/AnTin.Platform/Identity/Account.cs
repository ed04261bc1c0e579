using AnTin.Contracts.Platform;
using Microsoft.AspNetCore.Identity;

namespace AnTin.Platform.Identity;

/// <summary>Someone who may sign in. The person behind it lives in Directory.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public Guid? PersonId { get; set; }

    public string DisplayName { get; set; } = "";
}

/// <summary>A role held for an organisation and its subtree.</summary>
public sealed class AccountRole
{
    public required Guid AccountId { get; init; }

    public required Role Role { get; init; }

    public required Guid OrganisationId { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }
}
