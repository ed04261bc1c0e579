using System.Text;
using AnTin.Cms;
using AnTin.Contracts.Authority;
using AnTin.Modules.Authority.Domain;
using AnTin.Modules.Authority.Features;
using AnTin.Modules.Authority.Persistence;
using AnTin.Modules.Tests.Pki;
using AnTin.Platform.Hosting;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using AnTin.X509;
using Microsoft.Extensions.Time.Testing;
using Folders = System.IO.Directory;

namespace AnTin.Modules.Tests.Authority;

public sealed class HierarchyFolderTests
{
    private static readonly Uri BaseUrl = new("http://127.0.0.1:8888");

    private static readonly string[] Expected =
    [
        "root.pem", "ca.pem", "officer1.p12", "officer1.pass", "officer2.p12", "officer2.pass", "seal.p12", "seal.pass", "ocsp.p12", "ocsp.pass",
        "tsa.p12", "tsa.pass", "public-root.pem", "public1.p12", "public1.pass", "trust/root.pem", "trust/public-root.pem",
    ];

    [Fact]
    public async Task Makes_a_complete_hierarchy_that_openssl_opens_and_verifies()
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var files = new TempFolder();
        string folder = files["pki"];
        await HierarchyFolder.CreateAsync(folder, BaseUrl, DateTimeOffset.UtcNow, default);

        Assert.All(Expected, name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
        foreach (string name in (string[])["officer1", "officer2", "seal", "public1", "tsa"])
        {
            ToolRun opened = await OutsideTool.RunAsync("openssl", "pkcs12", "-in", Path.Combine(folder, name + ".p12"), "-passin", "file:" + Path.Combine(folder, name + ".pass"),
                "-nokeys", "-clcerts", "-out", files[name + ".pem"]);
            Assert.True(opened.ExitCode == 0, opened.Everything);
            string[] chain = name == "public1"
                ? ["-CAfile", Path.Combine(folder, "public-root.pem")]
                : ["-CAfile", Path.Combine(folder, "root.pem"), "-untrusted", Path.Combine(folder, "ca.pem")];
            ToolRun verified = await OutsideTool.RunAsync("openssl", ["verify", "-x509_strict", .. chain, files[name + ".pem"]]);
            Assert.True(verified.ExitCode == 0, $"{name}: {verified.Everything}");
        }

        TrustMaterial trust = new TrustFolder(Path.Combine(folder, "trust")).Material;
        Assert.Equal([AnchorClass.Public, AnchorClass.OfficialDuty], trust.Anchors.Select(a => a.Class));
        Assert.Single(trust.Certificates);
        await Assert.ThrowsAsync<IOException>(() => HierarchyFolder.CreateAsync(folder, BaseUrl, DateTimeOffset.UtcNow, default));
    }

    [Fact]
    public async Task Serves_lists_answers_and_stamps_and_revokes_by_one_line()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero));
        using var files = new TempFolder();
        string folder = files["pki"];
        await HierarchyFolder.CreateAsync(folder, BaseUrl, clock.GetUtcNow(), default);
        using var served = ServedHierarchy.Open(folder, clock);
        Assert.Equal(BaseUrl, served.BaseUrl);
        Certificate ca = Certificate.Parse((await served.FindCertificateAsync("ca", default))!.Der);
        Certificate officer = Certificate.Parse(Pem.Decode(await File.ReadAllTextAsync(Path.Combine(folder, "officer1.pem")), Pem.CertificateLabel));
        byte[] question = OcspRequest.Build([OcspCertId.For(ca, officer.SerialNumber, DigestAlgorithm.Sha1)], default);

        Assert.Equal(X509.CertificateStatus.Good, OcspResponse.Parse(await served.AnswerOcspAsync(question, default)).Answers[0].Status);
        CertificateRevocationList before = CertificateRevocationList.Parse((await served.FindCrlAsync("ca", default))!.Der);
        Assert.Empty(before.Entries);

        clock.Advance(TimeSpan.FromMinutes(1));
        ServedHierarchy.Revoke(folder, "officer1.pem", Contracts.Authority.RevocationReason.KeyCompromise, clock.GetUtcNow());

        OcspAnswer revoked = OcspResponse.Parse(await served.AnswerOcspAsync(question, default)).Answers[0];
        Assert.Equal(X509.CertificateStatus.Revoked, revoked.Status);
        Assert.Equal(X509.RevocationReason.KeyCompromise, revoked.Reason);
        CertificateRevocationList after = CertificateRevocationList.Parse((await served.FindCrlAsync("ca", default))!.Der);
        Assert.Equal(officer.SerialNumber, Assert.Single(after.Entries).SerialNumber);
        Assert.True(after.Number > before.Number);
        Assert.Empty(CertificateRevocationList.Parse((await served.FindCrlAsync("public-root", default))!.Der).Entries);
        Assert.Null(await served.FindCrlAsync("nobody", default));

        byte[] stamp = new TimestampRequest(new MessageImprint(Asn1.Oids.Sha256, new byte[32]), null, null, true).Encode();
        Assert.True(TimestampResponse.Parse(await served.AnswerTimeStampAsync(stamp, default)).IsGranted);
    }

    [Fact]
    public async Task A_folder_that_is_something_else_is_refused_in_words()
    {
        using var files = new TempFolder();
        Assert.ThrowsAny<IOException>(() => ServedHierarchy.Open(files.Path, TimeProvider.System));
        files.Write("pki.json", "{}"u8);
        Assert.Throws<FormatException>(() => ServedHierarchy.Open(files.Path, TimeProvider.System));
        files.Write("pki.json", "not json"u8);
        Assert.Throws<FormatException>(() => ServedHierarchy.Open(files.Path, TimeProvider.System));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => HierarchyFolder.CreateAsync(files["late"], BaseUrl, DateTimeOffset.UtcNow, cancelled.Token));
        Assert.False(Folders.Exists(files["late"]));
        Assert.Empty(Folders.EnumerateDirectories(files.Path));
    }

    [Fact]
    public async Task The_servers_keys_lie_encrypted_in_files_only_their_owner_reads()
    {
        using var folder = new TempFolder();
        await using PkiHost pki = await PkiHost.StartAsync(folder: folder);
        string keys = folder["keys/authority"];

        foreach (string file in Folders.EnumerateFiles(keys))
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.DoesNotContain("BEGIN PRIVATE KEY", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
        Assert.Contains("BEGIN ENCRYPTED PRIVATE KEY", await File.ReadAllTextAsync(Path.Combine(keys, "ca.key")), StringComparison.Ordinal);

        var store = new HierarchyStore(keys);
        Assert.Equal(pki.Hierarchy.Issuing.KeyId, store.Load(BaseUrl)!.Issuing.KeyId);
        File.Copy(Path.Combine(keys, "tsa.key"), Path.Combine(keys, "ca.key"), overwrite: true);
        Assert.Contains("not the key", Assert.Throws<HierarchyStoreException>(() => store.Load(BaseUrl)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(keys, "store.password"), "another");
        Assert.Throws<HierarchyStoreException>(() => store.Load(BaseUrl));
    }

    [Fact]
    public async Task A_writer_killed_half_way_leaves_no_hierarchy_and_no_rubbish()
    {
        using var folder = new TempFolder();
        string keys = folder["keys/authority"];
        Folders.CreateDirectory(keys + ".new-dead");
        await File.WriteAllTextAsync(Path.Combine(keys + ".new-dead", "store.password"), "half");
        var store = new HierarchyStore(keys);
        Assert.Null(store.Load(BaseUrl));
        store.RemoveLeftovers();
        Assert.Empty(Folders.EnumerateFileSystemEntries(folder["keys"]));
    }

    [Fact]
    public async Task Production_refuses_a_demonstration_authority()
    {
        using var folder = new TempFolder();
        await using (await PkiHost.StartAsync(folder: folder))
        {
        }
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["AnTin:Evidence:Origin"] = "antin.example", ["AnTin:Database:MigrateAtStart"] = "true" };

        SettingsException refusal = await Assert.ThrowsAsync<SettingsException>(() => TestHost.StartAsync(settings: settings, folder: folder, environment: "Production"));

        Assert.Contains("demonstration", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trust_that_cannot_be_read_stops_the_start()
    {
        using var files = new TempFolder();
        Assert.Throws<TrustFolderException>(() => new TrustFolder(files["missing"]));
        files.Write("ignored.txt", "words"u8);
        Assert.Empty(new TrustFolder(files.Path).Material.Anchors);
        files.Write("bad.pem", "no certificate here"u8);
        Assert.Throws<TrustFolderException>(() => new TrustFolder(files.Path));
        files.Write("bad.pem", Encoding.ASCII.GetBytes(Pem.Encode(Pem.CertificateLabel, [0x30, 0x00])));
        Assert.Throws<TrustFolderException>(() => new TrustFolder(files.Path));
        Assert.Empty(new TrustFolder(null).Material.Anchors);
    }

    [Fact]
    public async Task Verification_here_believes_the_own_root_and_needs_no_network()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        TrustMaterial trust = await pki.RunAsync((ITrustSource source) => source.GetAsync(default));
        Assert.Equal(AnchorClass.OfficialDuty, Assert.Single(trust.Anchors).Class);
        Assert.Equal(2, trust.Crls.Count);
        Assert.Contains(trust.Certificates, c => c.Span.SequenceEqual(pki.Hierarchy.Issuing.Certificate.RawData.Span));
    }
}
