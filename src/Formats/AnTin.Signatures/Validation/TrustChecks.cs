// Checks of trust: EN 319 102-1 V1.4.1 §5.2.6 (certificate), §5.2.8 (constraints), §5.5.4 (with proof of time); NĐ 68/2024/NĐ-CP Điều 31, 32.
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Signatures;

internal static class TrustChecks
{
    public static Finding? Chain(SignatureFacts facts, ValidationInputs inputs)
    {
        if (facts.Certificate is null)
        {
            return null;
        }

        return facts.HasChain
            ? Finding.Pass($"Chứng thư số dẫn lên nơi cấp gốc tin cậy: {facts.Path!.Anchor!.Certificate.Subject.DisplayName}.", $"The certificate leads up to a trusted root: {facts.Path.Anchor.Certificate.Subject.DisplayName}.")
            : Finding.Undecided("NO_CERTIFICATE_CHAIN_FOUND", "Chứng thư số không dẫn lên nơi cấp gốc nào được tin cậy.", "The certificate leads up to no trusted root.");
    }

    public static Finding? Constraints(SignatureFacts facts, ValidationInputs inputs)
    {
        if (!facts.HasChain)
        {
            return null;
        }

        var broken = facts.Path!.Findings.FirstOrDefault(f => f.Status is PathStatus.ConstraintsViolated or PathStatus.UnknownCriticalExtension or PathStatus.Malformed);
        return broken is null
            ? Finding.Pass("Chuỗi chứng thư số đạt mọi ràng buộc.", "The chain of certificates meets every constraint.")
            : Finding.Undecided("CHAIN_CONSTRAINTS_FAILURE", $"Chuỗi chứng thư số vi phạm ràng buộc: {broken.Failure} ({broken.Reference}).", $"The chain of certificates breaks a constraint: {broken.Failure} ({broken.Reference}).");
    }

    public static Finding? KeyUsage(SignatureFacts facts, ValidationInputs inputs)
    {
        if (facts.Certificate is null || facts.Source.IsDocumentTimestamp)
        {
            return null;
        }

        KeyUsages? usage;
        try
        {
            usage = facts.Certificate.KeyUsage;
        }
        catch (Asn1FormatException)
        {
            usage = KeyUsages.None;
        }

        return usage is null || (usage & (KeyUsages.DigitalSignature | KeyUsages.NonRepudiation)) != 0
            ? Finding.Pass("Chứng thư số được phép dùng để ký văn bản.", "The certificate may be used to sign documents.")
            : Finding.Undecided("CHAIN_CONSTRAINTS_FAILURE", "Chứng thư số không được phép dùng để ký văn bản.", "The certificate may not be used to sign documents.");
    }

    public static Finding? Revocation(SignatureFacts facts, ValidationInputs inputs)
    {
        if (!facts.HasChain || facts.Path!.Revocation.Count == 0)
        {
            return null;
        }

        var revocation = facts.Path.Revocation;
        if (revocation[0].Status == CertificateStatus.Revoked)
        {
            return Revoked(facts, revocation[0]);
        }

        if (revocation.Skip(1).FirstOrDefault(r => r.Status == CertificateStatus.Revoked) is { } issuer)
        {
            return Finding.Undecided("REVOKED_CA_NO_POE", $"Chứng thư số của nơi cấp đã bị thu hồi lúc {Time(issuer.RevokedAt)}.", $"The issuer's certificate was revoked at {Time(issuer.RevokedAt)}.");
        }

        if (facts.Path.Findings.FirstOrDefault(f => f.Status == PathStatus.RevocationUnknown) is { } unknown)
        {
            // An expired certificate leaves the lists: its validity is the finding, not the silence.
            return facts.Path.Findings.Any(f => f.Depth == unknown.Depth && f.Status is PathStatus.Expired or PathStatus.NotYetValid) ? null
                : Finding.Undecided("TRY_LATER", "Chưa có thông tin chứng thư số còn hiệu lực hay đã bị thu hồi.", "There is no information yet on whether the certificate is good or revoked.");
        }

        // A leaf that is itself the anchor has nobody above it who could revoke it.
        return facts.Path.Path.Count < 2 ? null : Finding.Pass(
            $"Chứng thư số chưa bị thu hồi (theo {SourceName(revocation[0])} lúc {Time(revocation[0].ThisUpdate)}).",
            $"The certificate is not revoked (by {SourceName(revocation[0])} of {Time(revocation[0].ThisUpdate)}).");
    }

    public static Finding? Validity(SignatureFacts facts, ValidationInputs inputs)
    {
        if (!facts.HasChain)
        {
            return null;
        }

        var certificate = facts.Certificate!;
        if (facts.JudgedAt < certificate.NotBefore)
        {
            // EN 319 102-1 §5.5.4: proven to have existed before the certificate did.
            return facts.BestTime is not null || facts.ClaimedTime < certificate.NotBefore
                ? Finding.Failed("NOT_YET_VALID", $"Chữ ký có trước khi chứng thư số có hiệu lực ({Time(certificate.NotBefore)}).", $"The signature is older than the certificate, valid from {Time(certificate.NotBefore)}.")
                : Finding.Undecided("OUT_OF_BOUNDS_NO_POE", $"Chứng thư số chưa có hiệu lực; có hiệu lực từ {Time(certificate.NotBefore)}.", $"The certificate is not yet valid; it is from {Time(certificate.NotBefore)}.");
        }

        if (facts.JudgedAt > certificate.NotAfter)
        {
            // Beyond the standard: who states a time after the certificate's end refutes himself.
            return facts.ClaimedTime > certificate.NotAfter
                ? Finding.Failed("EXPIRED", $"Ký sau khi chứng thư số hết hạn ({Time(certificate.NotAfter)}).", $"Signed after the certificate expired ({Time(certificate.NotAfter)}).")
                : Finding.Undecided("OUT_OF_BOUNDS_NO_POE", $"Chứng thư số đã hết hạn ({Time(certificate.NotAfter)}) và không có dấu thời gian chứng minh ký khi còn hạn.", $"The certificate has expired ({Time(certificate.NotAfter)}) and no time-stamp proves an earlier signature.");
        }

        if (facts.Path!.Findings.Any(f => f.Status is PathStatus.Expired or PathStatus.NotYetValid))
        {
            return Finding.Undecided("OUT_OF_BOUNDS_NO_POE", "Chứng thư số của nơi cấp không còn hoặc chưa có hiệu lực.", "The issuer's certificate is out of its validity.");
        }

        return Finding.Pass($"Chứng thư số còn hiệu lực ({Time(certificate.NotBefore)} – {Time(certificate.NotAfter)}).", $"The certificate is in its validity ({Time(certificate.NotBefore)} – {Time(certificate.NotAfter)}).");
    }

    public static Finding? Class(SignatureFacts facts, ValidationInputs inputs) => facts.Source.IsDocumentTimestamp ? null : facts.Class switch
    {
        CertificateClass.OfficialDuty => Finding.Pass("Chứng thư số chuyên dùng công vụ.", "An official-duty certificate."),
        CertificateClass.Public => Finding.Undecided("SIG_CONSTRAINTS_FAILURE", "Chữ ký số công cộng: hợp lệ nhưng không phải chuyên dùng công vụ.", "A public certificate: valid, but not an official-duty certificate."),
        CertificateClass.Other => Finding.Undecided("SIG_CONSTRAINTS_FAILURE", "Chứng thư số không phải chuyên dùng công vụ.", "Not an official-duty certificate."),
        _ => null,
    };

    public static Finding? DigestAlgorithm(SignatureFacts facts, ValidationInputs inputs)
    {
        var digest = facts.Algorithm?.Digest ?? facts.Digest;
        if (digest is null)
        {
            return null;
        }

        // The weaker of the digest of the content and the digest of the signature.
        var until = Earlier(inputs.Policy.DigestUntil(digest.Label), inputs.Policy.DigestUntil(facts.Digest?.Label ?? digest.Label));
        return Judge(facts, until, digest.Label);
    }

    public static Finding? KeySize(SignatureFacts facts, ValidationInputs inputs)
    {
        if (facts.Certificate is not { PublicKey: { IsUsable: true } key })
        {
            return null;
        }

        var family = key.Kind == PublicKeyKind.Rsa ? "RSA" : "EC";
        return Judge(facts, inputs.Policy.KeyUntil(family, key.Bits), $"{family} {key.Bits}");
    }

    private static Finding Judge(SignatureFacts facts, DateOnly? until, string name)
    {
        if (until is null || DateOnly.FromDateTime(facts.JudgedAt.UtcDateTime) <= until)
        {
            return Finding.Pass($"{name} còn an toàn tại thời điểm xét.", $"{name} is safe at the time judged.");
        }

        return Finding.Undecided(facts.BestTime is null ? "CRYPTO_CONSTRAINTS_FAILURE_NO_POE" : "CRYPTO_CONSTRAINTS_FAILURE",
            $"{name} không còn an toàn tại thời điểm xét.", $"{name} is no longer safe at the time judged.");
    }

    private static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null ? b : b is null || a < b ? a : b;

    // A stamp proves that the signature existed at its time, not that it is younger than the revocation; the signer's own statement does that.
    private static Finding Revoked(SignatureFacts facts, RevocationFinding finding) => facts.ClaimedTime >= finding.RevokedAt
        ? Finding.Failed("REVOKED", $"Ký sau khi chứng thư số bị thu hồi lúc {Time(finding.RevokedAt)}.", $"Signed after the certificate was revoked at {Time(finding.RevokedAt)}.")
        : Finding.Undecided("REVOKED_NO_POE", $"Chứng thư số bị thu hồi lúc {Time(finding.RevokedAt)}; không chứng minh được chữ ký có trước đó.", $"The certificate was revoked at {Time(finding.RevokedAt)}; nothing proves that the signature is older.");

    private static string Time(DateTimeOffset? time) => time is { } known ? TimeChecks.Show(known) : "?";

    private static string SourceName(RevocationFinding finding) => finding.Source == RevocationSource.Ocsp ? "OCSP" : "CRL";
}
