using AnTin.Modules.Authority.Domain;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Authority.Persistence;

/// <summary>
/// Tables authority_*. Trusted for status: whoever can write here can hide a revocation until the next comparison with the
/// evidence log, but cannot make a certificate, since the keys are elsewhere.
/// </summary>
internal static class AuthorityModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<CertificateRecord>(certificate =>
        {
            certificate.ToTable("authority_certificate");
            certificate.HasKey(c => c.SerialNumber);
            certificate.Property(c => c.SerialNumber).HasMaxLength(40);
            certificate.Property(c => c.IssuerKeyId).HasMaxLength(64);
            certificate.Property(c => c.Reference).HasMaxLength(CertificateOrders.LongestReference);
            certificate.Property(c => c.KeySha256).HasMaxLength(64);
            certificate.Property(c => c.OrderHash).HasMaxLength(64);
            certificate.Property(c => c.SubjectName).HasMaxLength(1000);
            certificate.Property(c => c.Sha256).HasMaxLength(64);
            certificate.Property(c => c.Version).IsConcurrencyToken();
            certificate.HasIndex(c => c.OrderHash).IsUnique();
            certificate.HasIndex(c => c.KeySha256);
            certificate.HasIndex(c => c.OrganisationId);
            certificate.HasIndex(c => c.State);
            certificate.HasIndex(c => new { c.IssuerKeyId, c.RevokedAt });
        });
        model.Entity<CrlRecord>(crl =>
        {
            crl.ToTable("authority_crl");
            crl.HasKey(c => c.Id);
            crl.Property(c => c.Id).ValueGeneratedNever();
            crl.Property(c => c.IssuerKeyId).HasMaxLength(64);
            crl.HasIndex(c => new { c.IssuerKeyId, c.Number }).IsUnique();
        });
    }
}
