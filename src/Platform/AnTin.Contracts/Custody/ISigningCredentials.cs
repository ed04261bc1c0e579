using AnTin.Contracts.Authority;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.X509;

namespace AnTin.Contracts.Custody;

public readonly record struct CredentialId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>A key in custody with its certificate. A seal credential belongs to an organisation and is used by its clerks (NĐ 30/2020, Điều 32).</summary>
public sealed record CredentialInfo(
    CredentialId Id,
    PersonId? Holder,
    OrganisationId Organisation,
    IssuedCertificate Certificate,
    bool Locked);

/// <summary>The holder's consent to sign exactly this hash: the only way a key in custody moves.</summary>
/// <param name="Hash">Digest of the signed attributes under <paramref name="Scheme"/>'s hash.</param>
/// <param name="ActingPerson">Who activates: the holder, or for a seal a clerk of the organisation.</param>
/// <param name="Purpose">Shown and logged, for example the document's title.</param>
public sealed record SignatureActivation(
    CredentialId Credential,
    PersonId ActingPerson,
    ReadOnlyMemory<byte> Hash,
    SignatureScheme Scheme,
    string Pin,
    string Purpose);

/// <summary>Central keys in custody. Private keys leave neither this interface nor KeyGuard behind it.</summary>
public interface ISigningCredentials
{
    Task<IReadOnlyList<CredentialInfo>> ForPersonAsync(PersonId person, CancellationToken ct);

    Task<IReadOnlyList<CredentialInfo>> SealsOfAsync(OrganisationId organisation, CancellationToken ct);

    Task<CredentialInfo?> FindAsync(CredentialId id, CancellationToken ct);

    /// <summary>Makes a key, has its certificate issued, and keeps both.</summary>
    Task<Result<CredentialInfo>> EnrolAsync(CredentialEnrolment enrolment, CancellationToken ct);

    /// <summary>Counts the try before it checks the PIN; refuses expired, revoked and locked credentials. Returns the signature value.</summary>
    Task<Result<byte[]>> SignHashAsync(SignatureActivation activation, CancellationToken ct);
}

public sealed record CredentialEnrolment(
    CertificateProfile Profile,
    OrganisationId Organisation,
    PersonId? Holder,
    string Pin,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Reference);
