using AnTin.Contracts.Directory;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Features.Signing;
using AnTin.Modules.Documents.Persistence;
using AnTin.Pdf;
using AnTin.Platform.Blobs;
using AnTin.Platform.Evidence;
using AnTin.Platform.Persistence;

namespace AnTin.Modules.Documents.Features;

/// <summary>The drafter brings a PDF and names who initials and who signs.</summary>
internal sealed class UploadDocument(
    AnTinDbContext db,
    IDirectory directory,
    DocumentAccess access,
    FileInspection inspection,
    PictureReader pictures,
    StoredFiles files,
    IEvidenceLog evidence,
    DocumentsOptions options,
    TimeProvider time)
{
    private const int CopyBuffer = 128 * 1024;

    public async Task<Result<Guid>> HandleAsync(Actor actor, NewDocument request, Stream file, CancellationToken ct)
    {
        Result<Plan> checkedPlan = await CheckAsync(actor, request, ct);
        if (!checkedPlan.IsSuccess)
            return checkedPlan.Error;
        using var temporary = new TempFile();
        if (await ReceiveAsync(file, temporary, ct) is { } cut)
            return cut;
        Result<(InspectedFile Inspected, Placement Placement)> looked = await LookAsync(temporary, checkedPlan.Value, ct);
        if (!looked.IsSuccess)
            return looked.Error;
        Result<BlobInfo> kept = await KeepAsync(temporary, ct);
        if (!kept.IsSuccess)
            return kept.Error;
        return await SaveAsync(actor, checkedPlan.Value, looked.Value.Inspected, looked.Value.Placement, kept.Value, ct);
    }

    /// <summary>Everything that can be refused without looking at the file: who, what, for whom.</summary>
    public async Task<Result<Plan>> CheckAsync(Actor actor, NewDocument request, CancellationToken ct)
    {
        Guid organisationId = request.Organisation.Value;
        if (actor.PersonId is not { } drafter || !await access.HoldsAsync(drafter, organisationId, PostKind.Drafter, ct))
            return DocumentErrors.DrafterOnly();
        string title = request.Title.Trim();
        if (title.Length == 0)
            return DocumentErrors.TitleMissing();
        if (title.Length > OutgoingDocument.TitleLimit)
            return DocumentErrors.TitleTooLong(OutgoingDocument.TitleLimit);
        if (DocumentKinds.Find(request.KindCode) is not { } kind)
            return DocumentErrors.KindUnknown();
        DateOnly today = access.Today;
        OrganisationInfo? organisation = await directory.FindOrganisationAsync(request.Organisation, today, ct);
        if (organisation is null)
            return DocumentErrors.DrafterOnly();
        PersonInfo? initialler = await ChosenAsync(request.Initialler, request.Organisation, People.Initiallers, today, ct);
        if (initialler is null)
            return DocumentErrors.InitiallerUnknown();
        PersonInfo? signer = await ChosenAsync(request.Signer, request.Organisation, People.Signers, today, ct);
        if (signer is null)
            return DocumentErrors.SignerUnknown();
        PersonInfo? self = await directory.FindPersonAsync(new PersonId(drafter), today, ct);
        return new Plan(drafter, self?.FullName ?? actor.Name, organisation, kind, title, initialler, signer,
            People.PostOf(signer, request.Organisation, People.Signers), FileNames.Safe(request.FileName));
    }

    private async Task<PersonInfo?> ChosenAsync(PersonId id, OrganisationId organisation, PostKind[] kinds, DateOnly today, CancellationToken ct)
    {
        IReadOnlyList<PersonInfo> people = await directory.ListPeopleAsync(organisation, kinds, today, ct);
        return people.FirstOrDefault(person => person.Id == id);
    }

    private async Task<Error?> ReceiveAsync(Stream file, TempFile temporary, CancellationToken ct)
    {
        await using FileStream target = temporary.Create();
        byte[] buffer = new byte[CopyBuffer];
        long length = 0;
        int read;
        while ((read = await file.ReadAsync(buffer, ct)) > 0)
        {
            length += read;
            if (length > options.MaxFileBytes)
                return DocumentErrors.FileTooLarge(options.MaxFileMegabytes);
            await target.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        return length == 0 ? DocumentErrors.FileEmpty() : null;
    }

    private async Task<Result<(InspectedFile Inspected, Placement Placement)>> LookAsync(TempFile temporary, Plan plan, CancellationToken ct)
    {
        using var source = new FileSource(temporary.Path);
        Result<InspectedFile> inspected = await inspection.InspectAsync(source, ct);
        if (!inspected.IsSuccess)
            return inspected.Error;
        double? aspect = await pictures.AspectAsync(PictureOwner.Person, plan.Signer.Id.Value, ct);
        Placement placement = PlaceProposal.Propose(source, plan.Signer.FullName, plan.Organisation.SealDiameterMm, aspect);
        return SigningRehearsal.Refusal(source, inspected.Value, placement) is { } refusal ? refusal : (inspected.Value, placement);
    }

    private async Task<Result<BlobInfo>> KeepAsync(TempFile temporary, CancellationToken ct) =>
        await files.KeepAsync(async target =>
        {
            await using FileStream source = temporary.Open();
            await source.CopyToAsync(target, CopyBuffer, ct);
        }, ct);

    private async Task<Guid> SaveAsync(Actor actor, Plan plan, InspectedFile inspected, Placement placement, BlobInfo blob, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        var document = new OutgoingDocument
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = plan.Organisation.Id.Value,
            Title = plan.Title,
            KindCode = plan.Kind.Code,
            SymbolTail = DocumentNumber.SymbolTail(plan.Kind, plan.Organisation.Symbol),
            DrafterId = plan.DrafterId,
            DrafterName = plan.DrafterName,
            InitiallerId = plan.Initialler.Id.Value,
            InitiallerName = plan.Initialler.FullName,
            SignerId = plan.Signer.Id.Value,
            SignerName = plan.Signer.FullName,
            SignerTitle = plan.SignerPost.Title,
            SignerCapacity = plan.SignerPost.CapacityPrefix,
            FileName = plan.FileName,
            OriginalSha256 = blob.Id.Sha256,
            PageCount = inspected.PageCount,
            ArrivedSigned = inspected.IsSigned,
            CreatedAt = now,
        };
        document.Start(blob.Id.Sha256, blob.Length, placement, now);
        db.Add(document);
        evidence.Append(db, ActEntries.Of(DocumentActs.Uploaded, actor, document, now) with
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["title"] = document.Title,
                ["kind"] = document.KindCode,
                ["pages"] = document.PageCount,
                ["initialler"] = document.InitiallerName,
                ["signer"] = document.SignerName,
                ["arrivedSigned"] = document.ArrivedSigned,
            },
        });
        await db.SaveChangesAsync(ct);
        return document.Id;
    }

    /// <summary>A request whose people and kind are known to be right.</summary>
    internal sealed record Plan(
        Guid DrafterId,
        string DrafterName,
        OrganisationInfo Organisation,
        DocumentKind Kind,
        string Title,
        PersonInfo Initialler,
        PersonInfo Signer,
        PostInfo SignerPost,
        string FileName);
}
