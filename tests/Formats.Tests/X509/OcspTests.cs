using AnTin.Asn1;
using AnTin.TestKit;
using AnTin.TestKit.Pki;
using AnTin.X509;

namespace AnTin.Formats.Tests.X509;

public sealed class OcspTests
{
    private static readonly TestPki Pki = TestPki.Shared;

    [Theory]
    [InlineData("good")]
    [InlineData("revoked")]
    [InlineData("unknown")]
    public async Task Openssl_accepts_our_answer(string status)
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var folder = new TempFolder();
        var now = DateTimeOffset.UtcNow.AddMinutes(-1);
        var response = TestPki.Answer(Pki.Ocsp, Pki.Ca.Certificate, Pki.Officer1.Certificate.SerialNumber,
            Enum.Parse<CertificateStatus>(status, ignoreCase: true), now, now.AddDays(-1));
        var run = await OutsideTool.RunAsync("openssl", "ocsp", "-issuer", Write(folder, "ca.pem", Pki.Ca.Certificate),
            "-cert", Write(folder, "leaf.pem", Pki.Officer1.Certificate), "-CAfile", Write(folder, "root.pem", Pki.Root.Certificate),
            "-respin", folder.Write("resp.der", response.RawData.Span), "-no_nonce");
        Assert.Contains("Response verify OK", run.Everything, StringComparison.Ordinal);
        Assert.Contains("leaf.pem: " + status, run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task We_read_the_request_of_openssl_and_it_reads_ours()
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var folder = new TempFolder();
        var ca = Write(folder, "ca.pem", Pki.Ca.Certificate);
        var leaf = Write(folder, "leaf.pem", Pki.Officer1.Certificate);
        await OutsideTool.RunAsync("openssl", "ocsp", "-issuer", ca, "-sha256", "-cert", leaf, "-reqout", folder["req.der"]);
        var request = OcspRequest.Parse(File.ReadAllBytes(folder["req.der"]));
        var question = Assert.Single(request.Questions);
        Assert.Equal(Oids.Sha256, question.DigestOid);
        Assert.True(question.Matches(Pki.Ca.Certificate, Pki.Officer1.Certificate.SerialNumber));
        Assert.False(question.MatchesIssuer(Pki.Root.Certificate));
        Assert.NotNull(request.Nonce);
        Assert.False(request.HasBadNonce);

        var nonce = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var ours = OcspRequest.Build([OcspCertId.For(Pki.Ca.Certificate, Pki.Officer1.Certificate.SerialNumber, DigestAlgorithm.Sha1)], nonce);
        Assert.Equal(nonce, OcspRequest.Parse(ours).Nonce!.Value.ToArray());
        var text = await OutsideTool.RunAsync("openssl", "ocsp", "-reqin", folder.Write("ours.der", ours), "-req_text");
        Assert.Contains("OCSP Nonce", text.Output, StringComparison.Ordinal);
        Assert.Contains(Pki.Officer1.Certificate.SerialNumber.ToUpperInvariant(), text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nonce_is_echoed_octet_for_octet()
    {
        var nonceExtension = new byte[] { 1, 2, 3 };
        var builder = new OcspResponseBuilder
        {
            Responder = Pki.Ocsp.Certificate,
            ProducedAt = TestPki.Noon,
            Answers = [new OcspAnswer(OcspCertId.For(Pki.Ca.Certificate, "05", DigestAlgorithm.Sha1), CertificateStatus.Unknown, TestPki.Noon, null)],
            Scheme = Pki.Ocsp.Key.DefaultScheme,
            NonceExtension = nonceExtension,
        };
        var tbs = builder.Build();
        var response = OcspResponse.Parse(builder.Assemble(tbs, TestPki.Sign(tbs, Pki.Ocsp.Key)));
        Assert.Equal(nonceExtension, response.Nonce!.Value.ToArray());
        Assert.True(response.IsResponder(Pki.Ocsp.Certificate));
        Assert.Equal(CertificateStatus.Unknown, response.Find(Pki.Ca.Certificate, "05")!.Status);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(128, false)]
    [InlineData(129, true)]
    public void A_nonce_of_a_wrong_length_is_bad(int length, bool bad)
    {
        // Built by hand: our own builder writes no empty nonce.
        var nonce = new byte[length];
        var id = Der.Encode(w => { using (w.PushSequence()) { using (w.PushSequence()) { w.WriteObjectIdentifier(Oids.Sha1); w.WriteNull(); } w.WriteOctetString(new byte[20]); w.WriteOctetString(new byte[20]); w.WriteInteger(5); } });
        var extension = Der.Encode(w => { using (w.PushSequence()) using (w.PushSequence()) { w.WriteObjectIdentifier(Oids.OcspNonce); w.WriteOctetString(Der.Wrap(4, nonce)); } });
        var request = Der.Wrap(0x30, Der.Wrap(0x30, Der.Wrap(0x30, Der.Wrap(0x30, id)), Der.Wrap(0xa2, extension)));
        Assert.Equal(bad, OcspRequest.Parse(request).HasBadNonce);
    }

    [Fact]
    public void Errors_have_no_content()
    {
        Assert.Equal(OcspStatus.Unauthorized, OcspResponse.Parse(OcspResponseBuilder.Error(OcspStatus.Unauthorized)).Status);
        Assert.Throws<ArgumentOutOfRangeException>(() => OcspResponseBuilder.Error(OcspStatus.Successful));
    }

    private static string Write(TempFolder folder, string name, Certificate certificate) =>
        folder.Write(name, System.Text.Encoding.ASCII.GetBytes(Pem.Of(certificate)));
}
