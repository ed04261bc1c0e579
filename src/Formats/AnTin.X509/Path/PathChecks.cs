// The checks of a certification path, in the order of RFC 5280 §6.1.3 to §6.1.5, for each certificate from the anchor's side to the leaf.
// References: RFC 5280 §6.1, RFC 6818, RFC 9618 (policies), RFC 9336 and RFC 3161 (purposes).
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>One check: gives null when the certificate passes, else the status it leads to and why.</summary>
internal sealed record PathCheck(string Id, string Reference, Func<PathState, PathFailure?> Run);

internal readonly record struct PathFailure(PathStatus Status, string Message);

/// <summary>State variables of RFC 5280 §6.1.2, at the certificate under check.</summary>
internal sealed class PathState(PathSearch search, IReadOnlyList<Certificate> path, TrustAnchor anchor, DateTimeOffset at, int recursion)
{
    public PathSearch Search { get; } = search;

    public IReadOnlyList<Certificate> Path { get; } = path;

    public TrustAnchor Anchor { get; } = anchor;

    public DateTimeOffset At { get; } = at;

    public int Recursion { get; } = recursion;

    /// <summary>0 for the leaf.</summary>
    public int Depth { get; set; }

    public Certificate Current => Path[Depth];

    public bool IsLeaf => Depth == 0;

    /// <summary>Issuer of the current certificate: the one before it on the way from the anchor.</summary>
    public Certificate Issuer => Depth == Path.Count - 1 ? Anchor.Certificate : Path[Depth + 1];

    /// <summary>max_path_length: certificates that may still follow.</summary>
    public int MaxPathLength { get; set; } = path.Count;

    public NameConstraintSet Names { get; } = new();

    public PolicyState Policies { get; } = new(search.Options, path.Count);

    public RevocationFinding[] Revocation { get; } = [.. Enumerable.Repeat(RevocationFinding.Unknown, path.Count)];
}

internal static class PathChecks
{
    /// <summary>Every check, in order. Path validation is this list and nothing else.</summary>
    public static readonly IReadOnlyList<PathCheck> All =
    [
        new("path.form", "RFC 5280 §4.1, §4.2", CheckForm),
        new("path.signature", "RFC 5280 §6.1.3 (a)(1)", CheckSignature),
        new("path.validity", "RFC 5280 §6.1.3 (a)(2)", CheckValidity),
        new("path.naming", "RFC 5280 §6.1.3 (a)(4)", CheckNaming),
        new("path.criticalExtensions", "RFC 5280 §6.1.4 (o), §6.1.5 (f)", CheckCriticalExtensions),
        new("path.nameConstraints", "RFC 5280 §6.1.3 (b), (c)", CheckNameConstraints),
        new("path.policies", "RFC 5280 §6.1.3 (d) to (f), RFC 9618 §5", CheckPolicies),
        new("path.basicConstraints", "RFC 5280 §6.1.4 (k)", CheckBasicConstraints),
        new("path.pathLength", "RFC 5280 §6.1.4 (l), (m)", CheckPathLength),
        new("path.keyUsage", "RFC 5280 §6.1.4 (n)", CheckKeyUsage),
        new("path.purpose", "RFC 5280 §4.2.1.12", CheckPurpose),
        new("path.revocation", "RFC 5280 §6.1.3 (a)(3), §6.3; RFC 6960 §3.2", CheckRevocation),
        new("path.policyResult", "RFC 5280 §6.1.5 (g)", CheckPolicyResult),
    ];

    private static readonly HashSet<string> Processed = new(StringComparer.Ordinal)
    {
        Oids.BasicConstraints, Oids.KeyUsage, Oids.ExtendedKeyUsage, Oids.SubjectAlternativeName, Oids.IssuerAlternativeName,
        Oids.CertificatePolicies, Oids.PolicyMappings, Oids.PolicyConstraints, Oids.InhibitAnyPolicy, Oids.NameConstraints,
        Oids.CrlDistributionPoints, Oids.FreshestCrl, Oids.SubjectKeyIdentifier, Oids.AuthorityKeyIdentifier, Oids.AuthorityInfoAccess,
        Oids.SubjectInfoAccess, Oids.OcspNoCheck,
    };

    /// <summary>Checks a path whose last certificate names the anchor as its issuer.</summary>
    public static PathResult Run(PathSearch search, IReadOnlyList<Certificate> path, TrustAnchor anchor, DateTimeOffset at, int recursion)
    {
        var copy = path.ToArray();
        var state = new PathState(search, copy, anchor, at, recursion);
        var findings = new List<PathFinding>(copy.Length * All.Count);
        var status = PathStatus.Valid;
        for (state.Depth = copy.Length - 1; state.Depth >= 0; state.Depth--)
        {
            foreach (var check in All)
            {
                var failure = RunOne(check, state);
                findings.Add(new PathFinding(check.Id, check.Reference, state.Depth, failure?.Status ?? PathStatus.Valid, failure?.Message));
                if (failure is { } f && status == PathStatus.Valid)
                {
                    status = f.Status;
                }

                // Nothing below an unverified certificate means anything: the rest would only be noise.
                if (failure is { Status: PathStatus.SignatureInvalid or PathStatus.Malformed })
                {
                    return Result(status, state, findings);
                }
            }
        }

        return Result(status, state, findings);
    }

    /// <summary>The leaf is itself an anchor: only its validity is looked at.</summary>
    public static PathResult RunOnAnchor(TrustAnchor anchor, Certificate leaf, DateTimeOffset at)
    {
        var failure = Validity(leaf, at);
        var finding = new PathFinding("path.validity", "RFC 5280 §6.1.3 (a)(2)", 0, failure?.Status ?? PathStatus.Valid, failure?.Message);
        return new PathResult(finding.Status, [leaf], anchor, [finding], [RevocationFinding.Unknown]);
    }

    private static PathResult Result(PathStatus status, PathState state, List<PathFinding> findings) =>
        new(status, [.. state.Path, state.Anchor.Certificate], state.Anchor, findings, state.Revocation);

    private static PathFailure? RunOne(PathCheck check, PathState state)
    {
        try
        {
            return check.Run(state);
        }
        catch (Asn1FormatException e)
        {
            return new PathFailure(PathStatus.Malformed, e.Message);
        }
    }

    private static PathFailure? CheckForm(PathState state)
    {
        var breach = state.Current.Deviations.FirstOrDefault(d => !d.StartsWith("serial number", StringComparison.Ordinal));
        return breach is null ? null : new PathFailure(PathStatus.Malformed, breach);
    }

    private static PathFailure? CheckSignature(PathState state)
    {
        var current = state.Current;
        if (state.Search.Verify(state.Issuer.PublicKey, current.SignatureAlgorithm, current.Tbs, current.Signature))
        {
            return null;
        }

        return state.Search.IsExhausted
            ? new PathFailure(PathStatus.BudgetExhausted, "more signature checks than allowed")
            : new PathFailure(PathStatus.SignatureInvalid, "the issuer's key does not verify the signature");
    }

    private static PathFailure? CheckValidity(PathState state) => Validity(state.Current, state.At);

    private static PathFailure? Validity(Certificate certificate, DateTimeOffset at)
    {
        if (at < certificate.NotBefore)
        {
            return new PathFailure(PathStatus.NotYetValid, $"valid from {certificate.NotBefore:u}");
        }

        return at > certificate.NotAfter ? new PathFailure(PathStatus.Expired, $"valid until {certificate.NotAfter:u}") : null;
    }

    private static PathFailure? CheckNaming(PathState state) =>
        state.Current.Issuer.Equals(state.Issuer.Subject) && !state.Issuer.Subject.IsEmpty
            ? null
            : new PathFailure(PathStatus.ConstraintsViolated, "the issuer's name is not that of the certificate above");

    private static PathFailure? CheckCriticalExtensions(PathState state)
    {
        var unknown = state.Current.Extensions.FirstOrDefault(e => e.Critical && !Processed.Contains(e.Oid));
        return unknown is null
            ? null
            : new PathFailure(PathStatus.UnknownCriticalExtension, "critical extension is not known: " + Oids.NameOf(unknown.Oid));
    }

    private static PathFailure? CheckNameConstraints(PathState state)
    {
        // (b), (c): a self-issued certificate that is not the leaf is exempt.
        if (state.IsLeaf || !state.Current.IsSelfIssued)
        {
            if (state.Names.Violation(state.Current) is { } violation)
            {
                return new PathFailure(PathStatus.ConstraintsViolated, violation);
            }
        }

        // §6.1.4 (g): constraints of this certificate hold for those below it.
        if (!state.IsLeaf && state.Current.NameConstraints is { } constraints)
        {
            state.Names.Add(constraints);
        }

        return null;
    }

    private static PathFailure? CheckPolicies(PathState state)
    {
        state.Policies.Process(state.Current, state.IsLeaf);
        return state.Policies.Violation is { } violation ? new PathFailure(PathStatus.ConstraintsViolated, violation) : null;
    }

    private static PathFailure? CheckPolicyResult(PathState state) =>
        state.IsLeaf && state.Policies.FinalViolation() is { } violation ? new PathFailure(PathStatus.ConstraintsViolated, violation) : null;

    private static PathFailure? CheckBasicConstraints(PathState state)
    {
        if (state.IsLeaf)
        {
            return null;
        }

        // "If certificate i is a version 3 certificate, verify that basicConstraints is present and that cA is set to TRUE."
        // Beyond the RFC: authorities of version 1 or 2 are refused, there is no out-of-band knowledge to allow them.
        return state.Current.BasicConstraints is { IsCa: true } ? null : new PathFailure(PathStatus.ConstraintsViolated, "the issuer is not a CA");
    }

    private static PathFailure? CheckPathLength(PathState state)
    {
        if (state.IsLeaf)
        {
            return null;
        }

        if (!state.Current.IsSelfIssued)
        {
            if (state.MaxPathLength <= 0)
            {
                return new PathFailure(PathStatus.ConstraintsViolated, "the path is longer than its constraint allows");
            }

            state.MaxPathLength--;
        }

        if (state.Current.BasicConstraints?.PathLength is { } limit && limit < state.MaxPathLength)
        {
            state.MaxPathLength = limit;
        }

        return null;
    }

    private static PathFailure? CheckKeyUsage(PathState state)
    {
        if (state.IsLeaf)
        {
            return null;
        }

        return state.Current.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.KeyCertSign)
            ? new PathFailure(PathStatus.ConstraintsViolated, "the issuer's key may not sign certificates")
            : null;
    }

    private static PathFailure? CheckPurpose(PathState state)
    {
        var purposes = state.Search.Options.Purposes;
        if (!state.IsLeaf || purposes.Count == 0 || state.Recursion > 0 || state.Current.ExtendedKeyUsages is not { } allowed)
        {
            return null;
        }

        return allowed.Any(purposes.Contains) || allowed.Contains(Oids.AnyExtendedKeyUsage)
            ? null
            : new PathFailure(PathStatus.ConstraintsViolated, "the certificate is not for this purpose");
    }

    private static PathFailure? CheckRevocation(PathState state)
    {
        if (state.Search.Options.Revocation == RevocationPolicy.Ignore)
        {
            return null;
        }

        var finding = RevocationChecks.Determine(state);
        state.Revocation[state.Depth] = finding;
        if (finding.Status == CertificateStatus.Revoked)
        {
            return new PathFailure(state.IsLeaf ? PathStatus.Revoked : PathStatus.IssuerRevoked,
                $"revoked at {finding.RevokedAt:u}" + (finding.Reason is { } reason ? $" ({reason})" : ""));
        }

        return finding.Status == CertificateStatus.Unknown && state.Search.Options.Revocation == RevocationPolicy.Required
            ? new PathFailure(PathStatus.RevocationUnknown, "no fresh and trusted statement about revocation")
            : null;
    }
}
