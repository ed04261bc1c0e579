using AnTin.Contracts.Authority;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Platform.Evidence;

namespace AnTin.Modules.Authority.Features;

/// <summary>One line of the list: the certificate with names for its organisation and holder.</summary>
internal sealed record CertificateLine(IssuedCertificate Certificate, string OrganisationName, string? HolderName);

/// <summary>What the page of one certificate shows.</summary>
internal sealed record CertificateDetail(CertificateLine Line, IReadOnlyList<EvidenceView> Evidence);

/// <summary>Certificates within the subtrees for which the signed-in account is registration officer; nothing outside them exists for it.</summary>
internal sealed class CertificatesQuery(
    ICertificateAuthority authority, IDirectory directory, IEvidenceReader evidence, ICurrentUser user, TimeProvider clock)
{
    private static readonly Role[] Officers = [Role.RegistrationOfficer];

    public async Task<IReadOnlyList<CertificateLine>> ListAsync(CancellationToken ct)
    {
        HashSet<OrganisationId> scope = [];
        foreach (RoleGrant grant in user.Roles.Where(grant => Officers.Contains(grant.Role)))
            scope.UnionWith(await directory.SubtreeAsync(new OrganisationId(grant.OrganisationId), Today, ct));
        var names = (await directory.ListOrganisationsAsync(Today, ct)).ToDictionary(o => o.Id, o => o.Name);
        var lines = new List<CertificateLine>();
        foreach (IssuedCertificate certificate in await authority.ListAsync(scope, ct))
            lines.Add(await LineAsync(certificate, names.GetValueOrDefault(certificate.Organisation), ct));
        return lines;
    }

    public async Task<CertificateDetail?> FindAsync(string serialNumber, CancellationToken ct)
    {
        if (await FindOwnAsync(serialNumber, ct) is not { } certificate)
            return null;
        OrganisationInfo? organisation = await directory.FindOrganisationAsync(certificate.Organisation, Today, ct);
        return new CertificateDetail(
            await LineAsync(certificate, organisation?.Name, ct),
            await evidence.OfSubjectAsync(new EvidenceSubject("certificate", certificate.SerialNumber), ct));
    }

    /// <summary>Null as well when it exists outside the account's scope: whoever may not see it learns nothing.</summary>
    public async Task<IssuedCertificate?> FindOwnAsync(string serialNumber, CancellationToken ct)
    {
        IssuedCertificate? certificate = await authority.FindAsync(serialNumber.ToUpperInvariant(), ct);
        return certificate is not null && await user.HasRoleAsync(certificate.Organisation.Value, Officers, ct) ? certificate : null;
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);

    private async Task<CertificateLine> LineAsync(IssuedCertificate certificate, string? organisation, CancellationToken ct)
    {
        PersonInfo? holder = certificate.Holder is { } id ? await directory.FindPersonAsync(id, Today, ct) : null;
        return new CertificateLine(certificate, organisation ?? certificate.Organisation.ToString(), holder?.FullName);
    }
}
