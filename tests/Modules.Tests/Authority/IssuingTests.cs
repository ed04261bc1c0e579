using System.Security.Cryptography;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Authority.Domain;
using AnTin.Modules.Authority.Features;
using AnTin.Modules.Tests.Pki;
using AnTin.Platform.Evidence.Tree;
using AnTin.Platform.Persistence;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using AnTin.X509;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Tests.Authority;

public sealed class IssuingTests
{
    public static TheoryData<StoreKind> Stores => PkiHost.Stores;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Issues_what_was_ordered_and_puts_it_on_record(StoreKind kind)
    {
        await using PkiHost pki = await PkiHost.StartAsync(kind);
        CertificateOrder order = await pki.OrderAsync("giamdoc");

        IssuedCertificate issued = (await pki.IssueAsync(order)).Value;

        Certificate certificate = Certificate.Parse(issued.Chain[0]);
        Assert.Equal("Phạm Quốc Bảo", certificate.Subject.CommonName);
        Assert.Equal("An Bình", certificate.Subject.Locality);
        Assert.Equal("ỦY BAN NHÂN DÂN TỈNH AN BÌNH", certificate.Subject.Organization);
        Assert.Equal(["SỞ XÂY DỰNG"], certificate.Subject.OrganizationalUnits);
        Assert.Equal("giamdoc@anbinh.example", Assert.Single(certificate.SubjectAlternativeNames).Text);
        Assert.True(certificate.SubjectPublicKeyInfo.Span.SequenceEqual(order.SubjectPublicKeyInfo.Span));
        Assert.Equal(issued.SerialNumber, Convert.ToHexString(certificate.SerialNumberBytes.Span));
        Assert.Equal(["http://127.0.0.1/ocsp"], certificate.OcspUrls);
        Assert.Equal([AuthorityOids.OfficerPolicy], certificate.Policies!.Select(p => p.Oid));
        Assert.Equal(Contracts.Authority.CertificateStatus.Good, issued.Status);
        EvidenceRecord entry = Assert.Single(await pki.EvidenceAsync("certificate", issued.SerialNumber));
        Assert.Equal("certificate.issued", entry.Act);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(issued.Chain[0].Span)), entry.CertificateSha256);
        Assert.Equal(order.Organisation.Value, entry.OrganisationId);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_same_order_gives_the_same_certificate_also_when_sent_eight_times_at_once(StoreKind kind)
    {
        await using PkiHost pki = await PkiHost.StartAsync(kind);
        CertificateOrder order = await pki.OrderAsync("giamdoc");

        Task<string>[] sent = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(async () => (await pki.IssueAsync(order)).Value.SerialNumber))];

        Assert.Single((await Task.WhenAll(sent)).Distinct());
        Assert.Equal(1, await pki.RunAsync((AnTinDbContext db) => db.Set<CertificateRecord>().CountAsync()));
        IssuedCertificate again = (await pki.IssueAsync(order)).Value;
        Assert.Single(await pki.EvidenceAsync("certificate", again.SerialNumber));
    }

    [Fact]
    public async Task Refuses_before_a_number_is_taken()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CertificateOrder good = await pki.OrderAsync("giamdoc");
        DateTimeOffset now = pki.Clock.GetUtcNow();
        PersonInfo foreigner = await pki.PersonAsync("giamdoc2");
        using var weak = RSA.Create(1024);
        (string Description, CertificateOrder Order, string Code)[] cases =
        [
            ("a short RSA key", good with { SubjectPublicKeyInfo = weak.ExportSubjectPublicKeyInfo() }, "authority.weak-key"),
            ("no key at all", good with { SubjectPublicKeyInfo = new byte[] { 1, 2, 3 } }, "authority.weak-key"),
            ("nothing that approves it", good with { Reference = " " }, "authority.reference-missing"),
            ("longer than five years", good with { NotAfter = good.NotBefore.AddYears(5).AddDays(1) }, "authority.validity"),
            ("ends before it begins", good with { NotAfter = good.NotBefore.AddDays(-1) }, "authority.validity"),
            ("begins before the authority did", good with { NotBefore = now.AddYears(-5), NotAfter = now.AddYears(-4).AddDays(-1) }, "authority.validity"),
            ("a person of another agency", good with { Holder = foreigner.Id }, "authority.holder-outside-organisation"),
            ("nobody", good with { Holder = new PersonId(Guid.CreateVersion7()) }, "authority.no-such-holder"),
            ("an agency that is none", good with { Organisation = new OrganisationId(Guid.CreateVersion7()) }, "authority.no-such-organisation"),
            ("an officer without a person", good with { Holder = null }, "authority.profile-holder"),
            ("a seal with a person", good with { Profile = CertificateProfile.OrganisationSeal }, "authority.profile-holder"),
            ("a service by order", good with { Profile = CertificateProfile.TimeStamping }, "authority.profile-not-orderable"),
        ];
        foreach ((string description, CertificateOrder order, string code) in cases)
        {
            Result<IssuedCertificate> outcome = await pki.IssueAsync(order);
            Assert.True(outcome.Error?.Code == code, $"{description}: {outcome.Error}");
        }
        Assert.Equal(0, await pki.RunAsync((AnTinDbContext db) => db.Set<CertificateRecord>().CountAsync()));
    }

    [Fact]
    public async Task A_key_belongs_to_one_holder_and_never_comes_back_after_it_was_exposed()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CertificateOrder order = await pki.OrderAsync("giamdoc");
        IssuedCertificate issued = (await pki.IssueAsync(order)).Value;
        PersonInfo deputy = await pki.PersonAsync("phogiamdoc");

        Assert.Equal("authority.key-of-another", (await pki.IssueAsync(order with { Holder = deputy.Id })).Error?.Code);
        Assert.True((await pki.IssueAsync(order with { Reference = "change of information" })).IsSuccess);
        Assert.True((await pki.RunAsync((ICertificateAuthority a) => a.RevokeAsync(issued.SerialNumber, Contracts.Authority.RevocationReason.KeyCompromise, default))).IsSuccess);
        Assert.Equal("authority.key-revoked", (await pki.IssueAsync(order with { Reference = "again" })).Error?.Code);
    }

    public static TheoryData<string> IssuePoints =>
        [IssueCertificate.AfterReserve, IssueCertificate.AfterIntent, IssueCertificate.AfterSign, IssueCertificate.AfterOutcome];

    [Theory]
    [MemberData(nameof(IssuePoints))]
    public async Task Whatever_a_kill_interrupts_the_next_start_accounts_for_every_number(string point)
    {
        using var folder = new TempFolder();
        CertificateOrder order;
        await using (PkiHost broken = await PkiHost.StartAsync(crash: new BreakAt(point), folder: folder))
        {
            order = await broken.OrderAsync("giamdoc");
            await Assert.ThrowsAsync<BrokenOffException>(() => broken.IssueAsync(order));
        }

        await using PkiHost next = await PkiHost.StartAsync(folder: folder);

        CertificateRecord record = Assert.Single(await next.RunAsync((AnTinDbContext db) => db.Set<CertificateRecord>().AsNoTracking().ToListAsync()));
        Assert.Equal(IssuanceState.Issued, record.State);
        Assert.True(Certificate.Parse(record.Certificate).Tbs.Span.SequenceEqual(record.Tbs));
        Assert.Equal(record.SerialNumber, (await next.IssueAsync(order)).Value.SerialNumber);
        Assert.Equal("certificate.issued", Assert.Single(await next.EvidenceAsync("certificate", record.SerialNumber)).Act);
    }

    [Fact]
    public async Task A_number_that_can_no_longer_be_used_is_abandoned_on_record()
    {
        using var folder = new TempFolder();
        CertificateOrder order;
        await using (PkiHost broken = await PkiHost.StartAsync(crash: new BreakAt(IssueCertificate.AfterReserve), folder: folder))
        {
            order = await broken.OrderAsync("giamdoc");
            await Assert.ThrowsAsync<BrokenOffException>(() => broken.IssueAsync(order));
            await broken.RunAsync((AnTinDbContext db) => db.Set<Modules.Directory.Domain.Post>()
                .Where(p => p.PersonId == order.Holder!.Value.Value).ExecuteUpdateAsync(set => set.SetProperty(p => p.To, new DateOnly(2021, 1, 1))));
        }

        await using PkiHost next = await PkiHost.StartAsync(folder: folder);

        CertificateRecord record = Assert.Single(await next.RunAsync((AnTinDbContext db) => db.Set<CertificateRecord>().AsNoTracking().ToListAsync()));
        Assert.Equal(IssuanceState.Abandoned, record.State);
        Assert.Null(record.Certificate);
        Assert.Equal("certificate.abandoned", Assert.Single(await next.EvidenceAsync("certificate", record.SerialNumber)).Act);
        Assert.Null(await next.RunAsync((ICertificateAuthority a) => a.FindAsync(record.SerialNumber, default)));
    }

    [Fact]
    public async Task Issuing_refuses_to_run_inside_a_transaction()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CertificateOrder order = await pki.OrderAsync("giamdoc");
        await using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(pki.Host.Services);
        AnTinDbContext db = (AnTinDbContext)scope.ServiceProvider.GetService(typeof(AnTinDbContext))!;
        await using var transaction = await db.Database.BeginTransactionAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => ((ICertificateAuthority)scope.ServiceProvider.GetService(typeof(ICertificateAuthority))!).IssueAsync(order, default));
    }
}
