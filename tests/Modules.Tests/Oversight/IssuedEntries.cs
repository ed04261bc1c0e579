using System.Text.Json;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Oversight;
using AnTin.Contracts.Platform;

namespace AnTin.Modules.Tests.Oversight;

/// <summary>Evidence of issued documents, as Documents writes it.</summary>
internal static class IssuedEntries
{
    public static Dictionary<string, object?> Details(
        Guid document, string code, string name, DateOnly on, int number, bool signed = true, bool isSealed = true) => new(StringComparer.Ordinal)
        {
            ["documentId"] = document,
            ["organisationCode"] = code,
            ["organisationName"] = name,
            ["year"] = on.Year,
            ["number"] = number,
            ["symbol"] = $"{number:D2}/QĐ-{code}",
            ["issuedOn"] = on.ToString("yyyy-MM-dd"),
            ["title"] = $"Quyết định số {number}",
            ["personallySigned"] = signed,
            ["sealed"] = isSealed,
        };

    public static FigureEntry Entry(Dictionary<string, object?> details, string act = DocumentActs.Issued) =>
        new(act, JsonSerializer.SerializeToElement(details));

    public static EvidenceEntry Evidence(Dictionary<string, object?> details, Guid organisation, string act = DocumentActs.Issued) =>
        new(act, Actor.System, new DateTimeOffset(2026, 11, 20, 3, 0, 0, TimeSpan.Zero))
        {
            OrganisationId = organisation,
            Subject = new EvidenceSubject("document", details["documentId"]!.ToString()!),
            Details = details,
        };
}
