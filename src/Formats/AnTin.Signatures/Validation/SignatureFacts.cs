using AnTin.Cms;
using AnTin.X509;

namespace AnTin.Signatures;

/// <summary>A time-stamp token and what was found out about it.</summary>
/// <param name="Token">The token; null when it cannot be read.</param>
/// <param name="Verification">Imprint, signature, purpose.</param>
/// <param name="Path">Chain of the authority's certificate; null when there is none.</param>
internal sealed record TimestampFacts(TimestampToken? Token, TimestampVerification? Verification, PathResult? Path)
{
    public bool IsIntact => Verification is { IsIntact: true, PurposeAgrees: true };

    /// <summary>Proves that what it stamps existed at its time.</summary>
    public bool IsTrusted => IsIntact && Path is { IsValid: true };

    public DateTimeOffset? Time => Token?.Info.Time;
}

/// <summary>Everything found out about one signature, before any rule is applied. Checks read this and nothing else of the file.</summary>
internal sealed class SignatureFacts(PdfSignature source)
{
    public PdfSignature Source { get; } = source;

    /// <summary>English phrase why the container cannot be used; null when it can.</summary>
    public string? FormatFault { get; set; }

    public SignedData? Cms { get; set; }

    public SignerInfo? Signer { get; set; }

    /// <summary>The token of a document time-stamp.</summary>
    public TimestampToken? Token { get; set; }

    public Certificate? Certificate { get; set; }

    /// <summary>Digest of the document's octets.</summary>
    public DigestAlgorithm? Digest { get; set; }

    public SignatureAlgorithm? Algorithm { get; set; }

    /// <summary>The digest in the container is that of the file's octets.</summary>
    public bool DigestAgrees { get; set; }

    public SignatureCheck SignatureValue { get; set; } = SignatureCheck.Invalid;

    public EssCheck Ess { get; set; } = EssCheck.Absent;

    /// <summary>Time-stamps over the signature value.</summary>
    public List<TimestampFacts> Timestamps { get; } = [];

    /// <summary>Earliest time at which the signature provably existed; null without a trusted time-stamp.</summary>
    public DateTimeOffset? BestTime { get; set; }

    /// <summary>Time of the earliest trusted document time-stamp that covers this signature.</summary>
    public DateTimeOffset? CoveredAt { get; set; }

    /// <summary>Chain of the signing certificate, judged at <see cref="JudgedAt"/>; null when there is no certificate.</summary>
    public PathResult? Path { get; set; }

    /// <summary>The proven time, else the time of the verification.</summary>
    public DateTimeOffset JudgedAt { get; set; }

    public DateTimeOffset? ClaimedTime { get; set; }

    public CertificateClass Class { get; set; }

    public SignatureType Type { get; set; }

    public SignatureRole Role { get; set; }

    public string Level { get; set; } = "PKCS7";

    /// <summary>What the signature covers and what followed it; null when that cannot be found out, which counts as the worst.</summary>
    public SignatureChanges? Later { get; set; }

    /// <summary>What is wrong with the range, as a stable word; null when it covers exactly one revision whole.</summary>
    public string? RangeFault => Later is { } later ? later.Fault : "document.unreadable";

    public bool CoversWholeDocument => Later is { CoversWholeDocument: true };

    public ChangeLevel Changes => Later?.ChangesAfter ?? ChangeLevel.Other;

    public bool ChangesWithinLocks => Later is { WithinLocks: true };

    public bool CryptoIntact => FormatFault is null && DigestAgrees && SignatureValue == SignatureCheck.Valid;

    /// <summary>The chain reaches an anchor by signatures, whatever else is wrong with it.</summary>
    public bool HasChain => Path is { Anchor: not null, Status: not (PathStatus.SignatureInvalid or PathStatus.BudgetExhausted) };
}
