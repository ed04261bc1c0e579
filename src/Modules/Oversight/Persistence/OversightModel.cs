using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Oversight.Persistence;

internal static class OversightModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<IssuedDocument>(document =>
        {
            document.HasKey(d => d.DocumentId);
            document.Property(d => d.DocumentId).ValueGeneratedNever();
            document.Property(d => d.Period).HasMaxLength(7);
            document.Property(d => d.OrganisationCode).HasMaxLength(35);
            document.Property(d => d.OrganisationName).HasMaxLength(200);
            document.Property(d => d.Symbol).HasMaxLength(60);
            document.Property(d => d.Title).HasMaxLength(500);
            document.HasIndex(d => new { d.Period, d.OrganisationCode, d.Number });
            document.HasIndex(d => d.Position).IsUnique();
        });
        model.Entity<IssuedRollup>(rollup =>
        {
            rollup.HasKey(r => new { r.Period, r.OrganisationCode });
            rollup.Property(r => r.Period).HasMaxLength(7);
            rollup.Property(r => r.OrganisationCode).HasMaxLength(35);
            rollup.Property(r => r.OrganisationName).HasMaxLength(200);
        });
        model.Entity<FollowerCursor>(cursor =>
        {
            cursor.HasKey(c => c.Name);
            cursor.Property(c => c.Name).HasMaxLength(64);
            // Two nodes that read the same entries: the second to commit finds the cursor moved, and drops its work.
            cursor.Property(c => c.Next).IsConcurrencyToken();
        });
    }
}
