using System.Net;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Tests.Pki;
using AnTin.X509;

namespace AnTin.Modules.Tests.Custody;

public sealed class PinPagesTests
{
    private static async Task<string?> SignAsync(PkiHost pki, CredentialInfo credential, string userName, string pin)
    {
        PersonInfo person = await pki.PersonAsync(userName);
        var activation = new SignatureActivation(credential.Id, person.Id, new byte[32], SignatureScheme.RsaPkcs1Sha256, pin, "Thử");
        return (await pki.RunAsync((ISigningCredentials c) => c.SignHashAsync(activation, default))).Error?.Code;
    }

    private static async Task<string?> ChangeAsync(HttpClient client, CredentialInfo credential, string pin, string newPin, string again)
    {
        using HttpResponseMessage answer = await PkiHost.PostAsync(
            client, "/profile", $"/profile/credentials/{credential.Id}/pin", ("pin", pin), ("newPin", newPin), ("newPinAgain", again));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location?.OriginalString.Split('&')[0];
    }

    [Fact]
    public async Task The_holder_changes_the_pin_and_the_old_one_is_dead()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CredentialInfo credential = await pki.EnrolAsync("giamdoc");
        using HttpClient holder = await pki.SignInAsync("giamdoc");
        string profile = await holder.GetStringAsync("/profile");
        Assert.Contains("Chứng thư của tôi", profile, StringComparison.Ordinal);
        Assert.Contains(credential.Certificate.SerialNumber, profile, StringComparison.Ordinal);

        Assert.Equal("/profile?error=custody.pins-differ", await ChangeAsync(holder, credential, PkiHost.Pin, "13579a", "13579b"));
        Assert.Equal("/profile?error=custody.pin-form", await ChangeAsync(holder, credential, PkiHost.Pin, "12345", "12345"));
        Assert.Equal("/profile?error=custody.wrong-pin", await ChangeAsync(holder, credential, "000000", "13579a", "13579a"));
        Assert.Equal("/profile?notice=custody.pin-changed", await ChangeAsync(holder, credential, PkiHost.Pin, "13579a", "13579a"));

        Assert.Equal("custody.wrong-pin", await SignAsync(pki, credential, "giamdoc", PkiHost.Pin));
        Assert.Null(await SignAsync(pki, credential, "giamdoc", "13579a"));
        Assert.Contains("credential.pin-changed", (await pki.EvidenceAsync("credential", credential.Id.ToString())).Select(e => e.Act));
    }

    [Fact]
    public async Task Nobody_changes_anothers_pin_or_sees_anothers_certificate()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CredentialInfo credential = await pki.EnrolAsync("giamdoc");
        using HttpClient other = await pki.SignInAsync("phogiamdoc");

        Assert.DoesNotContain(credential.Certificate.SerialNumber, await other.GetStringAsync("/profile"), StringComparison.Ordinal);
        Assert.Equal("/profile?error=custody.not-found", await ChangeAsync(other, credential, PkiHost.Pin, "13579a", "13579a"));
        Assert.Null(await SignAsync(pki, credential, "giamdoc", PkiHost.Pin));
    }

    [Fact]
    public async Task A_clerk_sees_the_seal_of_his_agency_on_his_profile()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CredentialInfo seal = await pki.EnrolSealAsync("H99.05");
        using HttpClient clerk = await pki.SignInAsync("vanthu");
        using HttpClient foreign = await pki.SignInAsync("vanthu2");
        Assert.Contains(seal.Certificate.SerialNumber, await clerk.GetStringAsync("/profile"), StringComparison.Ordinal);
        Assert.DoesNotContain(seal.Certificate.SerialNumber, await foreign.GetStringAsync("/profile"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_officer_of_the_scope_unlocks_and_a_foreign_one_finds_nothing()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CredentialInfo credential = await pki.EnrolAsync("giamdoc");
        Guid foreignScope = (await pki.OrganisationAsync("H99.06")).Id.Value;
        await pki.RunAsync((IAccounts a) => a.CreateAsync(new NewAccount("dangky2", "AnTin-demo-2026", null, "Cán bộ khác", [new RoleGrant(Role.RegistrationOfficer, foreignScope)]), default));
        using HttpClient officer = await pki.SignInAsync("dangky");
        using HttpClient foreign = await pki.SignInAsync("dangky2");
        string action = $"/credentials/{credential.Id}/unlock";

        using (HttpResponseMessage early = await PkiHost.PostAsync(officer, "/credentials", action))
            Assert.Equal("/credentials?error=custody.not-locked", early.Headers.Location?.OriginalString);
        for (int i = 0; i < 5; i++)
            await SignAsync(pki, credential, "giamdoc", "000000");
        Assert.Contains(action, await officer.GetStringAsync("/credentials"), StringComparison.Ordinal);
        Assert.DoesNotContain("Phạm Quốc Bảo", await foreign.GetStringAsync("/credentials"), StringComparison.Ordinal);

        using (HttpResponseMessage refused = await PkiHost.PostAsync(foreign, "/credentials", action))
            Assert.Equal("/credentials?error=custody.not-found", refused.Headers.Location?.OriginalString);
        Assert.Equal("custody.locked", await SignAsync(pki, credential, "giamdoc", PkiHost.Pin));

        using (HttpResponseMessage done = await PkiHost.PostAsync(officer, "/credentials", action))
            Assert.Equal("/credentials?notice=custody.unlocked", done.Headers.Location?.OriginalString);
        Assert.Null(await SignAsync(pki, credential, "giamdoc", PkiHost.Pin));
        Assert.Equal("Trịnh Hải Yến", (await pki.EvidenceAsync("credential", credential.Id.ToString())).Single(e => e.Act == "credential.unlocked").Actor.Name);

        using HttpClient leader = await pki.SignInAsync("giamdoc");
        using HttpResponseMessage closed = await leader.GetAsync("/credentials");
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
    }
}
