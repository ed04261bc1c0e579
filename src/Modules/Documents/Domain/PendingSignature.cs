using AnTin.Contracts.Platform;

namespace AnTin.Modules.Documents.Domain;

/// <summary>
/// A signature between prepare and complete. While it stands, a restarted or another node can finish the act: without
/// <see cref="SignatureValue"/> the person signs again, with it nothing more is needed from anybody. Not trusted for
/// meaning: completing checks the document's version and the register again, and the signature fails if a byte differs.
/// </summary>
internal sealed class PendingSignature
{
    public required Guid DocumentId { get; init; }

    public required StepKind Kind { get; init; }

    /// <summary>From 0: a seal on a file that arrived signed takes two signatures, number and date first.</summary>
    public required int Stage { get; init; }

    /// <summary>Concurrency token: a value belongs to the preparation it was made for, never to a later one in its place.</summary>
    public required Guid Attempt { get; init; }

    /// <summary>Version of the document it was prepared for; on any other it is void.</summary>
    public required int DocumentVersion { get; init; }

    public required Guid CredentialId { get; init; }

    /// <summary>DER of the certificate it was prepared with.</summary>
    public required byte[] Certificate { get; init; }

    public required Guid? AccountId { get; init; }

    public required Guid PersonId { get; init; }

    public required string PersonName { get; init; }

    /// <summary>The blob it signs.</summary>
    public required string BaseSha256 { get; init; }

    /// <summary><c>PreparedPdfSignature</c> as JSON.</summary>
    public required string PreparedJson { get; init; }

    public required DateTimeOffset PreparedAt { get; init; }

    /// <summary>What the signature itself shows as number and date; only for the seal.</summary>
    public required int? Number { get; init; }

    public required DateOnly? IssuedOn { get; init; }

    /// <summary>Set once the key has signed: from here the act runs to its end.</summary>
    public byte[]? SignatureValue { get; set; }

    public Actor Actor => new(AccountId, PersonId, PersonName);
}
