using AnTin.Contracts.Custody;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Features.Signing;
using AnTin.Platform.Persistence;

namespace AnTin.Modules.Documents.Features;

/// <summary>What the page of one document shows to one person.</summary>
/// <param name="NextStep">The signing act that is this person's now; null when there is none.</param>
/// <param name="MayFreeze">The drafter has still to freeze.</param>
/// <param name="MayReturn">Whether this person may give the document back now.</param>
/// <param name="CredentialProblem">Why the person could not do <paramref name="NextStep"/> even with the right PIN.</param>
/// <param name="CredentialSubject">Whose certificate will sign.</param>
/// <param name="ExpectedNumber">What the seal would take now; another may be quicker.</param>
internal sealed record DocumentDetails(
    OutgoingDocument Document,
    StepKind? NextStep,
    bool MayFreeze,
    bool MayReturn,
    Error? CredentialProblem,
    string? CredentialSubject,
    string? ExpectedNumber,
    IReadOnlyList<DocumentRow> SameFile);

/// <summary>Reads <see cref="DocumentDetails"/>; null when the person may not see the document.</summary>
internal sealed class DocumentDetailsReader(AnTinDbContext db, DocumentAccess access, DocumentLists lists, CredentialChoice credentials)
{
    public async Task<DocumentDetails?> ReadAsync(Guid id, ICurrentUser user, CancellationToken ct)
    {
        if (await access.FindForViewerAsync(id, user, ct) is not { } document)
            return null;
        Guid person = user.PersonId ?? Guid.Empty;
        bool isClerk = await access.IsClerkAsync(user.PersonId, document.OrganisationId, ct);
        StepKind? next = Enum.GetValues<StepKind>().Cast<StepKind?>().FirstOrDefault(step => document.CheckStep(step!.Value, person, isClerk) is null);
        Result<CredentialInfo>? credential = next is { } due ? await credentials.ChooseAsync(document, due, person, wished: null, ct) : null;
        string? expected = next == StepKind.Seal
            ? DocumentNumber.Symbol(await RegisterNumbers.NextAsync(db, document.OrganisationId, access.Today.Year, ct), document.SymbolTail)
            : null;
        return new DocumentDetails(
            document,
            next,
            document.CheckDraft(person) is null,
            document.CheckReturn(person, isClerk) is null,
            credential?.Error,
            credential is { IsSuccess: true } chosen ? chosen.Value.Certificate.SubjectName : null,
            expected,
            document.State == DocumentState.Draft ? await lists.SameFileAsync(document, ct) : []);
    }
}
