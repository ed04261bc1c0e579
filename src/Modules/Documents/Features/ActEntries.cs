using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;

namespace AnTin.Modules.Documents.Features;

/// <summary>The part that every evidence entry of a document shares: who, what, which file, when.</summary>
internal static class ActEntries
{
    public const string SubjectKind = "document";

    public static EvidenceEntry Of(string act, Actor actor, OutgoingDocument document, DateTimeOffset at) => new(act, actor, at)
    {
        OrganisationId = document.OrganisationId,
        Subject = new EvidenceSubject(SubjectKind, document.Id.ToString("D")),
        DocumentSha256 = document.CurrentSha256,
    };
}
