using System.Globalization;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Persistence;
using AnTin.Pdf;
using AnTin.Platform.Identity;
using AnTin.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnTin.Modules.Documents.Features;

/// <summary>Where the drafter put one box; millimetres from the page's visible top left.</summary>
/// <param name="Page">From 1.</param>
internal sealed record PlacedBox(int Page, double XMm, double YMm, double WidthMm, double HeightMm);

/// <summary>The drafter corrects the places of the boxes before the freeze.</summary>
internal sealed class PlaceFields(AnTinDbContext db, DocumentAccess access, StoredFiles files, TimeProvider time)
{
    private const double LeastMm = 3;
    private const double Tolerance = 0.5;

    public async Task<Result> HandleAsync(Actor actor, Guid documentId, IReadOnlyDictionary<BoxKind, PlacedBox> wished, CancellationToken ct)
    {
        if (actor.PersonId is not { } person || await access.FindForActorAsync(documentId, person, ct) is not { } document)
            return DocumentErrors.NotFound();
        if (document.CheckDraft(person) is { } refusal)
            return refusal;
        Placement before = Placement.FromJson(document.PlacementJson);
        Placement after = before;
        foreach ((BoxKind kind, PlacedBox box) in wished)
            after = after.With(kind, Moved(kind, before[kind], box));
        after = FollowSignature(before, after);
        if (after == before)
            return Result.Success;
        if (await CheckAsync(document, after, ct) is { } misplaced)
            return misplaced;
        Result moved = document.Move(person, after, time.GetUtcNow());
        if (!moved.IsSuccess)
            return moved;
        return await Races.TryCommitAsync(db, ct) ? Result.Success : DocumentErrors.ChangedMeanwhile();
    }

    /// <summary>Only signature and initial change their size: number and date fit the printed line, the seal has its real diameter.</summary>
    public static bool IsResizable(BoxKind kind) => kind is BoxKind.Initial or BoxKind.Signature;

    public static double Millimetres(double points) => Math.Round(points / VisualRectangle.Points(1), 1);

    // A value that was not touched comes back rounded to a tenth of a millimetre: then the exact one stays.
    private static Box Moved(BoxKind kind, Box before, PlacedBox wished) => new(
        wished.Page,
        Kept(before.X, wished.XMm),
        Kept(before.Y, wished.YMm),
        IsResizable(kind) ? Kept(before.Width, wished.WidthMm) : before.Width,
        IsResizable(kind) ? Kept(before.Height, wished.HeightMm) : before.Height);

    private static double Kept(double before, double millimetres) =>
        Math.Abs(Millimetres(before) - millimetres) < 0.051 ? before : VisualRectangle.Points(millimetres);

    // Whoever moved only the signature takes the seal along.
    private static Placement FollowSignature(Placement before, Placement after)
    {
        if (after.Signature == before.Signature || after.Seal != before.Seal)
            return after;
        double right = after.Signature.X - before.Signature.X;
        double down = after.Signature.Y + (after.Signature.Height / 2) - before.Signature.Y - (before.Signature.Height / 2);
        Box seal = before.Seal with { Page = after.Signature.Page, X = Math.Max(0, before.Seal.X + right), Y = Math.Max(0, before.Seal.Y + down) };
        return after with { Seal = seal };
    }

    private async Task<Error?> CheckAsync(OutgoingDocument document, Placement placement, CancellationToken ct)
    {
        Result<BlobSource> opened = await files.OpenAsync(document.CurrentSha256, ct);
        if (!opened.IsSuccess)
            return opened.Error;
        using BlobSource source = opened.Value;
        PdfDocument pdf = PdfDocument.Open(source, FileInspection.Limits);
        foreach (BoxKind kind in Enum.GetValues<BoxKind>())
        {
            Box box = placement[kind];
            if (box.Page < 1 || box.Page > document.PageCount)
                return DocumentErrors.PageUnknown(box.Page, document.PageCount);
            var page = PageGeometry.Of(pdf, pdf.GetPage(box.Page - 1));
            bool inside = box.X >= -Tolerance && box.Y >= -Tolerance
                && box.X + box.Width <= page.Width + Tolerance && box.Y + box.Height <= page.Height + Tolerance;
            if (!inside || box.Width < VisualRectangle.Points(LeastMm) || box.Height < VisualRectangle.Points(LeastMm))
                return DocumentErrors.PlaceInvalid(Placement.Name(kind));
        }
        return null;
    }

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/documents/{id:guid}/place", PostAsync).RequireSignedIn();

    private static async Task<IResult> PostAsync(
        Guid id, IFormCollection form, HttpContext http, ICurrentUser user, PlaceFields handler, FreezeDocument freeze, CancellationToken ct)
    {
        string page = DocumentPaths.Place(id);
        Result placed = Read(form) is { } wished
            ? await handler.HandleAsync(user.Actor, id, wished, ct)
            : DocumentErrors.PlaceInvalid(new Text("?", "?"));
        if (!placed.IsSuccess || form["then"] != "freeze")
            return DocumentPaths.After(http, page, placed, "documents.placed");
        Result frozen = await freeze.HandleAsync(user.Actor, id, ct);
        return DocumentPaths.After(http, frozen.IsSuccess ? DocumentPaths.Of(id) : page, frozen, "documents.frozen");
    }

    private static Dictionary<BoxKind, PlacedBox>? Read(IFormCollection form)
    {
        var boxes = new Dictionary<BoxKind, PlacedBox>();
        foreach (BoxKind kind in Enum.GetValues<BoxKind>())
        {
            string name = kind.ToString().ToLowerInvariant();
            if (!int.TryParse(form[$"{name}-page"], NumberStyles.None, CultureInfo.InvariantCulture, out int page)
                || Number(form[$"{name}-x"]) is not { } x || Number(form[$"{name}-y"]) is not { } y)
                return null;
            boxes[kind] = new PlacedBox(page, x, y, Number(form[$"{name}-w"]) ?? 0, Number(form[$"{name}-h"]) ?? 0);
        }
        return boxes;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double value) && Math.Abs(value) < 10_000 ? value : null;
}
