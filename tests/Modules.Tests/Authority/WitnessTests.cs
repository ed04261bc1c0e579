using System.Net;
using System.Security.Cryptography;
using AnTin.Cms;
using AnTin.Contracts.Authority;
using AnTin.Modules.Authority.Domain;
using AnTin.Modules.Tests.Pki;
using AnTin.TestKit;
using AnTin.X509;

namespace AnTin.Modules.Tests.Authority;

/// <summary>One server with a good and a revoked certificate, and the files openssl reads.</summary>
public sealed class WitnessServer : IAsyncLifetime
{
    public TempFolder Files { get; } = new();

    internal PkiHost Pki { get; private set; } = null!;

    public string Good { get; private set; } = "";

    public string Revoked { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Pki = await PkiHost.StartAsync();
        IssuedCertificate good = (await Pki.IssueAsync(await Pki.OrderAsync("giamdoc"))).Value;
        IssuedCertificate revoked = (await Pki.IssueAsync(await Pki.OrderAsync("phogiamdoc"))).Value;
        await Pki.RunAsync((ICertificateAuthority a) => a.RevokeAsync(revoked.SerialNumber, Contracts.Authority.RevocationReason.AffiliationChanged, default));
        (Good, Revoked) = (good.SerialNumber, revoked.SerialNumber);
        using HttpClient client = Pki.Host.CreateClient();
        foreach (string slug in (string[])["root", "ca"])
        {
            Write(slug + ".pem", "CERTIFICATE", await client.GetByteArrayAsync($"/pki/{slug}.crt"));
            Write(slug + ".crl.pem", "X509 CRL", await client.GetByteArrayAsync($"/pki/{slug}.crl"));
        }
        Write("good.pem", "CERTIFICATE", good.Chain[0].ToArray());
        Write("revoked.pem", "CERTIFICATE", revoked.Chain[0].ToArray());
        await File.WriteAllTextAsync(Files["crls.pem"], await File.ReadAllTextAsync(Files["root.crl.pem"]) + await File.ReadAllTextAsync(Files["ca.crl.pem"]));
    }

    public async ValueTask DisposeAsync()
    {
        Files.Dispose();
        await Pki.DisposeAsync();
    }

    private void Write(string name, string label, byte[] der) => File.WriteAllText(Files[name], PemEncoding.WriteString(label, der) + "\n");
}

/// <summary>openssl against the running server: it knows nothing of our code.</summary>
public sealed class WitnessTests : IClassFixture<WitnessServer>
{
    private readonly TempFolder _files;
    private readonly PkiHost _pki;
    private readonly string _good;
    private readonly string _revoked;

    public WitnessTests(WitnessServer server)
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        (_files, _pki, _good, _revoked) = (server.Files, server.Pki, server.Good, server.Revoked);
    }

    private string Ocsp => new Uri(_pki.Host.BaseAddress, "/ocsp").AbsoluteUri;

    [Fact]
    public async Task Openssl_verifies_the_chain_with_both_revocation_lists()
    {
        string[] common = ["-CAfile", _files["root.pem"], "-untrusted", _files["ca.pem"], "-CRLfile", _files["crls.pem"], "-crl_check_all", "-x509_strict"];
        ToolRun good = await OutsideTool.RunAsync("openssl", ["verify", .. common, _files["good.pem"]]);
        Assert.True(good.ExitCode == 0, good.Everything);
        ToolRun revoked = await OutsideTool.RunAsync("openssl", ["verify", .. common, _files["revoked.pem"]]);
        Assert.NotEqual(0, revoked.ExitCode);
        Assert.Contains("certificate revoked", revoked.Everything, StringComparison.Ordinal);
        ToolRun crl = await OutsideTool.RunAsync("openssl", "crl", "-in", _files["ca.crl.pem"], "-CAfile", _files["ca.pem"], "-noout");
        Assert.Contains("verify OK", crl.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-sha1")]
    [InlineData("-sha256")]
    public async Task Openssl_accepts_ocsp_answers_for_good_revoked_and_unknown_with_its_nonce(string digest)
    {
        ToolRun run = await OutsideTool.RunAsync("openssl", "ocsp", "-issuer", _files["ca.pem"], digest,
            "-serial", "0x" + _good, digest, "-serial", "0x" + _revoked, digest, "-serial", "0x4100000000000000000000000000000001",
            "-url", Ocsp, "-CAfile", _files["root.pem"], "-resp_text");

        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.Contains("Response verify OK", run.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING: no nonce in response", run.Everything, StringComparison.Ordinal);
        Assert.Contains($"0x{_good}: good", run.Output, StringComparison.Ordinal);
        Assert.Contains($"0x{_revoked}: revoked", run.Output, StringComparison.Ordinal);
        Assert.Contains("Reason: affiliationChanged", run.Output, StringComparison.Ordinal);
        Assert.Contains("0x4100000000000000000000000000000001: unknown", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_services_own_certificates_are_good_and_those_of_another_issuer_unknown()
    {
        Certificate tsa = _pki.Hierarchy.TimeStamping.Certificate;
        OcspResponse own = await AskAsync(OcspRequest.Build([OcspCertId.For(_pki.Hierarchy.Issuing.Certificate, tsa.SerialNumber, DigestAlgorithm.Sha256)], default));
        Assert.Equal(X509.CertificateStatus.Good, Assert.Single(own.Answers).Status);
        OcspResponse foreign = await AskAsync(OcspRequest.Build([OcspCertId.For(_pki.Hierarchy.Root.Certificate, _good.ToLowerInvariant(), DigestAlgorithm.Sha256)], default));
        Assert.Equal(X509.CertificateStatus.Unknown, Assert.Single(foreign.Answers).Status);
    }

    [Fact]
    public async Task Get_takes_base64_in_every_form_that_urls_make_of_it()
    {
        byte[] request = OcspRequest.Build([OcspCertId.For(_pki.Hierarchy.Issuing.Certificate, _revoked.ToLowerInvariant(), DigestAlgorithm.Sha1)], default);
        string base64 = Convert.ToBase64String(request);
        using HttpClient client = _pki.Host.CreateClient();
        foreach (string path in (string[])[Uri.EscapeDataString(base64), base64, base64 + "%0A"])
        {
            using HttpResponseMessage answer = await client.GetAsync("/ocsp/" + path);
            OcspResponse response = OcspResponse.Parse(await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal(OcspStatus.Successful, response.Status);
            Assert.Equal(X509.CertificateStatus.Revoked, Assert.Single(response.Answers).Status);
            Assert.Equal("application/ocsp-response", answer.Content.Headers.ContentType?.MediaType);
            Assert.InRange(answer.Headers.CacheControl!.MaxAge!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public async Task Garbage_and_forbidden_nonces_are_malformed_requests_and_too_much_is_not_read()
    {
        OcspCertId question = OcspCertId.For(_pki.Hierarchy.Issuing.Certificate, _good.ToLowerInvariant(), DigestAlgorithm.Sha256);
        foreach (byte[] bad in (byte[][])[[], [0x30], RandomNumberGenerator.GetBytes(300), OcspRequest.Build([], default), OcspRequest.Build([question], new byte[129])])
            Assert.Equal(OcspStatus.MalformedRequest, (await AskAsync(bad)).Status);
        foreach (int length in (int[])[1, 32, 128])
        {
            byte[] nonce = RandomNumberGenerator.GetBytes(length);
            OcspResponse answer = await AskAsync(OcspRequest.Build([question], nonce));
            Assert.True(answer.Nonce!.Value.Span.SequenceEqual(nonce));
        }
        using HttpClient client = _pki.Host.CreateClient();
        using var huge = new ByteArrayContent(new byte[OcspResponder.MaxRequestBytes + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.PostAsync("/ocsp", huge)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/pki/nobody.crl")).StatusCode);
        Assert.Equal(OcspStatus.MalformedRequest, OcspResponse.Parse(await client.GetByteArrayAsync("/ocsp/%2E%2E%2F!!")).Status);
    }

    [Theory]
    [InlineData("-sha256")]
    [InlineData("-sha512")]
    public async Task Openssl_verifies_time_stamps(string digest)
    {
        await File.WriteAllBytesAsync(_files["data"], RandomNumberGenerator.GetBytes(5000));
        Assert.Equal(0, (await OutsideTool.RunAsync("openssl", "ts", "-query", "-data", _files["data"], digest, "-cert", "-out", _files["q"])).ExitCode);
        await File.WriteAllBytesAsync(_files["r"], await StampAsync(await File.ReadAllBytesAsync(_files["q"])));

        ToolRun verified = await OutsideTool.RunAsync("openssl", "ts", "-verify", "-in", _files["r"], "-queryfile", _files["q"], "-CAfile", _files["root.pem"], "-untrusted", _files["ca.pem"]);
        Assert.True(verified.ExitCode == 0, verified.Everything);
        ToolRun text = await OutsideTool.RunAsync("openssl", "ts", "-reply", "-in", _files["r"], "-text");
        Assert.Contains("Accuracy: 0x01 seconds", text.Output, StringComparison.Ordinal);
        Assert.Contains(AuthorityOids.TimeStampingPolicy, text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_stamps_are_refused_with_the_failure_that_says_why()
    {
        byte[] sha1 = new TimestampRequest(new MessageImprint(Asn1.Oids.Sha1, new byte[20]), null, null, true).Encode();
        byte[] shortImprint = new TimestampRequest(new MessageImprint(Asn1.Oids.Sha256, new byte[20]), null, null, true).Encode();
        byte[] foreignPolicy = new TimestampRequest(new MessageImprint(Asn1.Oids.Sha256, new byte[32]), "1.2.3.4", null, true).Encode();
        (byte[] Request, TimestampFailure Failure)[] cases =
        [
            (sha1, TimestampFailure.BadAlgorithm),
            (shortImprint, TimestampFailure.BadDataFormat),
            (foreignPolicy, TimestampFailure.UnacceptedPolicy),
            (RandomNumberGenerator.GetBytes(100), TimestampFailure.BadDataFormat),
            ([], TimestampFailure.BadDataFormat),
        ];
        foreach ((byte[] request, TimestampFailure failure) in cases)
        {
            TimestampResponse response = TimestampResponse.Parse(await StampAsync(request));
            Assert.False(response.IsGranted);
            Assert.Equal(failure, response.Failure);
        }
    }

    [Fact]
    public async Task No_two_stamps_share_a_serial_number()
    {
        byte[] request = new TimestampRequest(new MessageImprint(Asn1.Oids.Sha256, new byte[32]), null, null, false).Encode();
        var serials = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < 50; i++)
            Assert.True(serials.Add(TimestampToken.Parse(TimestampResponse.Parse(await StampAsync(request)).Token).Info.SerialNumber));
    }

    private async Task<OcspResponse> AskAsync(byte[] request)
    {
        using HttpClient client = _pki.Host.CreateClient();
        using var body = new ByteArrayContent(request);
        using HttpResponseMessage answer = await client.PostAsync("/ocsp", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return OcspResponse.Parse(await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task<byte[]> StampAsync(byte[] request)
    {
        using HttpClient client = _pki.Host.CreateClient();
        using var body = new ByteArrayContent(request);
        using HttpResponseMessage answer = await client.PostAsync("/tsa", body);
        Assert.Equal("application/timestamp-reply", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
