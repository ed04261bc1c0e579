using AnTin.Contracts.Directory;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Evidence;
using AnTin.Platform.Identity;
using AnTin.Platform.Persistence;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features;

/// <summary>
/// The clerk enters a document issued on paper into the register. NĐ 30/2020, Điều 15: one series for paper and electronic
/// documents, so the rates of electronic signing have an honest denominator.
/// </summary>
internal sealed class RegisterPaper(
    AnTinDbContext db, IDirectory directory, DocumentAccess access, RegisterNumbers numbers, IEvidenceLog evidence, TimeProvider time)
{
    private const int SignerLimit = 200;

    public async Task<Result<IssuedNumber>> HandleAsync(Actor actor, PaperDocument request, CancellationToken ct)
    {
        Guid organisationId = request.Organisation.Value;
        if (!await access.IsClerkAsync(actor.PersonId, organisationId, ct))
            return DocumentErrors.ClerkOnly();
        string title = request.Title.Trim(), signer = request.SignerName.Trim();
        if (title.Length == 0)
            return DocumentErrors.TitleMissing();
        if (title.Length > OutgoingDocument.TitleLimit)
            return DocumentErrors.TitleTooLong(OutgoingDocument.TitleLimit);
        if (signer.Length is 0 or > SignerLimit)
            return DocumentErrors.SignerNameMissing();
        if (DocumentKinds.Find(request.KindCode) is not { } kind)
            return DocumentErrors.KindUnknown();
        OrganisationInfo organisation = await directory.FindOrganisationAsync(request.Organisation, access.Today, ct)
            ?? throw new InvalidOperationException($"Organisation {request.Organisation} has a clerk but does not exist.");
        using IDisposable passage = await numbers.EnterAsync(organisationId, access.Today.Year, ct);
        for (int attempt = 0; attempt < RegisterNumbers.Tries; attempt++)
        {
            if (await TryAsync(actor, request, organisation, kind, title, signer, ct) is { } issued)
                return issued;
            db.ChangeTracker.Clear();
        }
        return DocumentErrors.RegisterBusy();
    }

    private async Task<IssuedNumber?> TryAsync(
        Actor actor, PaperDocument request, OrganisationInfo organisation, DocumentKind kind, string title, string signer, CancellationToken ct)
    {
        Guid organisationId = organisation.Id.Value;
        RegisterEntry? before = await db.Set<RegisterEntry>().AsNoTracking()
            .SingleOrDefaultAsync(e => e.RequestId == request.RequestId && e.OrganisationId == organisationId, ct);
        if (before is not null)
            return new IssuedNumber(before.Year, before.Number, before.Symbol, before.IssuedOn);
        DateTimeOffset now = time.GetUtcNow();
        DateOnly day = DocumentNumber.DayInVietnam(now);
        int number = await RegisterNumbers.NextAsync(db, organisationId, day.Year, ct);
        var entry = new RegisterEntry
        {
            OrganisationId = organisationId,
            Year = day.Year,
            Number = number,
            Symbol = DocumentNumber.Symbol(number, DocumentNumber.SymbolTail(kind, organisation.Symbol)),
            IssuedOn = day,
            KindCode = kind.Code,
            Title = title,
            SignerName = signer,
            DocumentId = null,
            RegisteredBy = actor.Name,
            RegisteredAt = now,
            RequestId = request.RequestId,
        };
        if (!await RegisterNumbers.TakeAsync(db, entry, ct))
            return null;
        evidence.Append(db, new EvidenceEntry(DocumentActs.PaperRegistered, actor, now)
        {
            OrganisationId = organisationId,
            Subject = new EvidenceSubject(ActEntries.SubjectKind, request.RequestId.ToString("D")),
            Details = IssuedDetails.Of(entry, request.RequestId, organisation, personallySigned: false, isSealed: false),
        });
        return await Races.TryCommitAsync(db, ct) ? new IssuedNumber(entry.Year, entry.Number, entry.Symbol, entry.IssuedOn) : null;
    }

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/register/paper", PostAsync).RequireSignedIn();

    private static async Task<IResult> PostAsync(
        [FromForm] Guid organisation, [FromForm] string? kind, [FromForm] string? title, [FromForm] string? signer, [FromForm] Guid request,
        HttpContext http, ICurrentUser user, RegisterPaper handler, CancellationToken ct)
    {
        var paper = new PaperDocument(new OrganisationId(organisation), kind ?? "", title ?? "", signer ?? "", request);
        Result<IssuedNumber> result = await handler.HandleAsync(user.Actor, paper, ct);
        return result.Match(
            issued => PageRedirect.WithNotice($"/register?year={issued.Year}&taken={issued.Number}", "documents.paper-registered"),
            refusal => PageRedirect.WithError(http, "/register", refusal));
    }
}
