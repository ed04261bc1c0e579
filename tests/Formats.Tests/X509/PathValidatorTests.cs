using AnTin.Asn1;
using AnTin.Keys;
using AnTin.TestKit.Pki;
using AnTin.X509;

namespace AnTin.Formats.Tests.X509;

public sealed class PathValidatorTests
{
    private static readonly TestPki Pki = TestPki.Shared;

    [Fact]
    public void A_good_path_names_its_anchor_and_class()
    {
        var result = Run(Pki.Officer1.Certificate, Pki.CleanCrls, []);
        Assert.True(result.IsValid, result.Failure?.ToString());
        Assert.Equal(TrustClass.OfficialDuty, result.Anchor!.Class);
        Assert.Equal([Pki.Officer1.Certificate, Pki.Ca.Certificate, Pki.Root.Certificate], result.Path);
        Assert.All(result.Revocation, r => Assert.Equal(RevocationSource.Crl, r.Source));
        Assert.Equal(TrustClass.Public, Run(Pki.Public1.Certificate, Pki.CleanCrls, []).Anchor!.Class);
    }

    [Fact]
    public void Without_revocation_data_the_answer_is_unknown_and_never_valid()
    {
        Assert.Equal(PathStatus.RevocationUnknown, Run(Pki.Officer1.Certificate, [], []).Status);
        Assert.Equal(PathStatus.RevocationUnknown, Run(Pki.Officer1.Certificate, [TestPki.Crl(Pki.Ca)], []).Status);
        var lenient = PathOptions.Default with { Revocation = RevocationPolicy.WhenKnown };
        Assert.True(Run(Pki.Officer1.Certificate, [], [], lenient).IsValid);
    }

    [Fact]
    public void A_revoked_leaf_tells_when_and_why()
    {
        var entry = new RevokedCertificate(Pki.Officer1.Certificate.SerialNumber, TestPki.Noon.AddDays(-2), RevocationReason.KeyCompromise);
        var result = Run(Pki.Officer1.Certificate, [TestPki.Crl(Pki.Root), TestPki.Crl(Pki.Ca, entry)], []);
        Assert.Equal(PathStatus.Revoked, result.Status);
        Assert.Equal(TestPki.Noon.AddDays(-2), result.Revocation[0].RevokedAt);
        Assert.Equal(RevocationReason.KeyCompromise, result.Revocation[0].Reason);
    }

    [Fact]
    public void A_revocation_after_the_time_asked_about_does_not_count_yet()
    {
        var entry = new RevokedCertificate(Pki.Officer1.Certificate.SerialNumber, TestPki.Noon.AddHours(-30), null);
        CertificateRevocationList[] crls = [TestPki.Crl(Pki.Root), TestPki.Crl(Pki.Ca, entry)];
        var options = PathOptions.Default with { Now = TestPki.Noon };
        Assert.True(PathValidator.Validate(Pki.Officer1.Certificate, [Pki.Ca.Certificate], Pki.Anchors, crls, [], TestPki.Noon.AddDays(-3), options).IsValid);
        Assert.Equal(PathStatus.Revoked, PathValidator.Validate(Pki.Officer1.Certificate, [Pki.Ca.Certificate], Pki.Anchors, crls, [], TestPki.Noon, options).Status);
    }

    [Fact]
    public void A_revoked_issuer_is_told_apart()
    {
        var entry = new RevokedCertificate(Pki.Ca.Certificate.SerialNumber, TestPki.Noon.AddDays(-2), RevocationReason.CaCompromise);
        Assert.Equal(PathStatus.IssuerRevoked, Run(Pki.Officer1.Certificate, [TestPki.Crl(Pki.Root, entry), TestPki.Crl(Pki.Ca)], []).Status);
    }

    [Theory]
    [InlineData(-8, "too old")]
    [InlineData(3, "not yet issued")]
    public void A_CRL_out_of_its_time_says_nothing(int days, string why)
    {
        var begin = TestPki.Noon.AddDays(days);
        var result = Run(Pki.Officer1.Certificate, [TestPki.Crl(Pki.Root), TestPki.CrlAt(Pki.Ca, begin, begin.AddDays(7))], []);
        Assert.True(result.Status == PathStatus.RevocationUnknown, why);
    }

    [Fact]
    public void A_CRL_signed_by_a_stranger_says_nothing()
    {
        var forged = new PkiCredential(Pki.Ca.Certificate, Pki.Officer2.Key, []);
        Assert.Equal(PathStatus.RevocationUnknown, Run(Pki.Officer1.Certificate, [TestPki.Crl(Pki.Root), TestPki.Crl(forged)], []).Status);
    }

    [Fact]
    public void A_delegated_responder_is_believed()
    {
        var good = TestPki.Answer(Pki.Ocsp, Pki.Ca.Certificate, Pki.Officer1.Certificate.SerialNumber, CertificateStatus.Good);
        var result = Run(Pki.Officer1.Certificate, [TestPki.Crl(Pki.Root)], [good]);
        Assert.True(result.IsValid, result.Failure?.ToString());
        Assert.Equal(RevocationSource.Ocsp, result.Revocation[0].Source);
    }

    [Fact]
    public void The_issuer_itself_may_answer()
    {
        var good = TestPki.Answer(Pki.Ca, Pki.Ca.Certificate, Pki.Officer1.Certificate.SerialNumber, CertificateStatus.Good);
        Assert.True(Run(Pki.Officer1.Certificate, [TestPki.Crl(Pki.Root)], [good]).IsValid);
    }

    [Fact]
    public void Nobody_else_may_answer()
    {
        // The officer's certificate comes from the same issuer but is not for OCSPSigning; the public root is another authority.
        foreach (var stranger in new[] { Pki.Officer2, Pki.Tsa, Pki.PublicRoot, Pki.Root })
        {
            var answer = TestPki.Answer(stranger, Pki.Ca.Certificate, Pki.Officer1.Certificate.SerialNumber, CertificateStatus.Good);
            Assert.Equal(PathStatus.RevocationUnknown, Run(Pki.Officer1.Certificate, [TestPki.Crl(Pki.Root)], [answer]).Status);
        }
    }

    [Fact]
    public void An_OCSP_answer_about_another_or_out_of_time_says_nothing()
    {
        var other = TestPki.Answer(Pki.Ocsp, Pki.Ca.Certificate, Pki.Officer2.Certificate.SerialNumber, CertificateStatus.Good);
        var old = TestPki.Answer(Pki.Ocsp, Pki.Ca.Certificate, Pki.Officer1.Certificate.SerialNumber, CertificateStatus.Good, TestPki.Noon.AddHours(-9));
        var early = TestPki.Answer(Pki.Ocsp, Pki.Ca.Certificate, Pki.Officer1.Certificate.SerialNumber, CertificateStatus.Good, TestPki.Noon.AddHours(1));
        Assert.Equal(PathStatus.RevocationUnknown, Run(Pki.Officer1.Certificate, [TestPki.Crl(Pki.Root)], [other, old, early]).Status);
    }

    [Fact]
    public void Revoked_from_any_source_wins()
    {
        var good = TestPki.Answer(Pki.Ocsp, Pki.Ca.Certificate, Pki.Officer1.Certificate.SerialNumber, CertificateStatus.Good);
        var bad = TestPki.Answer(Pki.Ocsp, Pki.Ca.Certificate, Pki.Officer1.Certificate.SerialNumber, CertificateStatus.Revoked, revokedAt: TestPki.Noon.AddDays(-1));
        var entry = new RevokedCertificate(Pki.Officer1.Certificate.SerialNumber, TestPki.Noon.AddDays(-2), null);
        Assert.Equal(PathStatus.Revoked, Run(Pki.Officer1.Certificate, Pki.CleanCrls, [good, bad]).Status);
        Assert.Equal(PathStatus.Revoked, Run(Pki.Officer1.Certificate, [TestPki.Crl(Pki.Root), TestPki.Crl(Pki.Ca, entry)], [good]).Status);
    }

    [Fact]
    public void Out_of_its_validity_the_leaf_is_expired_or_not_yet_valid()
    {
        Assert.Equal(PathStatus.Expired, RunAt(Pki.Officer1.Certificate, TestPki.Begin.AddYears(6)).Status);
        Assert.Equal(PathStatus.NotYetValid, RunAt(Pki.Officer1.Certificate, TestPki.Begin.AddDays(-1)).Status);
    }

    [Fact]
    public void An_unknown_root_gives_no_path()
    {
        var result = PathValidator.Validate(Pki.Officer1.Certificate, [Pki.Ca.Certificate, Pki.Root.Certificate],
            [new TrustAnchor(Pki.PublicRoot.Certificate, TrustClass.Public)], [], [], TestPki.Noon);
        Assert.Equal(PathStatus.NoPathToAnchor, result.Status);
        Assert.Null(result.Anchor);
    }

    [Fact]
    public void An_officer_cannot_issue()
    {
        var forged = Pki.Issue(Pki.Officer2, NameBuilder.Seal("Giả", "An Bình", null), KeyKind.EcP256, (_, _) => []);
        var result = PathValidator.Validate(forged.Certificate, [Pki.Officer2.Certificate, Pki.Ca.Certificate], Pki.Anchors, [], [], TestPki.Noon,
            PathOptions.Default with { Revocation = RevocationPolicy.Ignore });
        Assert.Equal(PathStatus.ConstraintsViolated, result.Status);
        Assert.Equal("path.basicConstraints", result.Failure!.Check);
    }

    [Fact]
    public void A_path_longer_than_its_constraint_is_refused()
    {
        var below = Pki.Issue(Pki.Ca, NameBuilder.Seal("CA dưới", "An Bình", null), KeyKind.EcP256,
            (key, issuer) => CertificateTemplate.IssuingCa(key, issuer.Certificate, IssuerPointers.None, 0, []));
        var leaf = Pki.Issue(below, NameBuilder.Seal("Lá", "An Bình", null), KeyKind.EcP256, (_, _) => []);
        var result = PathValidator.Validate(leaf.Certificate, [below.Certificate, Pki.Ca.Certificate], Pki.Anchors, [], [], TestPki.Noon,
            PathOptions.Default with { Revocation = RevocationPolicy.Ignore });
        Assert.Equal("path.pathLength", result.Failure!.Check);
    }

    [Fact]
    public void The_wrong_purpose_is_refused()
    {
        var options = PathOptions.Default with { Purposes = [Oids.TimeStamping] };
        Assert.True(Run(Pki.Tsa.Certificate, Pki.CleanCrls, [], options).IsValid);
        Assert.Equal("path.purpose", Run(Pki.Officer1.Certificate, Pki.CleanCrls, [], options).Failure!.Check);
    }

    [Fact]
    public void An_unknown_critical_extension_is_refused()
    {
        var leaf = Pki.Issue(Pki.Ca, NameBuilder.Seal("Lá", "An Bình", null), KeyKind.EcP256,
            (_, _) => [new Extension("1.2.3.4.5", true, new byte[] { 5, 0 })]);
        Assert.Equal(PathStatus.UnknownCriticalExtension, Run(leaf.Certificate, Pki.CleanCrls, []).Status);
    }

    [Fact]
    public void A_malformed_extension_is_a_verdict()
    {
        var leaf = Pki.Issue(Pki.Ca, NameBuilder.Seal("Lá", "An Bình", null), KeyKind.EcP256,
            (_, _) => [new Extension(Oids.CertificatePolicies, false, new byte[] { 0x30, 0x80 })]);
        Assert.Equal(PathStatus.Malformed, Run(leaf.Certificate, Pki.CleanCrls, []).Status);
    }

    [Fact]
    public void A_thicket_of_look_alike_issuers_ends_within_the_budget()
    {
        // Forty certificates of one name, each signed by another key of that name.
        var name = NameBuilder.Seal("Rừng", "An Bình", null);
        var thicket = new List<PkiCredential> { Pki.Issue(Pki.Ca, name, KeyKind.EcP256, CaExtensions) };
        for (var i = 0; i < 40; i++)
        {
            thicket.Add(Pki.Issue(thicket[i], name, KeyKind.EcP256, CaExtensions));
        }

        var leaf = Pki.Issue(thicket[^1], NameBuilder.Seal("Lá", "An Bình", null), KeyKind.EcP256, (_, _) => []);
        var options = PathOptions.Default with { Revocation = RevocationPolicy.Ignore, MaxSignatureChecks = 200 };
        var result = PathValidator.Validate(leaf.Certificate, thicket.Select(t => t.Certificate), [new TrustAnchor(Pki.PublicRoot.Certificate, TrustClass.Public)],
            [], [], TestPki.Noon, options);
        Assert.False(result.IsValid);

        static IReadOnlyList<Extension> CaExtensions(SubjectPublicKeyInfo key, PkiCredential issuer) =>
            CertificateTemplate.IssuingCa(key, issuer.Certificate, IssuerPointers.None, 50, []);
    }

    private static PathResult RunAt(Certificate leaf, DateTimeOffset at) =>
        PathValidator.Validate(leaf, [Pki.Ca.Certificate], Pki.Anchors, [], [], at, PathOptions.Default with { Revocation = RevocationPolicy.Ignore });

    private static PathResult Run(Certificate leaf, IReadOnlyList<CertificateRevocationList> crls, IReadOnlyList<OcspResponse> ocsps, PathOptions? options = null) =>
        PathValidator.Validate(leaf, [Pki.Ca.Certificate, Pki.Ocsp.Certificate], Pki.Anchors, crls, ocsps, TestPki.Noon, options);
}
