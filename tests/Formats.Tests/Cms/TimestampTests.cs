using AnTin.Asn1;
using AnTin.Cms;
using AnTin.TestKit;
using AnTin.TestKit.Pki;
using AnTin.X509;

namespace AnTin.Formats.Tests.Cms;

public sealed class TimestampTests
{
    private const string Policy = "1.3.6.1.4.1.99999.1";
    private static readonly TestPki Pki = TestPki.Shared;
    private static readonly byte[] Data = System.Text.Encoding.UTF8.GetBytes("giá trị chữ ký");

    private static TimestampIssuer Issuer => new(Pki.Tsa.Certificate, [Pki.Ca.Certificate], Pki.Tsa.Key.DefaultScheme, Policy, TimeSpan.FromMilliseconds(1500));

    [Theory]
    [InlineData("-sha256", true)]
    [InlineData("-sha512", true)]
    [InlineData("-sha256", false)]
    public async Task Openssl_asks_we_stamp_openssl_verifies(string digest, bool withCertificate)
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var folder = new TempFolder();
        var data = folder.Write("data", Data);
        string[] ask = ["ts", "-query", "-data", data, digest, "-out", folder["req"]];
        await OutsideTool.RunAsync("openssl", withCertificate ? [.. ask, "-cert"] : ask);
        var request = TimestampRequest.Parse(File.ReadAllBytes(folder["req"]));
        Assert.Equal(withCertificate, request.CertificateWanted);
        Assert.True(request.Imprint.Matches(Data));
        var builder = Issuer.Prepare(request, DateTimeOffset.UtcNow, [0xff, 1, 2]);
        var token = builder.Complete(Pki.Tsa.Key.SignHash(builder.HashToSign(), builder.Scheme));
        var chain = folder.Write("chain.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of([Pki.Tsa.Certificate, Pki.Ca.Certificate])));
        var run = await OutsideTool.RunAsync("openssl", "ts", "-verify", "-queryfile", folder["req"], "-in", folder.Write("resp", TimestampResponse.Granted(token)),
            "-CAfile", folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of(Pki.Root.Certificate))), "-untrusted", chain);
        Assert.True(run.ExitCode == 0 && run.Everything.Contains("Verification: OK", StringComparison.Ordinal), run.Everything);
    }

    [Fact]
    public async Task We_ask_and_openssl_stamps()
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var folder = new TempFolder();
        var request = TimestampRequest.For(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256.Hash(Data), [0xff, 2, 3, 4, 5, 6, 7, 8]);
        var configuration = $"""
            [tsa]
            default_tsa = here
            [here]
            serial = {folder["serial"]}
            default_policy = 1.2.3.4.1
            digests = sha1, sha256
            accuracy = secs:1, millisecs:500, microsecs:100
            ess_cert_id_alg = sha256
            ordering = yes
            tsa_name = yes
            """;
        folder.Write("serial", "01"u8);
        var run = await OutsideTool.RunAsync("openssl", "ts", "-reply", "-config", folder.Write("conf", System.Text.Encoding.ASCII.GetBytes(configuration)),
            "-queryfile", folder.Write("req", request.Encode()), "-out", folder["resp"], "-sha256",
            "-signer", folder.Write("tsa.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of(Pki.Tsa.Certificate))),
            "-inkey", folder.Write("key.pem", System.Text.Encoding.ASCII.GetBytes(System.Security.Cryptography.PemEncoding.WriteString("PRIVATE KEY", Pki.Tsa.Key.ExportPkcs8()))));
        Assert.True(run.ExitCode == 0, run.Everything);
        var response = TimestampResponse.Parse(File.ReadAllBytes(folder["resp"]));
        Assert.True(response.IsGranted);
        var token = TimestampToken.Parse(response.Token);
        var verification = token.Verify(Data);
        Assert.True(verification.IsIntact && verification.PurposeAgrees, verification.ToString());
        Assert.Equal(request.Nonce!.Value.ToArray(), token.Info.Nonce!.Value.ToArray());
        Assert.Equal(TimeSpan.FromMicroseconds(1_500_100), token.Info.Accuracy);
        Assert.True(token.Info.Ordering);
        Assert.NotNull(token.Info.Authority);
    }

    [Fact]
    public void A_token_without_certificate_verifies_with_one_given()
    {
        var request = TimestampRequest.For(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256.Hash(Data), default) with { CertificateWanted = false };
        var builder = Issuer.Prepare(request, TestPki.Noon, [1]);
        var token = TimestampToken.Parse(builder.Complete(Pki.Tsa.Key.SignHash(builder.HashToSign(), builder.Scheme)));
        Assert.Empty(token.SignedData.Certificates);
        Assert.Null(token.Verify(Data).Certificate);
        Assert.True(token.Verify(Data, [Pki.Tsa.Certificate]).IsIntact);
        Assert.True(token.VerifyDigest(DigestAlgorithm.Sha256.Hash(Data), [Pki.Tsa.Certificate]).IsIntact);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), token.Info.Accuracy);
    }

    [Fact]
    public void A_stamp_by_a_certificate_for_another_purpose_is_told()
    {
        var issuer = new TimestampIssuer(Pki.Officer2.Certificate, [], Pki.Officer2.Key.DefaultScheme, Policy, null);
        var builder = issuer.Prepare(TimestampRequest.For(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256.Hash(Data), [1]), TestPki.Noon, [1]);
        var verification = TimestampToken.Parse(builder.Complete(Pki.Officer2.Key.SignHash(builder.HashToSign(), builder.Scheme))).Verify(Data);
        Assert.True(verification.IsIntact);
        Assert.False(verification.PurposeAgrees);
    }

    [Fact]
    public void A_SHA1_imprint_is_read_and_can_be_told_weak()
    {
        var sha1 = new TimestampRequest(new MessageImprint(Oids.Sha1, DigestAlgorithm.Sha1.Hash(Data)), null, null, true);
        var parsed = TimestampRequest.Parse(sha1.Encode());
        Assert.Equal(DigestAlgorithm.Sha1, parsed.Imprint.Digest);
        Assert.True(parsed.Imprint.Matches(Data));
    }

    [Fact]
    public void A_refusal_says_why()
    {
        var refused = TimestampResponse.Parse(TimestampResponse.Rejected(TimestampFailure.UnacceptedPolicy, "không có chính sách này"));
        Assert.False(refused.IsGranted);
        Assert.Equal(TimestampFailure.UnacceptedPolicy, refused.Failure);
        Assert.Equal("không có chính sách này", refused.Text);
    }

    [Fact]
    public void A_token_of_an_ordinary_signature_is_refused()
    {
        var builder = CmsSigner.Create(Pki.Officer2.Certificate, [], SignatureScheme.EcdsaP256Sha256).Prepare(DigestAlgorithm.Sha256.Hash(Data));
        var cms = builder.Complete(Pki.Officer2.Key.SignHash(builder.HashToSign(), builder.Scheme));
        Assert.Throws<Asn1FormatException>(() => TimestampToken.Parse(cms));
    }
}
