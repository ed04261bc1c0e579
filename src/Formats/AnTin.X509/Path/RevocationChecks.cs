// Is a certificate of the path revoked? References: RFC 5280 §6.3 (CRLs: scope, reasons, delta, indirect), RFC 6960 §3.2 and §4.2.2.2 (OCSP:
// who may answer), RFC 5280 §5.3. A verified "revoked" from any source wins over any "good".
using AnTin.Asn1;

namespace AnTin.X509;

internal static class RevocationChecks
{
    public static RevocationFinding Determine(PathState state)
    {
        // RFC 6960 §4.2.2.2.1: ocsp-nocheck asks that the responder's certificate not be checked; it is trusted for its life.
        var ocsp = FromOcsp(state);
        if (ocsp.Status == CertificateStatus.Revoked)
        {
            return ocsp;
        }

        var crl = FromCrls(state);
        return crl.Status != CertificateStatus.Unknown && (crl.Status == CertificateStatus.Revoked || ocsp.Status == CertificateStatus.Unknown)
            ? crl
            : ocsp;
    }

    private static DateTimeOffset Now(PathState state) => state.Search.Options.Now ?? state.At;

    private static RevocationFinding FromOcsp(PathState state)
    {
        var best = RevocationFinding.Unknown;
        foreach (var response in state.Search.Ocsps)
        {
            var answer = response.Find(state.Issuer, state.Current.SerialNumber);
            if (answer is null || answer.HasUnknownCriticalExtension || response.HasUnknownCriticalExtension
                || !IsFresh(state, answer) || !IsAnsweredWithAuthority(state, response))
            {
                continue;
            }

            if (answer.Status == CertificateStatus.Good && answer.ThisUpdate > state.Current.NotAfter && !(answer.ArchiveCutoff <= state.Current.NotAfter))
            {
                continue;
            }

            var finding = new RevocationFinding(answer.Status, RevocationSource.Ocsp, answer.RevokedAt, answer.Reason, answer.ThisUpdate, answer.NextUpdate);
            if (answer.Status == CertificateStatus.Revoked)
            {
                if (answer.RevokedAt <= state.At)
                {
                    return finding;
                }

                finding = finding with { Status = CertificateStatus.Good };
            }

            if (best.Status == CertificateStatus.Unknown || finding.ThisUpdate > best.ThisUpdate)
            {
                best = finding;
            }
        }

        return best;
    }

    private static bool IsFresh(PathState state, OcspAnswer answer) => answer.ThisUpdate <= Now(state)
        && (answer.NextUpdate is { } next ? next >= state.At : answer.ThisUpdate >= state.At - state.Search.Options.OcspMaxAge);

    // RFC 6960 §4.2.2.2: the CA itself, or a responder that the CA itself certified for OCSPSigning.
    private static bool IsAnsweredWithAuthority(PathState state, OcspResponse response)
    {
        if (response.SignatureAlgorithm is null)
        {
            return false;
        }

        if (response.IsResponder(state.Issuer))
        {
            return Verifies(state, state.Issuer, response);
        }

        return response.Certificates.Any(responder => response.IsResponder(responder)
            && IsDelegated(state, responder, response.ProducedAt)
            && Verifies(state, responder, response));
    }

    private static bool Verifies(PathState state, Certificate signer, OcspResponse response) =>
        state.Search.Verify(signer.PublicKey, response.SignatureAlgorithm!, response.Tbs, response.Signature);

    private static bool IsDelegated(PathState state, Certificate responder, DateTimeOffset producedAt)
    {
        var issuer = state.Issuer;
        try
        {
            return responder.Issuer.Equals(issuer.Subject)
                && responder.ExtendedKeyUsages?.Contains(Oids.OcspSigning) == true
                && (responder.KeyUsage is not { } usage || usage.HasFlag(KeyUsages.DigitalSignature) || usage.HasFlag(KeyUsages.NonRepudiation))
                && responder.IsValidAt(producedAt)
                && responder.Deviations.Count == 0
                && state.Search.Verify(issuer.PublicKey, responder.SignatureAlgorithm, responder.Tbs, responder.Signature)
                && !IsRevokedResponder(state, responder);
        }
        catch (Asn1FormatException)
        {
            return false;
        }
    }

    // Without ocsp-nocheck the responder's own status counts: it must be good on a CRL of its issuer.
    private static bool IsRevokedResponder(PathState state, Certificate responder)
    {
        if (responder.HasOcspNoCheck)
        {
            return false;
        }

        var probe = new PathState(state.Search, [responder, .. state.Path.Skip(state.Depth + 1)], state.Anchor, state.At, state.Recursion + 1);
        return FromCrls(probe).Status != CertificateStatus.Good;
    }

    private static RevocationFinding FromCrls(PathState state)
    {
        var current = state.Current;
        var points = current.CrlDistributionPoints;

        // RFC 5280 §6.3.3: for each distribution point; if there is none, a point named as the certificate issuer is assumed.
        var covered = RevocationReasons.None;
        CertificateRevocationList? good = null;
        foreach (var point in points.Append(new DistributionPoint(null, null, [])))
        {
            foreach (var crl in state.Search.Crls)
            {
                if (crl.DeltaBase is not null || !CrlScope.Covers(crl, point, current) || !IsCurrent(state, crl) || !IsSignedWithAuthority(state, crl))
                {
                    continue;
                }

                var delta = FindDelta(state, crl, point);
                var entry = EntryFor(current, crl, delta);
                if (entry is not null && entry.RevokedAt <= state.At)
                {
                    return new RevocationFinding(CertificateStatus.Revoked, RevocationSource.Crl, entry.RevokedAt, entry.Reason, crl.ThisUpdate, crl.NextUpdate);
                }

                // RFC 5280 §3.3: an entry may leave the list once the certificate has expired; then its absence says nothing.
                if (crl.ThisUpdate > current.NotAfter && !(crl.ExpiredCertsSince <= current.NotAfter))
                {
                    continue;
                }

                if (crl.HasUnknownCriticalExtension || crl.HasUnknownCriticalEntry)
                {
                    continue;
                }

                covered |= (point.Reasons ?? RevocationReasons.All) & (crl.Scope?.OnlySomeReasons ?? RevocationReasons.All);
                good = good is null || crl.ThisUpdate > good.ThisUpdate ? crl : good;
            }
        }

        // (l): until every reason is covered the status is undetermined.
        return good is not null && (covered & RevocationReasons.All) == RevocationReasons.All
            ? new RevocationFinding(CertificateStatus.Good, RevocationSource.Crl, null, null, good.ThisUpdate, good.NextUpdate)
            : RevocationFinding.Unknown;
    }

    private static bool IsCurrent(PathState state, CertificateRevocationList crl) =>
        crl.ThisUpdate <= Now(state) && crl.NextUpdate is { } next && next >= state.At;

    // (c), (h): a fresh delta list of the same issuer and scope, based on this list or an earlier one.
    private static CertificateRevocationList? FindDelta(PathState state, CertificateRevocationList complete, DistributionPoint point) =>
        state.Search.Crls
            .Where(d => d.DeltaBase is { } based && complete.Number is { } number && based <= number && d.Number >= number
                && d.Issuer.Equals(complete.Issuer) && CrlScope.SameScope(d, complete) && CrlScope.Covers(d, point, state.Current)
                && IsCurrent(state, d) && !d.HasUnknownCriticalExtension && IsSignedWithAuthority(state, d))
            .MaxBy(d => d.Number);

    private static RevokedCertificate? EntryFor(Certificate certificate, CertificateRevocationList crl, CertificateRevocationList? delta)
    {
        var changed = delta?.Find(certificate.Issuer, certificate.SerialNumber);
        if (changed is not null)
        {
            return changed.Reason == RevocationReason.RemoveFromCrl ? null : changed;
        }

        return crl.Find(certificate.Issuer, certificate.SerialNumber);
    }

    // (f), (g): a key certified under the CRL issuer's name, allowed to sign lists, with a path to the same anchor.
    private static bool IsSignedWithAuthority(PathState state, CertificateRevocationList crl)
    {
        var issuer = state.Issuer;
        if (crl.Issuer.Equals(issuer.Subject) && MaySignLists(issuer)
            && state.Search.Verify(issuer.PublicKey, crl.SignatureAlgorithm, crl.Tbs, crl.Signature))
        {
            return true;
        }

        return state.Search.WithSubject(crl.Issuer).Any(signer => !signer.Equals(issuer) && MaySignLists(signer)
            && KeyIdentifiers.Agree(crl.AuthorityKeyIdentifier?.KeyIdentifier, signer)
            && state.Search.Verify(signer.PublicKey, crl.SignatureAlgorithm, crl.Tbs, crl.Signature)
            && IsTrustedSigner(state, signer));
    }

    private static bool IsTrustedSigner(PathState state, Certificate signer) =>
        signer.Equals(state.Anchor.Certificate)
        || state.Path.Skip(state.Depth + 1).Any(signer.Equals)
        || state.Search.IsTrusted(signer, state.Anchor, state.At, state.Recursion);

    private static bool MaySignLists(Certificate signer)
    {
        try
        {
            return signer.KeyUsage is not { } usage || usage.HasFlag(KeyUsages.CrlSign);
        }
        catch (Asn1FormatException)
        {
            return false;
        }
    }
}

/// <summary>Does a list speak about a certificate? RFC 5280 §6.3.3 (b).</summary>
internal static class CrlScope
{
    public static bool Covers(CertificateRevocationList crl, DistributionPoint point, Certificate certificate)
    {
        var scope = crl.Scope;
        if (!IssuerAgrees(crl, point, certificate))
        {
            return false;
        }

        if (scope is null)
        {
            return true;
        }

        var isCa = certificate.BasicConstraints is { IsCa: true };
        if (scope.OnlyAttributeCerts || (scope.OnlyUserCerts && isCa) || (scope.OnlyCaCerts && !isCa))
        {
            return false;
        }

        return scope.Name is null || NamesMeet(scope.Name, crl, point, certificate);
    }

    public static bool SameScope(CertificateRevocationList left, CertificateRevocationList right)
    {
        // (c)(2): both lack the extension, or they hold the same.
        var l = left.Extensions.FirstOrDefault(e => e.Oid == Oids.IssuingDistributionPoint)?.Value ?? default;
        var r = right.Extensions.FirstOrDefault(e => e.Oid == Oids.IssuingDistributionPoint)?.Value ?? default;
        return l.Span.SequenceEqual(r.Span);
    }

    // (b)(1): with cRLIssuer in the point, the list's issuer is that name and the list is indirect; else it is the certificate issuer.
    private static bool IssuerAgrees(CertificateRevocationList crl, DistributionPoint point, Certificate certificate) => point.CrlIssuer.Count > 0
        ? crl.Scope is { IndirectCrl: true } && point.CrlIssuer.Any(n => n.Directory?.Equals(crl.Issuer) == true)
        : crl.Issuer.Equals(certificate.Issuer);

    // (b)(2)(i): one of the list's names is one of the point's, or of its cRLIssuer when the point has no name.
    private static bool NamesMeet(DistributionPointName name, CertificateRevocationList crl, DistributionPoint point, Certificate certificate)
    {
        var ofList = Expand(name, crl.Issuer);
        var pointIssuer = point.CrlIssuer.FirstOrDefault(n => n.Directory is not null)?.Directory ?? certificate.Issuer;
        var ofPoint = point.Name is not null ? Expand(point.Name, pointIssuer) : point.CrlIssuer;
        return ofList.Any(l => ofPoint.Any(p => Same(l, p)));
    }

    private static IReadOnlyList<GeneralName> Expand(DistributionPointName name, DistinguishedName issuer) =>
        name.RelativeName is { } relative ? [GeneralName.OfDirectory(issuer.Append(relative))] : name.FullName;

    private static bool Same(GeneralName left, GeneralName right) => left.Kind == right.Kind
        && (left.Directory is not null ? left.Directory.Equals(right.Directory) : left.Encoded.Span.SequenceEqual(right.Encoded.Span));
}
