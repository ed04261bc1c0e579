using AnTin.Asn1;
using AnTin.Cms;
using AnTin.Keys;
using AnTin.TestKit;
using AnTin.TestKit.Pki;
using AnTin.X509;
using Org.BouncyCastle.Cms;

namespace AnTin.Formats.Tests.Cms;

public sealed class CmsSignatureTests
{
    private static readonly TestPki Pki = TestPki.Shared;
    private static readonly byte[] Content = System.Text.Encoding.UTF8.GetBytes("Quyết định số 05/QĐ-UBND của tỉnh An Bình");
    private static readonly Lazy<PkiCredential> P384 = new(() => Pki.Officer("Phạm Thị Bốn", "bon@anbinh.example", KeyKind.EcP384));

    public static TheoryData<SignatureScheme> Schemes =>
    [
        SignatureScheme.RsaPkcs1Sha256, SignatureScheme.RsaPkcs1Sha384, SignatureScheme.RsaPkcs1Sha512, SignatureScheme.RsaPssSha256,
        SignatureScheme.RsaPssSha384, SignatureScheme.RsaPssSha512, SignatureScheme.EcdsaP256Sha256, SignatureScheme.EcdsaP384Sha384,
    ];

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Openssl_accepts_the_detached_signature(SignatureScheme scheme)
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var folder = new TempFolder();
        var run = await OutsideTool.RunAsync("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", folder.Write("sig.p7s", Sign(scheme)),
            "-content", folder.Write("content", Content), "-CAfile", folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of(Pki.Root.Certificate))),
            "-attime", TestPki.Noon.ToUnixTimeSeconds().ToString(), "-purpose", "any", "-cades", "-out", folder["out"]);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void BouncyCastle_accepts_it_and_so_do_we(SignatureScheme scheme)
    {
        var cms = Sign(scheme);
        var theirs = new CmsSignedData(new CmsProcessableByteArray(Content), cms);
        foreach (var signer in theirs.GetSignerInfos().GetSigners())
        {
            var certificate = theirs.GetCertificates().EnumerateMatches(signer.SignerID).Single();
            Assert.True(signer.Verify(certificate));
        }

        var ours = SignedData.Parse(cms);
        var info = Assert.Single(ours.Signers);
        var found = ours.FindCertificate(info)!;
        Assert.Equal(CredentialFor(scheme).Certificate, found);
        var verification = SignerVerification.Verify(info, ours.ContentType, found, DigestAlgorithm.Of(scheme.HashName()).Hash(Content));
        Assert.True(verification.IsIntact, verification.ToString());
        Assert.Equal(EssCheck.Matches, verification.Ess);
        Assert.Null(info.SigningTime);
        Assert.Null(ours.Content);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void The_predicted_size_holds_what_comes(SignatureScheme scheme)
    {
        var signer = SignerFor(scheme);
        var token = Pki.Timestamp(Content, TestPki.Noon);
        var builder = signer.Prepare(DigestAlgorithm.Of(scheme.HashName()).Hash(Content));
        var value = CredentialFor(scheme).Key.SignHash(builder.HashToSign(), scheme);
        var slack = scheme.Family() == SignatureFamily.Ecdsa ? 12 : 0;
        Assert.InRange(signer.PredictSize() - builder.Complete(value).Length, 0, slack);
        Assert.InRange(signer.PredictSize(token.Length) - builder.Complete(value, token).Length, 0, slack);
    }

    [Fact]
    public void A_prepared_signature_is_completed_by_another_builder()
    {
        var first = SignerFor(SignatureScheme.RsaPkcs1Sha256).Prepare(DigestAlgorithm.Sha256.Hash(Content));
        var stored = first.SignedAttributes.ToArray();
        var resumed = CmsSigner.Create(Pki.Officer1.Certificate, [Pki.Root.Certificate, Pki.Ca.Certificate, Pki.Ca.Certificate], SignatureScheme.RsaPkcs1Sha256).Resume(stored);
        var value = Pki.Officer1.Key.SignHash(resumed.HashToSign(), resumed.Scheme);
        Assert.Equal(first.Complete(value), resumed.Complete(value));
    }

    [Fact]
    public void Signed_attributes_are_a_sorted_DER_set_with_the_required_members()
    {
        var options = new CmsSignerOptions { Commitments = [Oids.CommitmentProofOfApproval], ContentHintsDescription = "text/plain" };
        var signer = CmsSigner.Create(Pki.Officer2.Certificate, [], SignatureScheme.EcdsaP256Sha256, options);
        var prepared = signer.Prepare(DigestAlgorithm.Sha256.Hash(Content), TestPki.Noon);
        Assert.Equal(DerTranscoder.Transcode(prepared.SignedAttributes), prepared.SignedAttributes.ToArray());
        var parsed = SignedData.Parse(prepared.Complete(Pki.Officer2.Key.SignHash(prepared.HashToSign(), prepared.Scheme))).Signers[0];
        Assert.Equal(TestPki.Noon, parsed.SigningTime);
        Assert.Equal(Oids.Data, parsed.SignedContentType);
        Assert.NotNull(parsed.FindSigned(Oids.CommitmentType));
        Assert.NotNull(parsed.FindSigned(Oids.ContentHints));
        Assert.Equal(6, parsed.SignedAttributes!.Count);
    }

    [Fact]
    public void The_time_stamp_travels_as_an_unsigned_attribute_and_verifies()
    {
        var signer = SignerFor(SignatureScheme.RsaPkcs1Sha256);
        var builder = signer.Prepare(DigestAlgorithm.Sha256.Hash(Content));
        var value = Pki.Officer1.Key.SignHash(builder.HashToSign(), builder.Scheme);
        var parsed = SignedData.Parse(builder.Complete(value, Pki.Timestamp(value, TestPki.Noon)));
        var token = TimestampToken.Parse(Assert.Single(parsed.Signers[0].SignatureTimestamps));
        var verification = token.Verify(parsed.Signers[0].Signature.Span);
        Assert.True(verification.IsIntact && verification.PurposeAgrees, verification.ToString());
        Assert.Equal(TestPki.Noon, token.Info.Time);
        Assert.False(token.Verify(Content).IsIntact);
    }

    [Theory]
    [InlineData("content")]
    [InlineData("signature")]
    [InlineData("certificate")]
    public void What_was_altered_is_found(string what)
    {
        var data = SignedData.Parse(Sign(SignatureScheme.RsaPkcs1Sha256));
        var signer = data.Signers[0];
        var digest = DigestAlgorithm.Sha256.Hash(what == "content" ? [.. Content, 0] : Content);
        if (what == "signature")
        {
            var bytes = data.RawData.ToArray();
            bytes[^1] ^= 1;
            data = SignedData.Parse(bytes);
            signer = data.Signers[0];
        }

        var certificate = what == "certificate" ? Pki.Seal.Certificate : Pki.Officer1.Certificate;
        var verification = SignerVerification.Verify(signer, data.ContentType, certificate, digest);
        Assert.False(verification.IsIntact);
        Assert.Equal(what == "content", !verification.DigestAgrees);
        Assert.Equal(what != "content", verification.Signature != SignatureCheck.Valid);
        Assert.Equal(what == "certificate" ? EssCheck.Mismatch : EssCheck.Matches, verification.Ess);
    }

    [Fact]
    public void Attributes_out_of_order_are_verified_in_the_order_they_were_signed_or_sorted()
    {
        var signer = SignerFor(SignatureScheme.RsaPkcs1Sha256);
        var builder = signer.Prepare(DigestAlgorithm.Sha256.Hash(Content));
        var value = Pki.Officer1.Key.SignHash(builder.HashToSign(), builder.Scheme);
        var cms = builder.Complete(value);

        // The same set with its first element moved to the end: a careless encoder hashed the sorted form and sent this one.
        var content = Asn1Reader.Der(builder.SignedAttributes, "set").ReadContent("set").Span;
        var first = content[..(content[1] + 2)];
        byte[] moved = [.. content[first.Length..], .. first];
        var at = cms.AsSpan().IndexOf(content);
        Assert.True(at > 0);
        moved.CopyTo(cms.AsSpan(at));
        var data = SignedData.Parse(cms);
        var verification = SignerVerification.Verify(data.Signers[0], data.ContentType, Pki.Officer1.Certificate, DigestAlgorithm.Sha256.Hash(Content));
        Assert.True(verification.IsIntact, verification.ToString());
    }

    [Fact]
    public async Task BER_with_indefinite_lengths_and_padding_is_read()
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var folder = new TempFolder();
        var key = folder.Write("key.pem", System.Text.Encoding.ASCII.GetBytes(
            System.Security.Cryptography.PemEncoding.WriteString("PRIVATE KEY", Pki.Officer1.Key.ExportPkcs8())));
        var certificate = folder.Write("cert.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of(Pki.Officer1.Certificate)));
        var run = await OutsideTool.RunAsync("openssl", "cms", "-sign", "-binary", "-stream", "-nodetach", "-outform", "DER", "-in", folder.Write("content", Content),
            "-signer", certificate, "-inkey", key, "-out", folder["ber"]);
        Assert.True(run.ExitCode == 0, run.Everything);
        var ber = File.ReadAllBytes(folder["ber"]);
        Assert.Equal(0x80, ber[1]);
        var data = SignedData.Parse(new byte[][] { ber, new byte[100] }.SelectMany(b => b).ToArray(), TrailingData.AllowZeroPadding);
        Assert.Equal(Content, data.Content!.Value.ToArray());
        Assert.Equal(ber.Length, data.RawData.Length);
        var verification = SignerVerification.Verify(data.Signers[0], data.ContentType, Pki.Officer1.Certificate, DigestAlgorithm.Sha256.Hash(Content));
        Assert.True(verification.IsIntact, verification.ToString());
        Assert.Equal(EssCheck.Absent, verification.Ess);
        Assert.Throws<Asn1FormatException>(() => SignedData.Parse(new byte[][] { ber, [1] }.SelectMany(b => b).ToArray(), TrailingData.AllowZeroPadding));
        Assert.Throws<Asn1FormatException>(() => SignedData.Parse(new byte[][] { ber, [0] }.SelectMany(b => b).ToArray()));
    }

    [Fact]
    public void A_scheme_that_the_key_cannot_make_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => CmsSigner.Create(Pki.Officer2.Certificate, [], SignatureScheme.RsaPkcs1Sha256));

    private static PkiCredential CredentialFor(SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.EcdsaP256Sha256 => Pki.Officer2,
        SignatureScheme.EcdsaP384Sha384 => P384.Value,
        _ => Pki.Officer1,
    };

    private static CmsSigner SignerFor(SignatureScheme scheme) =>
        CmsSigner.Create(CredentialFor(scheme).Certificate, [Pki.Ca.Certificate, Pki.Root.Certificate], scheme);

    private static byte[] Sign(SignatureScheme scheme)
    {
        var builder = SignerFor(scheme).Prepare(DigestAlgorithm.Of(scheme.HashName()).Hash(Content));
        return builder.Complete(CredentialFor(scheme).Key.SignHash(builder.HashToSign(), scheme));
    }
}
