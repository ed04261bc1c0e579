using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Platform.Evidence;

namespace AnTin.Modules.Oversight.Features;

/// <summary>What an inspector asks of the log.</summary>
/// <param name="Act">Code of an act.</param>
/// <param name="OrganisationCode">Acts of one agency.</param>
/// <param name="Subject">Id of a document or certificate, or the SHA-256 of a file.</param>
/// <param name="Before">Only entries before this index: the next page of older ones.</param>
internal sealed record EvidenceQuestion(string? Act, string? OrganisationCode, string? Subject, long? Before);

/// <param name="Entries">Newest first.</param>
/// <param name="Older">Index for the next page, null when there are no older entries.</param>
/// <param name="Organisations">Agencies in the inspector's scope, by code.</param>
/// <param name="WholeLog">The inspector's scope is the whole tree: he may see entries of no agency and take the export.</param>
internal sealed record EvidencePage(
    IReadOnlyList<EvidenceView> Entries,
    long? Older,
    PublishedCheckpoint? Checkpoint,
    IReadOnlyList<OrganisationInfo> Organisations,
    bool WholeLog);

/// <summary>Pages of the audit log for inspectors, in their scope.</summary>
internal sealed class ReadEvidence(IEvidenceReader evidence, IDirectory directory, IOrganisationScope scope, ICurrentUser user)
{
    public const int PageSize = 50;

    public async Task<EvidencePage> ReadAsync(EvidenceQuestion question, DateOnly today, CancellationToken ct)
    {
        bool whole = await SeesWholeLogAsync(ct);
        OrganisationInfo[] organisations = [.. (await OrganisationsAsync(today, ct)).OrderBy(o => o.Code, StringComparer.Ordinal)];
        OrganisationInfo? chosen = organisations.FirstOrDefault(o => o.Code == question.OrganisationCode);
        Guid[]? within = chosen is not null ? [chosen.Id.Value] : whole ? null : [.. organisations.Select(o => o.Id.Value)];
        var filter = new EvidenceFilter(EvidenceLogs.Audit)
        {
            Act = question.Act,
            Organisations = within,
            SubjectId = IsSha256(question.Subject) ? null : question.Subject,
            DocumentSha256 = IsSha256(question.Subject) ? question.Subject!.ToLowerInvariant() : null,
            Before = question.Before,
        };
        IReadOnlyList<EvidenceView> entries = await evidence.LatestAsync(filter, PageSize + 1, ct);
        IReadOnlyList<EvidenceView> shown = [.. entries.Take(PageSize)];
        return new EvidencePage(
            shown,
            entries.Count > PageSize ? shown[^1].Position : null,
            await evidence.CheckpointAsync(EvidenceLogs.Audit, ct),
            organisations,
            whole);
    }

    private async Task<bool> SeesWholeLogAsync(CancellationToken ct)
    {
        foreach (RoleGrant grant in user.Roles.Where(grant => grant.Role == Role.Inspector))
        {
            if (await scope.IsRootAsync(grant.OrganisationId, ct))
                return true;
        }
        return false;
    }

    private async Task<IEnumerable<OrganisationInfo>> OrganisationsAsync(DateOnly today, CancellationToken ct)
    {
        var ids = new HashSet<OrganisationId>();
        foreach (RoleGrant grant in user.Roles.Where(grant => grant.Role == Role.Inspector))
            ids.UnionWith(await directory.SubtreeAsync(new OrganisationId(grant.OrganisationId), today, ct));
        return (await directory.ListOrganisationsAsync(today, ct)).Where(o => ids.Contains(o.Id));
    }

    private static bool IsSha256(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigit);
}
