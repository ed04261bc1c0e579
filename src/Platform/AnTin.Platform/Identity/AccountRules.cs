using Microsoft.AspNetCore.Identity;

namespace AnTin.Platform.Identity;

/// <summary>How accounts are kept: passwords, lockout, the version of Identity's tables.</summary>
internal static class AccountRules
{
    public static void Apply(IdentityOptions options)
    {
        // Version 3 carries passkeys.
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        // Length over composition rules (NIST SP 800-63B §3.1.1.2).
        options.Password.RequiredLength = 12;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireDigit = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
    }
}
