namespace AnTin.Contracts.Documents;

/// <summary>Codes of the acts that Documents writes into the evidence log, in the order of the flow.</summary>
public static class DocumentActs
{
    public const string Uploaded = "document.uploaded";
    public const string Frozen = "document.frozen";
    public const string Initialled = "document.initialled";
    public const string Signed = "document.signed";
    public const string Issued = "document.issued";
    public const string PaperRegistered = "document.paper-registered";
    public const string Refused = "document.refused";
}

/// <summary>
/// Details of <see cref="DocumentActs.Issued"/> and <see cref="DocumentActs.PaperRegistered"/>: all that a figure needs, so that it
/// can be recomputed from an export alone. Serialised as the entry's canonical JSON details, camelCase.
/// </summary>
/// <param name="Number">Running number in the register of <paramref name="Year"/>.</param>
/// <param name="IssuedOn">Date of issue (+07:00), which decides the month.</param>
/// <param name="PersonallySigned">Signed by the authorised person with an official-duty certificate.</param>
/// <param name="Sealed">Carries the organisation's official-duty signature.</param>
public sealed record DocumentIssuedDetails(
    Guid DocumentId,
    string OrganisationCode,
    string OrganisationName,
    int Year,
    int Number,
    string Symbol,
    DateOnly IssuedOn,
    string Title,
    bool PersonallySigned,
    bool Sealed);
