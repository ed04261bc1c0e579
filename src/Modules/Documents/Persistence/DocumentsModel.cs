using AnTin.Modules.Documents.Domain;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Persistence;

/// <summary>Tables <c>documents_…</c>. None is trusted alone: what was signed is proven by the file, what happened by the evidence log.</summary>
internal static class DocumentsModel
{
    private const int HashLength = 64;
    private const int NameLength = 200;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<OutgoingDocument>(document =>
        {
            document.Property(d => d.Id).ValueGeneratedNever();
            document.Property(d => d.Title).HasMaxLength(OutgoingDocument.TitleLimit);
            document.Property(d => d.KindCode).HasMaxLength(40);
            document.Property(d => d.SymbolTail).HasMaxLength(80);
            document.Property(d => d.DrafterName).HasMaxLength(NameLength);
            document.Property(d => d.InitiallerName).HasMaxLength(NameLength);
            document.Property(d => d.SignerName).HasMaxLength(NameLength);
            document.Property(d => d.SignerTitle).HasMaxLength(NameLength);
            document.Property(d => d.SignerCapacity).HasMaxLength(20);
            document.Property(d => d.FileName).HasMaxLength(NameLength);
            document.Property(d => d.OriginalSha256).HasMaxLength(HashLength);
            document.Property(d => d.CurrentSha256).HasMaxLength(HashLength);
            document.Property(d => d.Symbol).HasMaxLength(100);
            document.Property(d => d.ReturnReason).HasMaxLength(OutgoingDocument.ReasonLimit);
            document.Property(d => d.ReturnedBy).HasMaxLength(NameLength);
            document.Property(d => d.Version).IsConcurrencyToken();
            document.HasIndex(d => new { d.OrganisationId, d.State });
            document.HasIndex(d => d.DrafterId);
            document.HasIndex(d => d.InitiallerId);
            document.HasIndex(d => d.SignerId);
            document.HasIndex(d => d.OriginalSha256);
            document.HasMany(d => d.Steps).WithOne().HasForeignKey(s => s.DocumentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<DocumentStep>(step =>
        {
            step.HasKey(s => new { s.DocumentId, s.Kind });
            step.Property(s => s.PersonName).HasMaxLength(NameLength);
            step.Property(s => s.CertificateSubject).HasMaxLength(500);
            step.Property(s => s.CertificateSerial).HasMaxLength(100);
            step.Property(s => s.CertificateSha256).HasMaxLength(HashLength);
            step.Property(s => s.FileSha256).HasMaxLength(HashLength);
        });
        model.Entity<PendingSignature>(pending =>
        {
            pending.HasKey(p => new { p.DocumentId, p.Kind, p.Stage });
            pending.Property(p => p.PersonName).HasMaxLength(NameLength);
            pending.Property(p => p.BaseSha256).HasMaxLength(HashLength);
            pending.Property(p => p.Attempt).IsConcurrencyToken();
            pending.Ignore(p => p.Actor);
            pending.HasOne<OutgoingDocument>().WithMany().HasForeignKey(p => p.DocumentId).OnDelete(DeleteBehavior.Restrict);
        });
        ConfigureRegister(model);
        model.Entity<Picture>(picture =>
        {
            picture.HasKey(p => new { p.Owner, p.OwnerId });
            picture.Property(p => p.Sha256).HasMaxLength(HashLength);
        });
    }

    private static void ConfigureRegister(ModelBuilder model)
    {
        model.Entity<RegisterBook>(book =>
        {
            book.HasKey(b => new { b.OrganisationId, b.Year });
            book.Property(b => b.Version).IsConcurrencyToken();
        });
        model.Entity<RegisterEntry>(entry =>
        {
            entry.HasKey(e => new { e.OrganisationId, e.Year, e.Number });
            entry.Property(e => e.Symbol).HasMaxLength(100);
            entry.Property(e => e.KindCode).HasMaxLength(40);
            entry.Property(e => e.Title).HasMaxLength(OutgoingDocument.TitleLimit);
            entry.Property(e => e.SignerName).HasMaxLength(NameLength);
            entry.Property(e => e.RegisteredBy).HasMaxLength(NameLength);
            entry.HasIndex(e => e.DocumentId).IsUnique();
            entry.HasIndex(e => e.RequestId).IsUnique();
        });
    }
}
