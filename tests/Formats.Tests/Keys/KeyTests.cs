using System.Security.Cryptography;
using AnTin.Keys;
using AnTin.TestKit;
using AnTin.TestKit.Pki;
using AnTin.X509;

namespace AnTin.Formats.Tests.Keys;

public sealed class KeyTests
{
    private static readonly TestPki Pki = TestPki.Shared;

    [Theory]
    [InlineData(KeyKind.Rsa2048, 2048)]
    [InlineData(KeyKind.Rsa3072, 3072)]
    [InlineData(KeyKind.EcP256, 256)]
    [InlineData(KeyKind.EcP384, 384)]
    public async Task A_generated_key_signs_under_every_scheme_it_has(KeyKind kind, int bits)
    {
        using var key = SoftwareKey.Generate(kind);
        Assert.Equal(bits, key.PublicKey.Bits);
        foreach (var scheme in SignatureSchemes.For(key.PublicKey))
        {
            var hash = RandomNumberGenerator.GetBytes(scheme.HashLength());
            var pending = key.SignHashAsync(hash, scheme, CancellationToken.None);
            Assert.True(pending.IsCompletedSuccessfully);
            var signature = await pending;
            Assert.True(SignatureVerification.VerifyHash(key.PublicKey, scheme, hash, signature));
            Assert.True(signature.Length <= SignatureSchemes.MaxSignatureLength(key.PublicKey));
            hash[0] ^= 1;
            Assert.False(SignatureVerification.VerifyHash(key.PublicKey, scheme, hash, signature));
        }
    }

    [Fact]
    public void Many_threads_share_one_key()
    {
        var key = Pki.Officer1.Key;
        var hash = new byte[32];
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            Assert.True(SignatureVerification.VerifyHash(key.PublicKey, key.DefaultScheme, hash, key.SignHash(hash, key.DefaultScheme))));
    }

    [Fact]
    public void A_hash_of_the_wrong_length_or_a_scheme_of_another_key_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Pki.Officer1.Key.SignHash(new byte[31], SignatureScheme.RsaPkcs1Sha256));
        Assert.Throws<ArgumentException>(() => Pki.Officer1.Key.SignHash(new byte[32], SignatureScheme.EcdsaP256Sha256));
    }

    [Fact]
    public void A_disposed_key_signs_no_more()
    {
        var key = SoftwareKey.Generate(KeyKind.EcP256);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.SignHash(new byte[32], SignatureScheme.EcdsaP256Sha256));
        Assert.Throws<ObjectDisposedException>(() => key.ExportPkcs8());
    }

    [Fact]
    public void PKCS8_comes_back_the_same_plain_and_encrypted()
    {
        foreach (var credential in new[] { Pki.Officer1, Pki.Officer2 })
        {
            using var plain = SoftwareKey.FromPkcs8(credential.Key.ExportPkcs8());
            using var encrypted = SoftwareKey.FromEncryptedPkcs8(credential.Key.ExportEncryptedPkcs8("mật khẩu", 1000), "mật khẩu");
            Assert.Equal(credential.Key.SubjectPublicKeyInfo.ToArray(), plain.SubjectPublicKeyInfo.ToArray());
            Assert.Equal(credential.Key.SubjectPublicKeyInfo.ToArray(), encrypted.SubjectPublicKeyInfo.ToArray());
            var file = credential.Key.ExportEncryptedPkcs8("a", 1000);
            Assert.ThrowsAny<CryptographicException>(() => SoftwareKey.FromEncryptedPkcs8(file, "b"));
        }
    }

    [Theory]
    [InlineData("Officer1")]
    [InlineData("Officer2")]
    public async Task Openssl_opens_our_key_file(string name)
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var folder = new TempFolder();
        var credential = (PkiCredential)typeof(TestPki).GetProperty(name)!.GetValue(Pki)!;
        var file = folder.Write("key.p12", Pkcs12.Save(credential.Key, credential.Certificate, [Pki.Ca.Certificate, Pki.Root.Certificate], "bí mật 1", "Cán bộ", 2000));
        var run = await OutsideTool.RunAsync("openssl", "pkcs12", "-in", file, "-passin", "pass:bí mật 1", "-nodes", "-info");
        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.Equal(3, run.Output.Split("BEGIN CERTIFICATE").Length - 1);
        Assert.Contains("BEGIN PRIVATE KEY", run.Output, StringComparison.Ordinal);
        using var again = SoftwareKey.FromPem(run.Output[run.Output.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal)..]);
        Assert.Equal(credential.Key.SubjectPublicKeyInfo.ToArray(), again.SubjectPublicKeyInfo.ToArray());
    }

    [Theory]
    [InlineData("new", "-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC")]
    [InlineData("triple DES", "-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1")]
    public async Task We_open_the_key_files_of_openssl(string what, params string[] options)
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var folder = new TempFolder();
        var key = folder.Write("key.pem", System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("PRIVATE KEY", Pki.Officer1.Key.ExportPkcs8())));
        var run = await OutsideTool.RunAsync("openssl", [.. new[] { "pkcs12", "-export", "-inkey", key, "-in", folder.Write("cert.pem",
            System.Text.Encoding.ASCII.GetBytes(Pem.Of(Pki.Officer1.Certificate))), "-certfile", folder.Write("ca.pem",
            System.Text.Encoding.ASCII.GetBytes(Pem.Of(Pki.Ca.Certificate))), "-passout", "pass:secret", "-name", what, "-out", folder["a.p12"] }, .. options]);
        Assert.True(run.ExitCode == 0, run.Everything);
        var content = Pkcs12.Load(File.ReadAllBytes(folder["a.p12"]), "secret");
        using var loaded = content.Key;
        Assert.Equal(Pki.Officer1.Certificate, content.Certificate);
        Assert.Equal(Pki.Ca.Certificate, Assert.Single(content.Chain));
        Assert.Equal(KeyFileProblem.WrongPassword, Assert.Throws<KeyFileException>(() => Pkcs12.Load(File.ReadAllBytes(folder["a.p12"]), "Secret")).Problem);
    }

    [Fact]
    public void What_is_no_key_file_is_refused_with_the_one_exception()
    {
        var good = Pkcs12.Save(Pki.Officer2.Key, Pki.Officer2.Certificate, [], "x", iterations: 1000);
        foreach (var bad in new byte[][] { [], [0x30], [0x30, 0x80], good[..^1], good[..40], new byte[5000] })
        {
            Assert.Throws<KeyFileException>(() => Pkcs12.Load(bad, "x"));
        }

        var seed = new Random(12);
        for (var i = 0; i < 300; i++)
        {
            var mutated = good.ToArray();
            mutated[seed.Next(mutated.Length)] ^= (byte)(1 << seed.Next(8));
            try
            {
                Pkcs12.Load(mutated, "x").Key.Dispose();
            }
            catch (KeyFileException)
            {
                // The refusal that is allowed; anything else fails the test.
            }
        }
    }

    [Fact]
    public void A_key_file_whose_certificate_is_of_another_key_is_refused()
    {
        var file = Pkcs12.Save(Pki.Officer2.Key, Pki.Officer1.Certificate, [], "x", iterations: 1000);
        Assert.Equal(KeyFileProblem.NoCertificate, Assert.Throws<KeyFileException>(() => Pkcs12.Load(file, "x")).Problem);
    }
}
