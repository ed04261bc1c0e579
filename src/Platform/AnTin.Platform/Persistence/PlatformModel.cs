using AnTin.Platform.Evidence;
using AnTin.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Platform.Persistence;

/// <summary>The tables that no module owns.</summary>
internal static class PlatformModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Account>(account =>
        {
            account.ToTable("platform_account");
            account.Property(a => a.DisplayName).HasMaxLength(200);
            account.HasIndex(a => a.PersonId).IsUnique();
        });
        model.Entity<IdentityUserClaim<Guid>>().ToTable("platform_account_claim");
        model.Entity<IdentityUserLogin<Guid>>().ToTable("platform_account_login");
        model.Entity<IdentityUserToken<Guid>>().ToTable("platform_account_token");
        model.Entity<IdentityUserPasskey<Guid>>().ToTable("platform_account_passkey");
        model.Entity<AccountRole>(role =>
        {
            role.HasKey(r => new { r.AccountId, r.Role, r.OrganisationId });
            role.HasIndex(r => r.OrganisationId);
            role.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<StoreFact>(fact =>
        {
            fact.HasKey(f => f.Name);
            fact.Property(f => f.Name).HasMaxLength(64);
        });
        model.Entity<DataProtectionKeyRow>().ToTable("platform_data_protection_key").Property(k => k.Id).ValueGeneratedNever();
        EvidenceModel.Configure(model);
    }
}
