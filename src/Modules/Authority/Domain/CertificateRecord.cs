using AnTin.Contracts.Authority;
using AnTin.Contracts.Directory;

namespace AnTin.Modules.Authority.Domain;

/// <summary>How far the issuing of one serial number has come. Every reserved number ends as issued or abandoned.</summary>
internal enum IssuanceState
{
    /// <summary>The number is taken; nothing was built or signed.</summary>
    Reserved = 0,

    /// <summary>The exact bytes to sign are on record; a signature over them may exist.</summary>
    Intended = 1,

    Issued = 2,

    /// <summary>Never signed, and never will be.</summary>
    Abandoned = 3,
}

/// <summary>One serial number with everything known of it: the order, the bytes, the outcome, the revocation.</summary>
internal sealed class CertificateRecord
{
    /// <summary>Upper-case hexadecimal, as DER content without sign octet.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>Key identifier of the issuer, lower-case hex: which generation of the authority signs it.</summary>
    public required string IssuerKeyId { get; init; }

    public required CertificateProfile Profile { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? HolderId { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required string Reference { get; init; }

    public required byte[] SubjectPublicKeyInfo { get; init; }

    /// <summary>SHA-256 of <see cref="SubjectPublicKeyInfo"/>, lower-case hex: finds everything certified for one key.</summary>
    public required string KeySha256 { get; init; }

    /// <summary>SHA-256 over the order: the same order is issued once. Null once abandoned, so that it can be ordered again.</summary>
    public string? OrderHash { get; set; }

    public required DateTimeOffset ReservedAt { get; init; }

    public IssuanceState State { get; set; }

    /// <summary>For people; the certificate itself is what counts.</summary>
    public string SubjectName { get; set; } = "";

    /// <summary>DER TBSCertificate, from Intended on.</summary>
    public byte[]? Tbs { get; set; }

    /// <summary>DER Certificate, from Issued on.</summary>
    public byte[]? Certificate { get; set; }

    public string? Sha256 { get; set; }

    public DateTimeOffset? IssuedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public RevocationReason? RevocationReason { get; set; }

    public int Version { get; set; }

    public CertificateStatus StatusAt(DateTimeOffset at) =>
        RevokedAt <= at ? CertificateStatus.Revoked
        : at > NotAfter ? CertificateStatus.Expired
        : at < NotBefore ? CertificateStatus.NotYetValid
        : CertificateStatus.Good;

    public CertificateOrder Order() => new(
        Profile,
        SubjectPublicKeyInfo,
        new OrganisationId(OrganisationId),
        HolderId is { } holder ? new PersonId(holder) : null,
        NotBefore,
        NotAfter,
        Reference);
}

/// <summary>A CRL as published. All are kept: a signature may have to be judged by the list of its day.</summary>
internal sealed class CrlRecord
{
    public required Guid Id { get; init; }

    public required string IssuerKeyId { get; init; }

    public required long Number { get; init; }

    public required DateTimeOffset ThisUpdate { get; init; }

    public required DateTimeOffset NextUpdate { get; init; }

    public required byte[] Der { get; init; }
}
