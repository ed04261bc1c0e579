using AnTin.Contracts.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace AnTin.Platform.Identity;

/// <summary>
/// Names of authorisation policies. A role policy lets in whoever holds one of the roles anywhere; which objects
/// they may touch is asked per object (<see cref="ICurrentUser.HasRoleAsync"/>). An endpoint without a policy is closed.
/// </summary>
public static class Policies
{
    public const string SignedIn = "signed-in";
    public const string NationalOperator = Prefix + nameof(Role.NationalOperator);
    public const string SystemAdministrator = Prefix + nameof(Role.SystemAdministrator);
    public const string RegistrationOfficer = Prefix + nameof(Role.RegistrationOfficer);
    public const string Drafter = Prefix + nameof(Role.Drafter);
    public const string DivisionHead = Prefix + nameof(Role.DivisionHead);
    public const string Leader = Prefix + nameof(Role.Leader);
    public const string Clerk = Prefix + nameof(Role.Clerk);
    public const string Inspector = Prefix + nameof(Role.Inspector);
    public const string Chairman = Prefix + nameof(Role.Chairman);

    internal const string Prefix = "role:";

    /// <summary>The policy of several roles, any of which suffices.</summary>
    public static string AnyOf(params IEnumerable<Role> roles) => Prefix + string.Join(',', roles.Select(role => role.ToString()));

    /// <summary>The endpoint is for whoever holds one of the roles.</summary>
    public static TBuilder RequireAnyRole<TBuilder>(this TBuilder endpoint, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(AnyOf(roles));

    public static TBuilder RequireSignedIn<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(SignedIn);
}

internal sealed record RoleRequirement(IReadOnlyList<Role> AnyOf) : IAuthorizationRequirement;

internal sealed class RoleRequirementHandler(ICurrentUser user) : AuthorizationHandler<RoleRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (user.IsAuthenticated && requirement.AnyOf.Any(user.HasRole))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>Builds role policies from their names.</summary>
internal sealed class PolicyProvider(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    /// <summary>Whatever declares nothing falls to this policy, which nobody passes.</summary>
    public static readonly AuthorizationPolicy Closed = new AuthorizationPolicyBuilder()
        .RequireAuthenticatedUser()
        .RequireAssertion(_ => false)
        .Build();

    private static readonly AuthorizationPolicy SignedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();

    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName)
    {
        if (policyName == Policies.SignedIn)
            return SignedIn;
        if (!policyName.StartsWith(Policies.Prefix, StringComparison.Ordinal))
            return await base.GetPolicyAsync(policyName);
        Role[] roles = [.. policyName[Policies.Prefix.Length..].Split(',').Select(Enum.Parse<Role>)];
        return new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new RoleRequirement(roles)).Build();
    }
}
