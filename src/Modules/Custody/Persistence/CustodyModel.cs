using AnTin.Modules.Custody.Domain;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Custody.Persistence;

/// <summary>
/// Table custody_credential. Not trusted with keys: whoever reads it alone has only ciphertext under a key that is not in the
/// database; whoever writes it can lock credentials or give back tries, which the evidence log shows.
/// </summary>
internal static class CustodyModel
{
    public static void Configure(ModelBuilder model) => model.Entity<Credential>(credential =>
    {
        credential.HasKey(c => c.Id);
        credential.Property(c => c.Id).ValueGeneratedNever();
        credential.Property(c => c.Reference).HasMaxLength(200);
        credential.Property(c => c.SerialNumber).HasMaxLength(40);
        credential.Property(c => c.CertificateSha256).HasMaxLength(64);
        credential.Property(c => c.Version).IsConcurrencyToken();
        credential.HasIndex(c => c.SerialNumber).IsUnique();
        credential.HasIndex(c => c.HolderId);
        credential.HasIndex(c => c.OrganisationId);
        credential.HasIndex(c => c.Reference).IsUnique();
    });
}
