using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;

namespace AnTin.Contracts.Authority;

/// <summary>Which profile a certificate is issued under.</summary>
public enum CertificateProfile
{
    Officer = 0,
    OrganisationSeal = 1,
    OcspResponder = 2,
    TimeStamping = 3,
}

/// <summary>An order to issue one certificate; the authority checks every field again itself.</summary>
/// <param name="SubjectPublicKeyInfo">DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).</param>
/// <param name="Holder">The person for <see cref="CertificateProfile.Officer"/>, null for a seal.</param>
/// <param name="Reference">What approved it: dossier or demonstration seed; goes into the evidence.</param>
public sealed record CertificateOrder(
    CertificateProfile Profile,
    ReadOnlyMemory<byte> SubjectPublicKeyInfo,
    OrganisationId Organisation,
    PersonId? Holder,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Reference);

public enum CertificateStatus
{
    Good = 0,
    Expired = 1,
    Revoked = 2,
    NotYetValid = 3,
}

/// <summary>A certificate the authority issued, with its status at the time asked.</summary>
/// <param name="SerialNumber">Upper-case hexadecimal, no leading zeros beyond DER's.</param>
/// <param name="Chain">DER: the certificate itself, then its issuers up to but without the root.</param>
public sealed record IssuedCertificate(
    string SerialNumber,
    CertificateProfile Profile,
    string SubjectName,
    OrganisationId Organisation,
    PersonId? Holder,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    CertificateStatus Status,
    DateTimeOffset? RevokedAt,
    string? RevocationReason,
    IReadOnlyList<ReadOnlyMemory<byte>> Chain);

/// <summary>Reasons of NĐ 68/2024/NĐ-CP, Điều 17, mapped to RFC 5280 §5.3.1 reason codes by the authority.</summary>
public enum RevocationReason
{
    KeyCompromise = 1,
    AffiliationChanged = 3,
    CessationOfOperation = 5,
    PrivilegeWithdrawn = 9,
}

public interface ICertificateAuthority
{
    Task<Result<IssuedCertificate>> IssueAsync(CertificateOrder order, CancellationToken ct);

    Task<Result<IssuedCertificate>> RevokeAsync(string serialNumber, RevocationReason reason, CancellationToken ct);

    Task<IssuedCertificate?> FindAsync(string serialNumber, CancellationToken ct);

    Task<IReadOnlyList<IssuedCertificate>> ListAsync(IReadOnlySet<OrganisationId> organisations, CancellationToken ct);
}

/// <summary>Trust and status data for verifying what this installation's authority (and configured foreign ones) issued.</summary>
public interface ITrustSource
{
    /// <summary>Anchors with their class, intermediate certificates, and the freshest CRLs and OCSP answers at hand.</summary>
    Task<TrustMaterial> GetAsync(CancellationToken ct);
}

public enum AnchorClass
{
    Unknown = 0,
    OfficialDuty = 1,
    Public = 2,
    Other = 3,
}

public sealed record TrustAnchorEntry(ReadOnlyMemory<byte> Certificate, AnchorClass Class, string Name);

/// <summary>Everything DER, as Formats takes it.</summary>
public sealed record TrustMaterial(
    IReadOnlyList<TrustAnchorEntry> Anchors,
    IReadOnlyList<ReadOnlyMemory<byte>> Certificates,
    IReadOnlyList<ReadOnlyMemory<byte>> Crls,
    IReadOnlyList<ReadOnlyMemory<byte>> OcspResponses);

public interface ITimeStampAuthority
{
    /// <summary>Answers a DER TimeStampReq with a DER TimeStampResp (RFC 3161 §2.4); malformed requests get a rejection, never an exception.</summary>
    Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> request, CancellationToken ct);
}
