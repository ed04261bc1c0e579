using AnTin.X509;

namespace AnTin.Signatures;

/// <summary>Everything a verification depends on besides the file. Nothing is fetched: what is not here and not in the file is unknown.</summary>
public sealed record ValidationInputs
{
    /// <summary>The time of the verification. Signatures without a proven time are judged at it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What is trusted, with its class. None: every chain is unknown.</summary>
    public IReadOnlyCollection<TrustAnchor> Anchors { get; init; } = [];

    /// <summary>Certificates that may complete chains. Keep the parsed objects: their keys stay imported.</summary>
    public IReadOnlyCollection<Certificate> Certificates { get; init; } = [];

    public IReadOnlyCollection<CertificateRevocationList> Crls { get; init; } = [];

    public IReadOnlyCollection<OcspResponse> Ocsps { get; init; } = [];

    public ValidationPolicy Policy { get; init; } = ValidationPolicy.Default;
}
