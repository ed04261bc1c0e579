using System.Security.Cryptography;
using System.Text;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;
using AnTin.Modules.Custody.Features;
using AnTin.Modules.Tests.Pki;
using AnTin.Platform.Evidence.Tree;
using AnTin.Platform.Persistence;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using AnTin.X509;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Tests.Custody;

public sealed class SigningTests
{
    private static readonly byte[] Hash = SHA256.HashData("Quyết định số 12/QĐ-SXD"u8);

    public static TheoryData<StoreKind> Stores => PkiHost.Stores;

    private static async Task<Result<byte[]>> SignAsync(
        PkiHost pki, CredentialInfo credential, string userName, string pin = PkiHost.Pin, SignatureScheme scheme = SignatureScheme.RsaPkcs1Sha256, byte[]? hash = null)
    {
        PersonInfo person = await pki.PersonAsync(userName);
        var activation = new SignatureActivation(credential.Id, person.Id, hash ?? Hash, scheme, pin, "Quyết định");
        return await pki.RunAsync((ISigningCredentials c) => c.SignHashAsync(activation, default));
    }

    private static Task<int> TriesAsync(PkiHost pki, CredentialInfo credential) =>
        pki.RunAsync((AnTinDbContext db) => db.Set<Credential>().Where(c => c.Id == credential.Id.Value).Select(c => c.Tries).SingleAsync());

    private static async Task<IReadOnlyList<string>> ActsAsync(PkiHost pki, CredentialInfo credential) =>
        [.. (await pki.EvidenceAsync("credential", credential.Id.ToString())).Select(e => e.Act)];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_right_pin_signs_exactly_this_hash_and_leaves_evidence_of_it(StoreKind kind)
    {
        await using PkiHost pki = await PkiHost.StartAsync(kind);
        CredentialInfo credential = await pki.EnrolAsync("giamdoc");

        byte[] signature = (await SignAsync(pki, credential, "giamdoc")).Value;

        using var publicKey = RSA.Create();
        publicKey.ImportSubjectPublicKeyInfo(Certificate.Parse(credential.Certificate.Chain[0]).SubjectPublicKeyInfo.Span, out _);
        Assert.True(publicKey.VerifyHash(Hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        EvidenceRecord used = (await pki.EvidenceAsync("credential", credential.Id.ToString()))[^1];
        Assert.Equal("credential.used", used.Act);
        Assert.Equal(Convert.ToHexStringLower(Hash), used.Details.GetProperty("hash").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(credential.Certificate.Chain[0].Span)), used.CertificateSha256);
        Assert.Equal((await pki.PersonAsync("giamdoc")).Id.ToString(), used.Details.GetProperty("person").GetString());
        Assert.True((await SignAsync(pki, credential, "giamdoc", scheme: SignatureScheme.RsaPssSha384, hash: new byte[48])).IsSuccess);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Five_wrong_pins_lock_and_the_right_one_comes_too_late(StoreKind kind)
    {
        await using PkiHost pki = await PkiHost.StartAsync(kind);
        CredentialInfo credential = await pki.EnrolAsync("giamdoc");

        for (int left = 4; left >= 1; left--)
            Assert.Equal(new Error("custody.wrong-pin", left), (await SignAsync(pki, credential, "giamdoc", "000000")).Error);
        Assert.Equal("custody.locked", (await SignAsync(pki, credential, "giamdoc", "000000")).Error?.Code);
        Assert.Equal("custody.locked", (await SignAsync(pki, credential, "giamdoc")).Error?.Code);

        Assert.Equal(["credential.enrolled", .. Enumerable.Repeat("credential.pin-refused", 4), "credential.locked"], await ActsAsync(pki, credential));
        Assert.True((await pki.RunAsync((ISigningCredentials c) => c.FindAsync(credential.Id, default)))!.Locked);
    }

    [Fact]
    public async Task The_right_pin_gives_the_tries_back()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CredentialInfo credential = await pki.EnrolAsync("giamdoc");
        for (int i = 0; i < 4; i++)
            await SignAsync(pki, credential, "giamdoc", "000000");
        Assert.Equal(4, await TriesAsync(pki, credential));
        Assert.True((await SignAsync(pki, credential, "giamdoc")).IsSuccess);
        Assert.Equal(0, await TriesAsync(pki, credential));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Thirty_wrong_pins_at_once_are_still_five_tries(StoreKind kind)
    {
        await using PkiHost pki = await PkiHost.StartAsync(kind);
        CredentialInfo credential = await pki.EnrolAsync("giamdoc");

        Task<Result<byte[]>>[] all = [.. Enumerable.Range(0, 30).Select(n => Task.Run(() => SignAsync(pki, credential, "giamdoc", $"{n:D6}")))];
        Result<byte[]>[] outcomes = await Task.WhenAll(all);

        Assert.All(outcomes, outcome => Assert.False(outcome.IsSuccess));
        IReadOnlyList<string> acts = await ActsAsync(pki, credential);
        Assert.Equal(5, acts.Count(act => act is "credential.pin-refused" or "credential.locked"));
        Assert.Equal(5, await TriesAsync(pki, credential));
    }

    [Theory]
    [InlineData(PinTries.AfterCount)]
    [InlineData(PinTries.AfterGuard)]
    public async Task A_kill_in_the_middle_costs_a_try_and_releases_nothing(string point)
    {
        using var folder = new TempFolder();
        CredentialInfo credential;
        await using (PkiHost broken = await PkiHost.StartAsync(crash: new BreakAt(point), folder: folder))
        {
            credential = await broken.EnrolAsync("giamdoc");
            await Assert.ThrowsAsync<BrokenOffException>(() => SignAsync(broken, credential, "giamdoc"));
        }

        await using PkiHost next = await PkiHost.StartAsync(folder: folder);
        Assert.Equal(1, await TriesAsync(next, credential));
        Assert.Equal(["credential.enrolled"], await ActsAsync(next, credential));
        Assert.True((await SignAsync(next, credential, "giamdoc")).IsSuccess);
    }

    [Theory]
    [InlineData(EnrolCredential.AfterKey)]
    [InlineData(EnrolCredential.AfterCertificate)]
    [InlineData("authority.issue.after-sign")]
    public async Task An_interrupted_enrolment_is_finished_by_the_next_start(string point)
    {
        using var folder = new TempFolder();
        await using (PkiHost broken = await PkiHost.StartAsync(crash: new BreakAt(point), folder: folder))
            await Assert.ThrowsAsync<BrokenOffException>(() => broken.EnrolAsync("giamdoc"));

        await using PkiHost next = await PkiHost.StartAsync(folder: folder);
        PersonInfo person = await next.PersonAsync("giamdoc");
        CredentialInfo credential = Assert.Single(await next.RunAsync((ISigningCredentials c) => c.ForPersonAsync(person.Id, default)));
        Assert.True((await SignAsync(next, credential, "giamdoc")).IsSuccess);
        Assert.Equal(credential.Id, (await next.EnrolAsync("giamdoc")).Id);
    }

    [Fact]
    public async Task Certificates_that_are_not_good_are_refused_before_a_try_is_spent()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero));
        await using PkiHost pki = await PkiHost.StartAsync(clock: clock);
        DateTimeOffset now = clock.GetUtcNow();
        CredentialInfo expired = await pki.EnrolAsync("hethan", now.AddYears(-2), now.AddDays(-1));
        CredentialInfo early = await pki.EnrolAsync("phogiamdoc", now.AddDays(1), now.AddYears(1));
        CredentialInfo revoked = await pki.EnrolAsync("thuhoi");
        await pki.RunAsync((ICertificateAuthority a) => a.RevokeAsync(revoked.Certificate.SerialNumber, Contracts.Authority.RevocationReason.AffiliationChanged, default));

        Assert.Equal(new Error("custody.expired", expired.Certificate.NotAfter), (await SignAsync(pki, expired, "hethan")).Error);
        Assert.Equal(new Error("custody.not-yet-valid", early.Certificate.NotBefore), (await SignAsync(pki, early, "phogiamdoc")).Error);
        Assert.Equal("custody.revoked", (await SignAsync(pki, revoked, "thuhoi")).Error?.Code);
        foreach (CredentialInfo credential in (CredentialInfo[])[expired, early, revoked])
            Assert.Equal(0, await TriesAsync(pki, credential));

        clock.Advance(TimeSpan.FromDays(2));
        Assert.True((await SignAsync(pki, early, "phogiamdoc")).IsSuccess);
    }

    [Fact]
    public async Task Only_the_holder_signs_and_only_what_the_key_can_sign()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CredentialInfo credential = await pki.EnrolAsync("giamdoc");

        Assert.Equal("custody.not-holder", (await SignAsync(pki, credential, "phogiamdoc")).Error?.Code);
        Assert.Equal("custody.not-found", (await SignAsync(pki, credential with { Id = new CredentialId(Guid.CreateVersion7()) }, "giamdoc")).Error?.Code);
        Assert.Equal("custody.bad-scheme", (await SignAsync(pki, credential, "giamdoc", scheme: SignatureScheme.EcdsaP256Sha256)).Error?.Code);
        Assert.Equal("custody.bad-scheme", (await SignAsync(pki, credential, "giamdoc", scheme: (SignatureScheme)77)).Error?.Code);
        Assert.Equal("custody.bad-hash", (await SignAsync(pki, credential, "giamdoc", hash: new byte[20])).Error?.Code);
        Assert.Equal(0, await TriesAsync(pki, credential));
    }

    [Fact]
    public async Task A_seal_moves_only_for_a_clerk_of_its_organisation_on_that_day()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero));
        await using PkiHost pki = await PkiHost.StartAsync(clock: clock);
        CredentialInfo seal = await pki.EnrolSealAsync("H99.05");
        Assert.Equal(seal.Id, Assert.Single(await pki.RunAsync((ISigningCredentials c) => c.SealsOfAsync(seal.Organisation, default))).Id);

        Assert.True((await SignAsync(pki, seal, "vanthu")).IsSuccess);
        Assert.Equal("custody.not-clerk", (await SignAsync(pki, seal, "giamdoc")).Error?.Code);
        Assert.Equal("custody.not-clerk", (await SignAsync(pki, seal, "vanthu2")).Error?.Code);

        PersonInfo clerk = await pki.PersonAsync("vanthu");
        await pki.RunAsync((AnTinDbContext db) => db.Set<Modules.Directory.Domain.Post>()
            .Where(p => p.PersonId == clerk.Id.Value).ExecuteUpdateAsync(set => set.SetProperty(p => p.To, new DateOnly(2026, 11, 21))));
        Assert.True((await SignAsync(pki, seal, "vanthu")).IsSuccess);

        // 17:00 UTC is midnight in Vietnam: the post is over.
        clock.SetUtcNow(new DateTimeOffset(2026, 11, 20, 17, 0, 0, TimeSpan.Zero));
        var activation = new SignatureActivation(seal.Id, clerk.Id, Hash, SignatureScheme.RsaPkcs1Sha256, PkiHost.Pin, "Quyết định");
        Assert.Equal("custody.not-clerk", (await pki.RunAsync((ISigningCredentials c) => c.SignHashAsync(activation, default))).Error?.Code);
    }

    [Fact]
    public async Task A_pin_is_never_tried_inside_a_transaction()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CredentialInfo credential = await pki.EnrolAsync("giamdoc");
        PersonInfo person = await pki.PersonAsync("giamdoc");
        await using AsyncServiceScope scope = pki.Host.Services.CreateAsyncScope();
        await using var transaction = await scope.ServiceProvider.GetRequiredService<AnTinDbContext>().Database.BeginTransactionAsync();
        var activation = new SignatureActivation(credential.Id, person.Id, Hash, SignatureScheme.RsaPkcs1Sha256, "000000", "Quyết định");

        await Assert.ThrowsAsync<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<ISigningCredentials>().SignHashAsync(activation, default));
    }

    [Fact]
    public async Task Keys_at_rest_are_ciphertext_bound_to_their_credential()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CredentialInfo one = await pki.EnrolAsync("giamdoc");
        CredentialInfo two = await pki.EnrolAsync("phogiamdoc");
        List<Credential> rows = await pki.RunAsync((AnTinDbContext db) => db.Set<Credential>().AsNoTracking().ToListAsync());
        byte[] rsaEncryption = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];
        Assert.All(rows, row => Assert.Equal(-1, row.SealedKey.AsSpan().IndexOf(rsaEncryption)));
        Assert.Equal(32, new FileInfo(Path.Combine(pki.Host.DataDirectory, "keys", "custody.key")).Length);

        byte[] stolen = rows.Single(r => r.Id == two.Id.Value).SealedKey;
        await pki.RunAsync((AnTinDbContext db) => db.Set<Credential>().Where(c => c.Id == one.Id.Value).ExecuteUpdateAsync(set => set.SetProperty(c => c.SealedKey, stolen)));
        await Assert.ThrowsAsync<SealedKeyDamagedException>(() => SignAsync(pki, one, "giamdoc"));
        Assert.True((await SignAsync(pki, two, "phogiamdoc")).IsSuccess);
    }

    [Fact]
    public async Task Long_purposes_are_shortened_not_refused()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        CredentialInfo credential = await pki.EnrolAsync("giamdoc");
        PersonInfo person = await pki.PersonAsync("giamdoc");
        string title = new StringBuilder().Insert(0, "Về việc ", 10_000).ToString();
        var activation = new SignatureActivation(credential.Id, person.Id, Hash, SignatureScheme.RsaPkcs1Sha256, PkiHost.Pin, title);
        Assert.True((await pki.RunAsync((ISigningCredentials c) => c.SignHashAsync(activation, default))).IsSuccess);
    }
}
