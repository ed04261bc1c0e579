using System.Globalization;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Documents;
using AnTin.Modules.Documents.Domain;

namespace AnTin.Modules.Documents.Features;

/// <summary><see cref="DocumentIssuedDetails"/> as the details of an evidence entry.</summary>
internal static class IssuedDetails
{
    public static IReadOnlyDictionary<string, object?> Of(
        RegisterEntry entry, Guid documentId, OrganisationInfo organisation, bool personallySigned, bool isSealed)
    {
        var details = new DocumentIssuedDetails(
            documentId, organisation.Code, organisation.Name, entry.Year, entry.Number, entry.Symbol, entry.IssuedOn, entry.Title, personallySigned, isSealed);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["documentId"] = details.DocumentId.ToString("D"),
            ["organisationCode"] = details.OrganisationCode,
            ["organisationName"] = details.OrganisationName,
            ["year"] = details.Year,
            ["number"] = details.Number,
            ["symbol"] = details.Symbol,
            ["issuedOn"] = details.IssuedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["title"] = details.Title,
            ["personallySigned"] = details.PersonallySigned,
            ["sealed"] = details.Sealed,
        };
    }
}
