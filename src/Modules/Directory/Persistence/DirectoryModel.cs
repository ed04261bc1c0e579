using AnTin.Modules.Directory.Domain;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Directory.Persistence;

/// <summary>
/// Tables directory_*. Trusted for who may sign what: whoever can write here can make himself head of an agency for
/// future acts, but not alter what was signed; every change leaves an evidence entry.
/// </summary>
internal static class DirectoryModel
{
    public const int LongestName = 300;
    public const int LongestCode = 64;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<Organisation>(organisation =>
        {
            organisation.HasKey(o => o.Id);
            organisation.Property(o => o.Id).ValueGeneratedNever();
            organisation.Property(o => o.Code).HasMaxLength(LongestCode);
            organisation.HasIndex(o => o.Code).IsUnique();
        });
        model.Entity<OrganisationPeriod>(period =>
        {
            period.HasKey(p => p.Id);
            period.Property(p => p.Id).ValueGeneratedNever();
            period.Property(p => p.Name).HasMaxLength(LongestName);
            period.Property(p => p.NameEn).HasMaxLength(LongestName);
            period.Property(p => p.Symbol).HasMaxLength(LongestCode);
            period.Property(p => p.Locality).HasMaxLength(LongestName);
            period.Property(p => p.Folded).HasMaxLength(LongestName);
            period.Property(p => p.SealDiameterMm).HasPrecision(5, 2);
            period.HasIndex(p => new { p.OrganisationId, p.From }).IsUnique();
            period.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
            period.HasOne<Organisation>().WithMany().HasForeignKey(p => p.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Person>(person =>
        {
            person.HasKey(p => p.Id);
            person.Property(p => p.Id).ValueGeneratedNever();
            person.Property(p => p.FullName).HasMaxLength(LongestName);
            person.Property(p => p.Email).HasMaxLength(LongestName);
            person.Property(p => p.Folded).HasMaxLength(LongestName);
            person.HasIndex(p => p.Email).IsUnique();
            person.HasMany(p => p.Posts).WithOne().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Post>(post =>
        {
            post.HasKey(p => p.Id);
            post.Property(p => p.Id).ValueGeneratedNever();
            post.Property(p => p.Title).HasMaxLength(LongestName);
            post.Property(p => p.CapacityPrefix).HasMaxLength(LongestCode);
            post.HasIndex(p => new { p.OrganisationId, p.Kind });
            post.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
