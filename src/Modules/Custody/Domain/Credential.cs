using AnTin.Contracts.Authority;

namespace AnTin.Modules.Custody.Domain;

internal enum CredentialState
{
    /// <summary>The key exists, its certificate is on order; nobody can use it.</summary>
    Pending = 0,

    Active = 1,
}

/// <summary>A key in custody with the certificate that was issued for it.</summary>
internal sealed class Credential
{
    /// <summary>Wrong PINs in a row after which the credential is locked, as on a token.</summary>
    public const int MaxTries = 5;

    public required Guid Id { get; init; }

    public required CertificateProfile Profile { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>Null for a seal, which belongs to the organisation.</summary>
    public Guid? HolderId { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required string Reference { get; init; }

    public required byte[] SubjectPublicKeyInfo { get; init; }

    /// <summary>PKCS#8 encrypted under the PIN, sealed under the store key: <see cref="KeyGuard"/> alone opens it.</summary>
    public required byte[] SealedKey { get; set; }

    public CredentialState State { get; set; }

    public string? SerialNumber { get; set; }

    /// <summary>SHA-256 of the certificate, lower-case hex.</summary>
    public string? CertificateSha256 { get; set; }

    /// <summary>Tries begun since the last right PIN; raised and committed before a PIN is looked at.</summary>
    public int Tries { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; }

    public bool IsLocked => Tries >= MaxTries;
}
