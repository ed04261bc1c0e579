using System.Net;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Platform;
using AnTin.Modules.Authority.Domain;
using AnTin.Modules.Authority.Features;
using AnTin.Modules.Tests.Pki;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using AnTin.X509;
using Reason = AnTin.Contracts.Authority.RevocationReason;
using Status = AnTin.Contracts.Authority.CertificateStatus;

namespace AnTin.Modules.Tests.Authority;

public sealed class RevocationTests
{
    public static TheoryData<StoreKind> Stores => PkiHost.Stores;

    private static async Task<CertificateRevocationList> CrlAsync(PkiHost pki, string slug = "ca")
    {
        using HttpClient client = pki.Host.CreateClient();
        return CertificateRevocationList.Parse(await client.GetByteArrayAsync($"/pki/{slug}.crl"));
    }

    private static Task<Result<IssuedCertificate>> RevokeAsync(PkiHost pki, string serial, Reason reason = Reason.KeyCompromise) =>
        pki.RunAsync((ICertificateAuthority a) => a.RevokeAsync(serial, reason, default));

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_revocation_is_on_record_and_on_the_next_list_at_once(StoreKind kind)
    {
        await using PkiHost pki = await PkiHost.StartAsync(kind);
        IssuedCertificate issued = (await pki.IssueAsync(await pki.OrderAsync("giamdoc"))).Value;
        CertificateRevocationList before = await CrlAsync(pki);

        IssuedCertificate revoked = (await RevokeAsync(pki, issued.SerialNumber, Reason.AffiliationChanged)).Value;

        Assert.Equal(Status.Revoked, revoked.Status);
        CertificateRevocationList after = await CrlAsync(pki);
        RevokedCertificate entry = Assert.Single(after.Entries);
        Assert.Equal(issued.SerialNumber, entry.SerialNumber, ignoreCase: true);
        Assert.Equal(X509.RevocationReason.AffiliationChanged, entry.Reason);
        Assert.True(after.Number > before.Number);
        Assert.Equal(["certificate.issued", "certificate.revoked"], (await pki.EvidenceAsync("certificate", issued.SerialNumber)).Select(e => e.Act));
        Assert.Equal("authority.already-revoked", (await RevokeAsync(pki, issued.SerialNumber)).Error?.Code);
        Assert.Equal("authority.no-such-certificate", (await RevokeAsync(pki, "41FF")).Error?.Code);
        Assert.Equal("authority.reason-missing", (await RevokeAsync(pki, issued.SerialNumber, (Reason)99)).Error?.Code);
    }

    [Fact]
    public async Task Killed_between_the_revocation_and_its_list_the_next_start_publishes_it()
    {
        using var folder = new TempFolder();
        string serial;
        await using (PkiHost broken = await PkiHost.StartAsync(crash: new BreakAt(RevokeCertificate.AfterCommit), folder: folder))
        {
            serial = (await broken.IssueAsync(await broken.OrderAsync("giamdoc"))).Value.SerialNumber;
            await Assert.ThrowsAsync<BrokenOffException>(() => RevokeAsync(broken, serial));
            Assert.Empty((await CrlAsync(broken)).Entries);
        }

        await using PkiHost next = await PkiHost.StartAsync(folder: folder);
        Assert.Equal(serial, Assert.Single((await CrlAsync(next)).Entries).SerialNumber, ignoreCase: true);
    }

    [Fact]
    public async Task Lists_are_renewed_daily_and_their_numbers_only_grow()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero));
        await using PkiHost pki = await PkiHost.StartAsync(clock: clock);
        CertificateRevocationList first = await CrlAsync(pki);
        Assert.Equal(clock.GetUtcNow(), first.ThisUpdate);
        Assert.Equal(first.ThisUpdate + CrlMaking.Life, first.NextUpdate);

        await pki.RunAsync((PublishCrl crls) => crls.RefreshAsync(default));
        Assert.Equal(first.Number, (await CrlAsync(pki)).Number);
        clock.Advance(CrlMaking.Renewal);
        Assert.Equal(2, await pki.RunAsync((PublishCrl crls) => crls.RefreshAsync(default)));
        Assert.True((await CrlAsync(pki)).Number > first.Number);
        Assert.True((await CrlAsync(pki, "root")).Number > first.Number);
    }

    [Fact]
    public async Task An_expired_certificate_needs_no_revocation()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero));
        await using PkiHost pki = await PkiHost.StartAsync(clock: clock);
        IssuedCertificate issued = (await pki.IssueAsync(await pki.OrderAsync("giamdoc"))).Value;
        clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal("authority.already-expired", (await RevokeAsync(pki, issued.SerialNumber)).Error?.Code);
    }

    [Fact]
    public async Task A_list_that_forgets_or_goes_back_is_never_signed_into_the_world()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        Issuer issuer = pki.Hierarchy.Issuing;
        DateTimeOffset now = pki.Clock.GetUtcNow();
        var entry = new RevokedCertificate("4101", now, X509.RevocationReason.KeyCompromise);
        CertificateRevocationList full = CertificateRevocationList.Parse(await CrlMaking.MakeAsync(issuer, [entry], previous: null, now, default));

        await Assert.ThrowsAsync<CrlRegressionException>(() => CrlMaking.MakeAsync(issuer, [], full, now.AddMinutes(1), default));
        await Assert.ThrowsAsync<CrlRegressionException>(() => CrlMaking.MakeAsync(issuer, [entry], full, now.AddMinutes(-1), default));
        CertificateRevocationList sameSecond = CertificateRevocationList.Parse(await CrlMaking.MakeAsync(issuer, [entry], full, now, default));
        Assert.Equal(full.Number + 1, sameSecond.Number);
    }

    [Fact]
    public async Task The_officer_revokes_within_his_scope_with_a_reason_and_a_confirmation()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        string serial = (await pki.IssueAsync(await pki.OrderAsync("giamdoc"))).Value.SerialNumber;
        using HttpClient officer = await pki.SignInAsync("dangky");
        string page = "/certificates/" + serial;
        Assert.Contains(page, await officer.GetStringAsync("/certificates"), StringComparison.Ordinal);

        using (HttpResponseMessage missing = await PkiHost.PostAsync(officer, page, page + "/revoke", ("confirm", "yes")))
            Assert.Contains("error=authority.reason-missing", missing.Headers.Location?.OriginalString, StringComparison.Ordinal);
        using (HttpResponseMessage unsure = await PkiHost.PostAsync(officer, page, page + "/revoke", ("reason", "PrivilegeWithdrawn")))
            Assert.Contains("error=authority.not-confirmed", unsure.Headers.Location?.OriginalString, StringComparison.Ordinal);
        using (HttpResponseMessage done = await PkiHost.PostAsync(officer, page, page + "/revoke", ("reason", "PrivilegeWithdrawn"), ("confirm", "yes")))
            Assert.Equal(page + "?notice=authority.revoked", done.Headers.Location?.OriginalString);

        string shown = await officer.GetStringAsync(page);
        Assert.Contains("Đã thu hồi", shown, StringComparison.Ordinal);
        Assert.Contains("Trịnh Hải Yến", shown, StringComparison.Ordinal);
        EvidenceAssert.ActorIs("Trịnh Hải Yến", (await pki.EvidenceAsync("certificate", serial))[^1]);
    }

    [Fact]
    public async Task A_foreign_officer_finds_nothing_and_revokes_nothing()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        string serial = (await pki.IssueAsync(await pki.OrderAsync("giamdoc"))).Value.SerialNumber;
        Guid foreign = (await pki.OrganisationAsync("H99.06")).Id.Value;
        await pki.RunAsync((IAccounts a) => a.CreateAsync(new NewAccount("dangky2", "AnTin-demo-2026", null, "Cán bộ khác", [new RoleGrant(Role.RegistrationOfficer, foreign)]), default));
        using HttpClient officer = await pki.SignInAsync("dangky2");

        Assert.DoesNotContain(serial, await officer.GetStringAsync("/certificates"), StringComparison.Ordinal);
        using HttpResponseMessage page = await officer.GetAsync("/certificates/" + serial);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using HttpResponseMessage act = await PkiHost.PostAsync(officer, "/certificates", $"/certificates/{serial}/revoke", ("reason", "KeyCompromise"), ("confirm", "yes"));
        Assert.Contains("error=authority.no-such-certificate", act.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(Status.Good, (await pki.RunAsync((ICertificateAuthority a) => a.FindAsync(serial, default)))!.Status);

        using HttpClient leader = await pki.SignInAsync("giamdoc");
        using HttpResponseMessage closed = await leader.GetAsync("/certificates/" + serial);
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
    }
}

internal static class EvidenceAssert
{
    public static void ActorIs(string name, Platform.Evidence.Tree.EvidenceRecord entry) => Assert.Equal(name, entry.Actor.Name);
}
