using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>What an anchor vouches for. Decided by who pinned it, never by the text of its name.</summary>
public enum TrustClass
{
    Other,

    /// <summary>The official-duty authority (chữ ký số chuyên dùng công vụ).</summary>
    OfficialDuty,

    /// <summary>The national authority and its public CAs (chữ ký số công cộng).</summary>
    Public,
}

/// <summary>A key that is trusted because it was configured. Its certificate is not validated itself (RFC 5280 §6.1.1 (d)).</summary>
public sealed record TrustAnchor(Certificate Certificate, TrustClass Class);

public enum RevocationPolicy
{
    /// <summary>Every certificate below the anchor needs a fresh, verified statement that it is not revoked.</summary>
    Required,

    /// <summary>A statement that a certificate is revoked counts; the lack of any statement does not.</summary>
    WhenKnown,

    /// <summary>Revocation is not looked at.</summary>
    Ignore,
}

/// <summary>Inputs of RFC 5280 §6.1.1 beyond certificates and time, and the budget of the search.</summary>
public sealed record PathOptions
{
    public static PathOptions Default { get; } = new();

    public RevocationPolicy Revocation { get; init; } = RevocationPolicy.Required;

    /// <summary>When the validation happens; revocation data made after `at` and before this still speaks about `at`. Null: the same as `at`.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The leaf must allow at least one of these extended key usages; empty to ask for none.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>Initial policies (user-initial-policy-set); empty means any policy.</summary>
    public IReadOnlyList<string> InitialPolicies { get; init; } = [];

    public bool InitialExplicitPolicy { get; init; }

    public bool InitialPolicyMappingInhibit { get; init; }

    public bool InitialAnyPolicyInhibit { get; init; }

    /// <summary>Longest path tried, anchor not counted. Real hierarchies have three levels; cross-certified ones up to eight.</summary>
    public int MaxLength { get; init; } = 12;

    /// <summary>Signature verifications spent before the search gives up: bounds hostile sets of look-alike certificates.</summary>
    public int MaxSignatureChecks { get; init; } = 400;

    /// <summary>How old an OCSP answer without nextUpdate may be.</summary>
    public TimeSpan OcspMaxAge { get; init; } = TimeSpan.FromDays(1);
}

/// <summary>Why a path is not valid, the gravest first where several hold.</summary>
public enum PathStatus
{
    Valid,
    Revoked,
    IssuerRevoked,
    SignatureInvalid,
    Malformed,
    NotYetValid,
    Expired,
    ConstraintsViolated,
    UnknownCriticalExtension,
    RevocationUnknown,
    NoPathToAnchor,
    BudgetExhausted,
}

/// <summary>One check of one certificate. <paramref name="Failure"/> is null when it passed.</summary>
/// <param name="Check">Identifier, e.g. "path.signature".</param>
/// <param name="Reference">Section that asks for it.</param>
/// <param name="Depth">0 for the leaf, rising towards the anchor.</param>
/// <param name="Status">The status this failure leads to; Valid when it passed.</param>
/// <param name="Failure">English phrase.</param>
public sealed record PathFinding(string Check, string Reference, int Depth, PathStatus Status, string? Failure);

/// <summary>Where the knowledge about a certificate's revocation came from.</summary>
public enum RevocationSource
{
    None,
    Crl,
    Ocsp,
}

/// <summary>What is known about one certificate.</summary>
public sealed record RevocationFinding(CertificateStatus Status, RevocationSource Source, DateTimeOffset? RevokedAt, RevocationReason? Reason,
    DateTimeOffset? ThisUpdate, DateTimeOffset? NextUpdate)
{
    public static RevocationFinding Unknown { get; } = new(CertificateStatus.Unknown, RevocationSource.None, null, null, null, null);
}

/// <summary>Outcome of path validation.</summary>
/// <param name="Status">Valid, or why not.</param>
/// <param name="Path">Leaf first; the anchor's certificate last when one was reached.</param>
/// <param name="Anchor">The anchor reached, also on failure below it; null when none was.</param>
/// <param name="Findings">Checks made on that path, in order, anchor side first.</param>
/// <param name="Revocation">By depth: what is known of each certificate below the anchor.</param>
public sealed record PathResult(PathStatus Status, IReadOnlyList<Certificate> Path, TrustAnchor? Anchor,
    IReadOnlyList<PathFinding> Findings, IReadOnlyList<RevocationFinding> Revocation)
{
    public bool IsValid => Status == PathStatus.Valid;

    /// <summary>The first failed check; null for a valid path or when no path was found.</summary>
    public PathFinding? Failure => Findings.FirstOrDefault(f => f.Failure is not null);
}
