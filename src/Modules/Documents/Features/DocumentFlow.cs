using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;

namespace AnTin.Modules.Documents.Features;

/// <summary>The flow for other rooms and for the command line: the same handlers that the portal's forms call.</summary>
internal sealed class DocumentFlow(
    UploadDocument upload,
    FreezeDocument freeze,
    InitialDocument initial,
    SignDocument sign,
    SealDocument seal,
    ReturnDocument giveBack,
    RegisterPaper paper,
    OpenFile open) : IDocumentFlow
{
    public Task<Result<Guid>> UploadAsync(Actor actor, NewDocument document, Stream file, CancellationToken ct) => upload.HandleAsync(actor, document, file, ct);

    public Task<Result> FreezeAsync(Actor actor, Guid documentId, CancellationToken ct) => freeze.HandleAsync(actor, documentId, ct);

    public Task<Result> InitialAsync(Actor actor, SigningRequest request, CancellationToken ct) => initial.HandleAsync(actor, request, ct);

    public Task<Result> SignAsync(Actor actor, SigningRequest request, CancellationToken ct) => sign.HandleAsync(actor, request, ct);

    public Task<Result<IssuedNumber>> SealAsync(Actor actor, SigningRequest request, CancellationToken ct) => seal.HandleAsync(actor, request, ct);

    public Task<Result> ReturnAsync(Actor actor, Guid documentId, string reason, CancellationToken ct) => giveBack.HandleAsync(actor, documentId, reason, ct);

    public Task<Result<IssuedNumber>> RegisterPaperAsync(Actor actor, PaperDocument document, CancellationToken ct) => paper.HandleAsync(actor, document, ct);

    public Task<Result<DocumentFile>> OpenFileAsync(Actor actor, Guid documentId, CancellationToken ct) => open.ForActorAsync(actor, documentId, ct);
}
