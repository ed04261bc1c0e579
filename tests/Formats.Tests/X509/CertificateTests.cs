using AnTin.Asn1;
using AnTin.Keys;
using AnTin.TestKit;
using AnTin.TestKit.Pki;
using AnTin.X509;
using Org.BouncyCastle.X509;

namespace AnTin.Formats.Tests.X509;

public sealed class CertificateTests
{
    private static readonly TestPki Pki = TestPki.Shared;

    public static TheoryData<string> Names => ["Root", "Ca", "Ocsp", "Tsa", "Officer1", "Officer2", "Seal", "PublicRoot", "Public1"];

    [Theory]
    [MemberData(nameof(Names))]
    public void BouncyCastle_reads_what_was_written(string name)
    {
        var ours = Find(name).Certificate;
        var theirs = new X509CertificateParser().ReadCertificate(ours.RawData.ToArray());
        Assert.Equal(ours.SerialNumber, Convert.ToHexStringLower(theirs.SerialNumber.ToByteArray()));
        Assert.Equal(ours.NotBefore.UtcDateTime, theirs.NotBefore);
        Assert.Equal(ours.NotAfter.UtcDateTime, theirs.NotAfter);
        Assert.Equal(ours.Tbs.ToArray(), theirs.GetTbsCertificate());
        Assert.Equal(ours.BasicConstraints?.IsCa == true, theirs.GetBasicConstraints() >= 0);
        Assert.Equal(ours.Subject.RawData.ToArray(), theirs.SubjectDN.GetEncoded());
        theirs.Verify(new X509CertificateParser().ReadCertificate(IssuerOf(name).Certificate.RawData.ToArray()).GetPublicKey());
    }

    [Theory]
    [InlineData("Officer1", "any")]
    [InlineData("Officer2", "smimesign")]
    [InlineData("Seal", "any")]
    [InlineData("Tsa", "timestampsign")]
    [InlineData("Ocsp", "ocsphelper")]
    public async Task Openssl_verifies_the_chain(string name, string purpose)
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var folder = new TempFolder();
        var root = folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of(Pki.Root.Certificate)));
        var ca = folder.Write("ca.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of(Pki.Ca.Certificate)));
        var leaf = folder.Write("leaf.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of(Find(name).Certificate)));
        var crls = folder.Write("crls.pem", System.Text.Encoding.ASCII.GetBytes(string.Concat(Pki.CleanCrls.Select(Pem.Of))));
        var at = TestPki.Noon.ToUnixTimeSeconds().ToString();
        var run = await OutsideTool.RunAsync("openssl", "verify", "-x509_strict", "-crl_check_all", "-attime", at, "-purpose", purpose,
            "-CAfile", root, "-untrusted", ca, "-CRLfile", crls, leaf);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    [Fact]
    public async Task Openssl_finds_the_revoked_one()
    {
        Assert.SkipUnless(OutsideTool.Exists("openssl"), "openssl is not installed");
        using var folder = new TempFolder();
        var revoked = TestPki.Crl(Pki.Ca, new RevokedCertificate(Pki.Officer1.Certificate.SerialNumber, TestPki.Noon.AddDays(-2), RevocationReason.Superseded,
            TestPki.Noon.AddDays(-3)));
        var root = folder.Write("root.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of(Pki.Root.Certificate) + Pem.Of(Pki.Ca.Certificate)));
        var crls = folder.Write("crls.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of(TestPki.Crl(Pki.Root)) + Pem.Of(revoked)));
        var leaf = folder.Write("leaf.pem", System.Text.Encoding.ASCII.GetBytes(Pem.Of(Pki.Officer1.Certificate)));
        var run = await OutsideTool.RunAsync("openssl", "verify", "-crl_check_all", "-attime", TestPki.Noon.ToUnixTimeSeconds().ToString(),
            "-CAfile", root, "-CRLfile", crls, leaf);
        Assert.Contains("certificate revoked", run.Everything, StringComparison.Ordinal);
        var text = await OutsideTool.RunAsync("openssl", "crl", "-in", crls, "-noout", "-text");
        Assert.Contains("X509v3 CRL Number", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_officer_carries_what_the_profile_says()
    {
        var officer = Pki.Officer1.Certificate;
        Assert.Equal("Nguyễn Văn Một", officer.Subject.CommonName);
        Assert.Equal("An Bình", officer.Subject.Locality);
        Assert.Equal(["SỞ KHOA HỌC VÀ CÔNG NGHỆ"], officer.Subject.OrganizationalUnits);
        Assert.Equal("mot@anbinh.example", officer.Subject.Email);
        Assert.Equal("mot@anbinh.example", Assert.Single(officer.SubjectAlternativeNames).Text);
        Assert.Equal(KeyUsages.DigitalSignature | KeyUsages.NonRepudiation, officer.KeyUsage);
        Assert.Equal(Pki.Ca.Certificate.SubjectKeyIdentifier!.Value.ToArray(), officer.AuthorityKeyIdentifier!.KeyIdentifier!.Value.ToArray());
        Assert.True(Pki.Ocsp.Certificate.HasOcspNoCheck);
        Assert.True(Pki.Tsa.Certificate.Find(Oids.ExtendedKeyUsage)!.Critical);
        Assert.Empty(officer.Deviations);
        Assert.StartsWith("E=mot@anbinh.example,CN=Nguyễn Văn Một,OU=", officer.Subject.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pointers_of_the_issuer_can_be_read_back()
    {
        var pointers = new IssuerPointers(["http://pki.example/a.crl"], ["http://pki.example/ocsp"], ["http://pki.example/a.crt"]);
        using var key = SoftwareKey.Generate(KeyKind.EcP256);
        var certificate = Pki.Sign(Pki.Ca, NameBuilder.Seal("SỞ A", "An Bình", null), key,
            CertificateTemplate.Seal(key.PublicKey, Pki.Ca.Certificate, pointers, null, ["1.3.6.1.4.1.99999.2"]));
        Assert.Equal(["http://pki.example/a.crl"], certificate.CrlDistributionPoints.SelectMany(p => p.Urls));
        Assert.Equal(["http://pki.example/ocsp"], certificate.OcspUrls);
        Assert.Equal(["http://pki.example/a.crt"], certificate.CaIssuerUrls);
        Assert.Equal("1.3.6.1.4.1.99999.2", Assert.Single(certificate.Policies!).Oid);
    }

    [Fact]
    public void Times_from_2050_are_generalized()
    {
        using var key = SoftwareKey.Generate(KeyKind.EcP256);
        var certificate = Pki.Sign(Pki.Root, NameBuilder.Seal("SỞ A", "An Bình", null), key, [], years: 40);
        Assert.Equal(2066, certificate.NotAfter.Year);
        Assert.Equal(2066, new X509CertificateParser().ReadCertificate(certificate.RawData.ToArray()).NotAfter.Year);
    }

    private static PkiCredential Find(string name) => (PkiCredential)typeof(TestPki).GetProperty(name)!.GetValue(Pki)!;

    private static PkiCredential IssuerOf(string name) => name switch
    {
        "Root" or "Ca" => Pki.Root,
        "PublicRoot" or "Public1" => Pki.PublicRoot,
        _ => Pki.Ca,
    };
}
