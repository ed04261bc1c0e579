using AnTin.Contracts.Platform;

namespace AnTin.Modules.Documents.Domain;

/// <summary>
/// An outgoing document (văn bản đi) on its way from draft to issue. Only the methods below change it; each either refuses
/// with a reason or moves it one state on and raises <see cref="Version"/>, so that of two concurrent acts one commits.
/// </summary>
internal sealed class OutgoingDocument
{
    public const int TitleLimit = 500;
    public const int ReasonLimit = 1000;

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string Title { get; init; }

    /// <summary>A code of <see cref="DocumentKinds"/>.</summary>
    public required string KindCode { get; init; }

    /// <summary>What will follow the number: <c>/QĐ-SXD</c>.</summary>
    public required string SymbolTail { get; init; }

    public required Guid DrafterId { get; init; }

    public required string DrafterName { get; init; }

    public required Guid InitiallerId { get; init; }

    public required string InitiallerName { get; init; }

    public required Guid SignerId { get; init; }

    public required string SignerName { get; init; }

    /// <summary>As it stands above the signature: <c>GIÁM ĐỐC</c>, or <c>PHÓ GIÁM ĐỐC</c> with the prefix below.</summary>
    public required string SignerTitle { get; init; }

    /// <summary>Empty, or KT., TM., TL., TUQ., Q. (NĐ 30/2020, Điều 13).</summary>
    public required string SignerCapacity { get; init; }

    /// <summary>The name the drafter's file had, made safe; the download offers it again.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file as uploaded.</summary>
    public required string OriginalSha256 { get; init; }

    public required int PageCount { get; init; }

    /// <summary>The file came with intact signatures: fields cannot be laid any more (architecture.md, late number).</summary>
    public required bool ArrivedSigned { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>SHA-256 of the file as the last act left it: the blob the next act builds on.</summary>
    public string CurrentSha256 { get; private set; } = "";

    public long CurrentLength { get; private set; }

    public DocumentState State { get; private set; }

    /// <summary>Places of number, date, signatures and seal: <see cref="Placement"/> as JSON.</summary>
    public string PlacementJson { get; private set; } = "";

    public int? Year { get; private set; }

    public int? Number { get; private set; }

    public string? Symbol { get; private set; }

    public DateOnly? IssuedOn { get; private set; }

    public string? ReturnReason { get; private set; }

    public string? ReturnedBy { get; private set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; private set; }

    public List<DocumentStep> Steps { get; } = [];

    public DocumentStep? Done(StepKind kind) => Steps.Find(step => step.Kind == kind);

    /// <summary>The document as it starts, with the uploaded file and the places found in its text.</summary>
    public void Start(string sha256, long length, Placement placement, DateTimeOffset at)
    {
        State = DocumentState.Draft;
        PlacementJson = placement.ToJson();
        Advance(sha256, length, at);
    }

    public Result Move(Guid person, Placement placement, DateTimeOffset at)
    {
        if (CheckDraft(person) is { } refusal)
            return refusal;
        PlacementJson = placement.ToJson();
        Advance(CurrentSha256, CurrentLength, at);
        return Result.Success;
    }

    /// <summary>Fields are laid: from here on the page never changes.</summary>
    public Result Freeze(Guid person, string sha256, long length, DateTimeOffset at)
    {
        if (CheckDraft(person) is { } refusal)
            return refusal;
        State = DocumentState.AwaitingInitial;
        Advance(sha256, length, at);
        return Result.Success;
    }

    public Error? CheckDraft(Guid person)
    {
        if (person != DrafterId)
            return DocumentErrors.DrafterOnly();
        return State switch
        {
            DocumentState.Draft => null,
            DocumentState.Returned => DocumentErrors.WasReturned(),
            _ => DocumentErrors.AlreadyFrozen(),
        };
    }

    /// <summary>Why this person may not do this step now; null when they may. The order of the questions is the order in which a person wants to know.</summary>
    /// <param name="isClerk">Whether the person is a clerk of the document's organisation today.</param>
    public Error? CheckStep(StepKind kind, Guid person, bool isClerk)
    {
        if (Done(kind) is { } done)
            return DocumentErrors.AlreadyDone(kind.Name(), done.PersonName, done.At);
        if (CheckWhose(kind, person, isClerk) is { } notYours)
            return notYours;
        if (State == kind.Due())
            return null;
        return (State, kind) switch
        {
            (DocumentState.Returned, _) => DocumentErrors.WasReturned(),
            (_, StepKind.Seal) => DocumentErrors.SealBeforeSignature(SignerName),
            (DocumentState.Draft, _) => DocumentErrors.NotFrozen(),
            _ => DocumentErrors.InitialFirst(InitiallerName),
        };
    }

    /// <summary>One step is done: its file, its state and its record change together.</summary>
    public void Complete(DocumentStep step, long length)
    {
        if (step.Kind.Due() != State)
            throw new InvalidOperationException($"Step {step.Kind} is not due in state {State}.");
        Steps.Add(step);
        State = step.Kind switch
        {
            StepKind.Initial => DocumentState.AwaitingSignature,
            StepKind.Sign => DocumentState.AwaitingSeal,
            _ => DocumentState.Issued,
        };
        Advance(step.FileSha256, length, step.At);
    }

    /// <summary>Number and date of the register; belongs to the same transaction as the seal.</summary>
    public void Register(int number, DateOnly day)
    {
        Year = day.Year;
        Number = number;
        Symbol = DocumentNumber.Symbol(number, SymbolTail);
        IssuedOn = day;
    }

    public Result Return(Guid person, string personName, bool isClerk, string reason, DateTimeOffset at)
    {
        if (CheckReturn(person, isClerk) is { } refusal)
            return refusal;
        State = DocumentState.Returned;
        ReturnReason = reason;
        ReturnedBy = personName;
        Advance(CurrentSha256, CurrentLength, at);
        return Result.Success;
    }

    /// <summary>Whoever the document waits for may give it back; before the seal, the clerk always may.</summary>
    public Error? CheckReturn(Guid person, bool isClerk) => State switch
    {
        DocumentState.Issued => DocumentErrors.AlreadyIssued(Symbol!),
        DocumentState.Returned => DocumentErrors.WasReturned(),
        DocumentState.Draft => DocumentErrors.NotFrozen(),
        DocumentState.AwaitingInitial when person == InitiallerId => null,
        DocumentState.AwaitingSignature when person == SignerId => null,
        _ => isClerk ? null : DocumentErrors.ClerkOnly(),
    };

    private Error? CheckWhose(StepKind kind, Guid person, bool isClerk) => kind switch
    {
        StepKind.Initial when person != InitiallerId => DocumentErrors.NotYourStep(kind.Name(), InitiallerName),
        StepKind.Sign when person != SignerId => DocumentErrors.NotYourStep(kind.Name(), SignerName),
        StepKind.Seal when !isClerk => DocumentErrors.ClerkOnly(),
        _ => null,
    };

    private void Advance(string sha256, long length, DateTimeOffset at)
    {
        CurrentSha256 = sha256;
        CurrentLength = length;
        ChangedAt = at;
        Version++;
    }
}

/// <summary>One signing act that happened: who, with which certificate, which file it left.</summary>
internal sealed class DocumentStep
{
    public required Guid DocumentId { get; init; }

    public required StepKind Kind { get; init; }

    public required Guid PersonId { get; init; }

    public required string PersonName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Version of the document the act started from: the same act sent twice is recognised by it.</summary>
    public required int FromVersion { get; init; }

    public required string CertificateSubject { get; init; }

    public required string CertificateSerial { get; init; }

    public required string CertificateSha256 { get; init; }

    /// <summary>Whether the signature carries a time-stamp (PAdES B-T) or none (B-B).</summary>
    public required bool Timestamped { get; init; }

    public required string FileSha256 { get; init; }
}
