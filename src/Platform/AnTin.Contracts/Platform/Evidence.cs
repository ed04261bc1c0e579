namespace AnTin.Contracts.Platform;

/// <summary>The logs of the product: one implementation, separate trees and keys.</summary>
public static class EvidenceLogs
{
    /// <summary>Every act; read by inspectors, exported, not public.</summary>
    public const string Audit = "audit";

    /// <summary>What the Authority issued; public under /log/issuance.</summary>
    public const string Issuance = "issuance";
}

/// <summary>What the act was done to: a kind in lower case (<c>document</c>, <c>certificate</c>) and its id.</summary>
public sealed record EvidenceSubject(string Kind, string Id);

/// <summary>
/// One act to be put on record, in the transaction of the act (docs/specs/evidence-log.md).
/// </summary>
/// <param name="Act">Act code, <c>subject.verb-in-past</c>: <c>document.sealed</c>; lower case, digits, dots, hyphens.</param>
/// <param name="Actor">Who.</param>
/// <param name="At">When, by the module's TimeProvider; kept to the microsecond in UTC.</param>
public sealed record EvidenceEntry(string Act, Actor Actor, DateTimeOffset At)
{
    public string Log { get; init; } = EvidenceLogs.Audit;

    /// <summary>The agency the act belongs to: figures count by it.</summary>
    public Guid? OrganisationId { get; init; }

    public EvidenceSubject? Subject { get; init; }

    /// <summary>SHA-256 of the file as the act left it, lower-case hex.</summary>
    public string? DocumentSha256 { get; init; }

    /// <summary>SHA-256 of the DER of the certificate that signed, lower-case hex.</summary>
    public string? CertificateSha256 { get; init; }

    /// <summary>
    /// What else a figure or an inspector needs: strings, integers, booleans, null, lists and dictionaries of
    /// these; never a secret, never a fraction. At most 32 KiB once encoded.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Details { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);
}
