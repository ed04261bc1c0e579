using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;

namespace AnTin.Contracts.Documents;

/// <summary>
/// The flow of an outgoing document: upload, freeze, initial, sign, number and seal. Every call acts as <c>actor</c>, whose person must
/// be the one the act belongs to; each act commits together with its evidence entry, or changes nothing.
/// </summary>
public interface IDocumentFlow
{
    /// <summary>Takes a PDF in; it is inspected before anything is kept.</summary>
    /// <param name="file">Read once, from its position to its end, without holding it in memory.</param>
    /// <returns>The new document's id.</returns>
    Task<Result<Guid>> UploadAsync(Actor actor, NewDocument document, Stream file, CancellationToken ct);

    /// <summary>Lays the fields for number, date, signatures and seal; afterwards no page changes.</summary>
    Task<Result> FreezeAsync(Actor actor, Guid documentId, CancellationToken ct);

    Task<Result> InitialAsync(Actor actor, SigningRequest request, CancellationToken ct);

    Task<Result> SignAsync(Actor actor, SigningRequest request, CancellationToken ct);

    /// <summary>Takes the next number of the year, fills number and date, and seals, in one act of a clerk.</summary>
    Task<Result<IssuedNumber>> SealAsync(Actor actor, SigningRequest request, CancellationToken ct);

    /// <summary>Gives the document back to its drafter with a reason.</summary>
    Task<Result> ReturnAsync(Actor actor, Guid documentId, string reason, CancellationToken ct);

    /// <summary>Enters a paper document into the same register (NĐ 30/2020, Điều 15: one series for both).</summary>
    Task<Result<IssuedNumber>> RegisterPaperAsync(Actor actor, PaperDocument document, CancellationToken ct);

    /// <summary>The file as the last act left it.</summary>
    Task<Result<DocumentFile>> OpenFileAsync(Actor actor, Guid documentId, CancellationToken ct);
}

/// <param name="Organisation">Whose document it is; the actor must be a drafter there.</param>
/// <param name="KindCode">ASCII code of one of the 29 kinds, for example <c>quyet-dinh</c>, <c>cong-van</c>.</param>
/// <param name="Title">Trích yếu, at most 500 characters.</param>
/// <param name="FileName">As the drafter's computer named it; only for the name of later downloads.</param>
public sealed record NewDocument(
    OrganisationId Organisation,
    string KindCode,
    string Title,
    PersonId Initialler,
    PersonId Signer,
    string FileName);

/// <param name="CredentialId">Which credential signs; null takes the newest usable one of the person, for a seal of the organisation.</param>
/// <param name="Version">Version of the document the person was looking at; null takes the current one. The same act sent twice with the same version happens once.</param>
public sealed record SigningRequest(Guid DocumentId, string Pin, Guid? CredentialId = null, int? Version = null);

public sealed record IssuedNumber(int Year, int Number, string Symbol, DateOnly IssuedOn);

/// <param name="RequestId">One-time value of the form: the same request sent twice takes one number.</param>
public sealed record PaperDocument(OrganisationId Organisation, string KindCode, string Title, string SignerName, Guid RequestId);

/// <summary>A file to hand out; dispose it after use.</summary>
/// <param name="FileName">Safe for a Content-Disposition header and for a file system.</param>
/// <param name="Content">Seekable.</param>
public sealed record DocumentFile(string FileName, long Length, string Sha256, Stream Content) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
