// Certification path building and validation. References: RFC 5280 §6 with RFC 6818, RFC 4158 (building: names and key identifiers as
// hints, several candidates, loops). Pure: certificates, revocation data and time are arguments. Limits: no fetching; DSA parameters
// are not inherited.
using AnTin.Asn1;

namespace AnTin.X509;

public static class PathValidator
{
    /// <summary>
    /// Looks for a path from the leaf to an anchor that passes every check; of several failing paths the least grave failure is told.
    /// Never throws on hostile certificates.
    /// </summary>
    /// <param name="leaf">The certificate in question.</param>
    /// <param name="candidates">Certificates that may be issuers or CRL signers, in any order.</param>
    /// <param name="anchors">What is trusted.</param>
    /// <param name="crls">Revocation lists at hand, for any issuers.</param>
    /// <param name="ocsps">OCSP responses at hand.</param>
    /// <param name="at">The time the certificates are judged at.</param>
    /// <param name="options">Further inputs and the budget.</param>
    public static PathResult Validate(Certificate leaf, IEnumerable<Certificate> candidates, IReadOnlyCollection<TrustAnchor> anchors,
        IReadOnlyCollection<CertificateRevocationList> crls, IReadOnlyCollection<OcspResponse> ocsps, DateTimeOffset at, PathOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(anchors);
        var search = new PathSearch(candidates, anchors, crls, ocsps, options ?? PathOptions.Default);
        return search.Find(leaf, at, depth: 0);
    }
}

/// <summary>One search: its inputs, its budget, and what it has already verified.</summary>
internal sealed class PathSearch
{
    // A CRL signer may need a path of its own, whose CRL may have another signer, and so on.
    private const int MaxRecursion = 3;

    private readonly Dictionary<string, List<Certificate>> _bySubject = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TrustAnchor>> _anchorsBySubject = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, string Signature), bool> _verified = [];
    private readonly HashSet<Certificate> _signersInQuestion = [];
    private int _signatureChecks;

    public PathSearch(IEnumerable<Certificate> candidates, IReadOnlyCollection<TrustAnchor> anchors,
        IReadOnlyCollection<CertificateRevocationList> crls, IReadOnlyCollection<OcspResponse> ocsps, PathOptions options)
    {
        Options = options;
        Crls = crls;
        Ocsps = ocsps;
        foreach (var candidate in candidates.Distinct())
        {
            Bucket(_bySubject, candidate.Subject).Add(candidate);
        }

        foreach (var anchor in anchors)
        {
            Bucket(_anchorsBySubject, anchor.Certificate.Subject).Add(anchor);
        }
    }

    public PathOptions Options { get; }

    public IReadOnlyCollection<CertificateRevocationList> Crls { get; }

    public IReadOnlyCollection<OcspResponse> Ocsps { get; }

    public PathResult Find(Certificate leaf, DateTimeOffset at, int depth)
    {
        if (FindAnchor(leaf) is { } self)
        {
            return PathChecks.RunOnAnchor(self, leaf, at);
        }

        PathResult? best = null;
        var path = new List<Certificate> { leaf };
        Extend(path, at, depth, ref best);
        return best ?? Failure(PathStatus.NoPathToAnchor, [leaf], "no issuer that leads to a trust anchor");
    }

    /// <summary>Certificates with this subject, anchors' own included.</summary>
    public IEnumerable<Certificate> WithSubject(DistinguishedName subject) =>
        _anchorsBySubject.GetValueOrDefault(subject.ComparisonKey, []).Select(a => a.Certificate)
            .Concat(_bySubject.GetValueOrDefault(subject.ComparisonKey, []))
            .Distinct();

    /// <summary>Finds a path for a CRL signer within the recursion allowed.</summary>
    public bool IsTrusted(Certificate signer, TrustAnchor under, DateTimeOffset at, int depth)
    {
        if (depth >= MaxRecursion)
        {
            return false;
        }

        // An authority may point the status of its CRL signer to the list that this signer makes (PKITS 4.14.30). While that signer is
        // being judged its own list counts: everything else about it is still checked, and the authority chose the arrangement.
        if (!_signersInQuestion.Add(signer))
        {
            return true;
        }

        try
        {
            // RFC 5280 §6.3.3 (f): the trust anchor of the CRL issuer's path MUST be the one used for the certificate.
            var result = Find(signer, at, depth + 1);
            return result.IsValid && result.Anchor == under;
        }
        finally
        {
            _signersInQuestion.Remove(signer);
        }
    }

    /// <summary>Verifies a signature once; false, too, when the budget is spent.</summary>
    public bool Verify(SubjectPublicKeyInfo key, AlgorithmIdentifier algorithm, ReadOnlyMemory<byte> tbs, ReadOnlyMemory<byte> signature)
    {
        var id = (Convert.ToHexString(key.KeyBits.Span), Convert.ToHexString(signature.Span) + Convert.ToHexString(DigestAlgorithm.Sha256.Hash(tbs.Span)));
        if (_verified.TryGetValue(id, out var known))
        {
            return known;
        }

        if (++_signatureChecks > Options.MaxSignatureChecks)
        {
            return false;
        }

        return _verified[id] = SignatureVerification.Verify(key, algorithm, tbs.Span, signature.Span);
    }

    public bool IsExhausted => _signatureChecks > Options.MaxSignatureChecks;

    private void Extend(List<Certificate> path, DateTimeOffset at, int depth, ref PathResult? best)
    {
        var last = path[^1];
        foreach (var anchor in _anchorsBySubject.GetValueOrDefault(last.Issuer.ComparisonKey, []))
        {
            Keep(PathChecks.Run(this, path, anchor, at, depth), ref best);
            if (best!.IsValid || IsExhausted)
            {
                return;
            }
        }

        if (path.Count >= Options.MaxLength)
        {
            return;
        }

        foreach (var issuer in IssuersOf(last))
        {
            // RFC 4158 §2.4.1: a loop repeats a name and key; the same certificate twice never helps.
            if (path.Exists(c => c.Subject.Equals(issuer.Subject) && c.SubjectPublicKeyInfo.Span.SequenceEqual(issuer.SubjectPublicKeyInfo.Span)))
            {
                continue;
            }

            if (!Verify(issuer.PublicKey, last.SignatureAlgorithm, last.Tbs, last.Signature))
            {
                var status = IsExhausted ? PathStatus.BudgetExhausted : PathStatus.SignatureInvalid;
                Keep(Failure(status, path, "the issuer's key does not verify the signature", path.Count - 1), ref best);
                if (IsExhausted)
                {
                    return;
                }

                continue;
            }

            path.Add(issuer);
            Extend(path, at, depth, ref best);
            path.RemoveAt(path.Count - 1);
            if (best is { IsValid: true } || IsExhausted)
            {
                return;
            }
        }
    }

    // Hints of RFC 4158 §3.2: a matching key identifier first, then those valid longest.
    private IEnumerable<Certificate> IssuersOf(Certificate certificate)
    {
        var issuers = _bySubject.GetValueOrDefault(certificate.Issuer.ComparisonKey, []);
        if (issuers.Count < 2)
        {
            return issuers;
        }

        var hint = KeyIdentifiers.OfAuthority(certificate);
        return issuers.OrderByDescending(i => KeyIdentifiers.Agree(hint, i)).ThenByDescending(i => i.NotAfter);
    }

    private TrustAnchor? FindAnchor(Certificate leaf) =>
        _anchorsBySubject.GetValueOrDefault(leaf.Subject.ComparisonKey, []).Find(a => a.Certificate.Equals(leaf));

    private static void Keep(PathResult result, ref PathResult? best)
    {
        if (best is null || Rank(result) < Rank(best))
        {
            best = result;
        }
    }

    // Of two failing paths: one that reached an anchor says more; then the one whose failure comes later in the checks.
    private static int Rank(PathResult result) => result.IsValid ? 0
        : result.Anchor is not null && result.Status != PathStatus.SignatureInvalid ? 1
        : result.Anchor is not null ? 2
        : 3;

    private static PathResult Failure(PathStatus status, IReadOnlyList<Certificate> path, string message, int depth = 0) =>
        new(status, [.. path], null, [new PathFinding("path.building", "RFC 4158 §2", depth, status, message)], []);

    private static List<T> Bucket<T>(Dictionary<string, List<T>> map, DistinguishedName name)
    {
        if (!map.TryGetValue(name.ComparisonKey, out var list))
        {
            map[name.ComparisonKey] = list = [];
        }

        return list;
    }
}

internal static class KeyIdentifiers
{
    public static ReadOnlyMemory<byte>? OfAuthority(Certificate certificate)
    {
        try
        {
            return certificate.AuthorityKeyIdentifier?.KeyIdentifier;
        }
        catch (Asn1FormatException)
        {
            return null;
        }
    }

    /// <summary>Only a hint (RFC 5280 §4.2.1.1): absence on either side agrees.</summary>
    public static bool Agree(ReadOnlyMemory<byte>? authority, Certificate issuer)
    {
        try
        {
            return authority is not { } wanted || issuer.SubjectKeyIdentifier is not { } own || wanted.Span.SequenceEqual(own.Span);
        }
        catch (Asn1FormatException)
        {
            return false;
        }
    }
}
