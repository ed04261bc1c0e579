using AnTin.Contracts.Authority;
using AnTin.Contracts.Custody;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.X509;
using CertificateStatus = AnTin.Contracts.Authority.CertificateStatus;

namespace AnTin.Modules.Documents.Features.Signing;

/// <summary>Which credential does a step: the person's own for initial and signature, the organisation's for the seal.</summary>
internal sealed class CredentialChoice(ISigningCredentials credentials, IDirectory directory, DocumentAccess access)
{
    /// <summary>The wished credential, or the newest usable one; when none is usable, the reason of the newest.</summary>
    public async Task<Result<CredentialInfo>> ChooseAsync(OutgoingDocument document, StepKind step, Guid person, Guid? wished, CancellationToken ct)
    {
        IReadOnlyList<CredentialInfo> all = step == StepKind.Seal
            ? await credentials.SealsOfAsync(new OrganisationId(document.OrganisationId), ct)
            : await credentials.ForPersonAsync(new PersonId(person), ct);
        CredentialInfo[] candidates = [.. all
            .Where(c => wished is not { } id || c.Id.Value == id)
            .OrderBy(c => Refusal(c) is null ? 0 : 1)
            .ThenByDescending(c => c.Certificate.NotBefore)];
        if (candidates.Length == 0)
            return step == StepKind.Seal ? DocumentErrors.SealCredentialMissing(await NameAsync(document.OrganisationId, ct)) : DocumentErrors.CredentialMissing();
        return Refusal(candidates[0]) is { } refusal ? refusal : candidates[0];
    }

    private static Error? Refusal(CredentialInfo credential)
    {
        IssuedCertificate certificate = credential.Certificate;
        string subject = Certificate.Parse(certificate.Chain[0]).Subject.DisplayName;
        return certificate.Status switch
        {
            CertificateStatus.Expired => DocumentErrors.CredentialExpired(subject, certificate.NotAfter),
            CertificateStatus.Revoked => DocumentErrors.CredentialRevoked(subject, certificate.RevokedAt),
            CertificateStatus.NotYetValid => DocumentErrors.CredentialNotYetValid(subject, certificate.NotBefore),
            _ => credential.Locked ? DocumentErrors.CredentialLocked() : null,
        };
    }

    private async Task<string> NameAsync(Guid organisation, CancellationToken ct) =>
        (await directory.FindOrganisationAsync(new OrganisationId(organisation), access.Today, ct))?.Name ?? "?";
}
