using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Persistence;
using AnTin.Pdf;
using AnTin.Platform.Blobs;
using AnTin.Platform.Identity;
using AnTin.Platform.Persistence;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features;

/// <summary>Keeps the picture of a person's signature or of an organisation's seal: a PNG with a transparent background.</summary>
internal sealed class KeepPicture(AnTinDbContext db, StoredFiles files, DocumentAccess access, TimeProvider time)
{
    public const int LimitKilobytes = 512;

    /// <summary>A seal of 42 mm at 600 dpi has 992 pixels a side; twice that is more than any printer shows.</summary>
    public const int LimitPixels = 2000;

    public async Task<Result> OfPersonAsync(Actor actor, ReadOnlyMemory<byte> png, CancellationToken ct) =>
        actor.PersonId is { } person ? await KeepAsync(PictureOwner.Person, person, png, ct) : DocumentErrors.NotFound();

    public async Task<Result> OfOrganisationAsync(Actor actor, Guid organisation, ReadOnlyMemory<byte> png, CancellationToken ct) =>
        await access.IsClerkAsync(actor.PersonId, organisation, ct)
            ? await KeepAsync(PictureOwner.Organisation, organisation, png, ct)
            : DocumentErrors.ClerkOnly();

    /// <summary>Keeps without asking who wants it; for the demonstration.</summary>
    internal async Task<Result> KeepAsync(PictureOwner owner, Guid ownerId, ReadOnlyMemory<byte> png, CancellationToken ct)
    {
        Result<PngImage> decoded = Decode(png);
        if (!decoded.IsSuccess)
            return decoded.Error;
        Result<BlobInfo> kept = await files.KeepAsync(target => target.WriteAsync(png, ct).AsTask(), ct);
        if (!kept.IsSuccess)
            return kept.Error;
        Picture? picture = await db.Set<Picture>().SingleOrDefaultAsync(p => p.Owner == owner && p.OwnerId == ownerId, ct);
        if (picture is null)
            db.Add(picture = new Picture { Owner = owner, OwnerId = ownerId, Sha256 = "", Width = 0, Height = 0, UploadedAt = default });
        picture.Sha256 = kept.Value.Id.Sha256;
        picture.Width = decoded.Value.Width;
        picture.Height = decoded.Value.Height;
        picture.UploadedAt = time.GetUtcNow();
        return await Races.TryCommitAsync(db, ct) ? Result.Success : DocumentErrors.ChangedMeanwhile();
    }

    private static Result<PngImage> Decode(ReadOnlyMemory<byte> png)
    {
        if (png.IsEmpty)
            return DocumentErrors.PictureMissing();
        if (png.Length > LimitKilobytes * 1024)
            return DocumentErrors.PictureTooLarge(LimitKilobytes, LimitPixels);
        try
        {
            PngImage image = PngImage.Decode(png, LimitPixels * LimitPixels);
            if (image.Width > LimitPixels || image.Height > LimitPixels)
                return DocumentErrors.PictureTooLarge(LimitKilobytes, LimitPixels);
            return image.Alpha is null ? DocumentErrors.PictureOpaque() : image;
        }
        catch (PdfFormatException malformed)
        {
            return malformed.Code == "png.limit" ? DocumentErrors.PictureTooLarge(LimitKilobytes, LimitPixels) : DocumentErrors.PictureNotPng();
        }
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var limit = new RequestSizeLimitAttribute((LimitKilobytes + 64) * 1024L);
        endpoints.MapPost("/profile/signature-picture", PostPersonAsync).RequireSignedIn().WithMetadata(limit);
        endpoints.MapPost("/profile/seal-picture", PostOrganisationAsync).RequireSignedIn().WithMetadata(limit);
        endpoints.MapGet("/profile/signature-picture", ShowPersonAsync).RequireSignedIn();
        endpoints.MapGet("/profile/seal-picture/{organisation:guid}", ShowOrganisationAsync).RequireSignedIn();
    }

    private static async Task<IResult> PostPersonAsync(IFormFile? picture, HttpContext http, ICurrentUser user, KeepPicture handler, CancellationToken ct) =>
        PageRedirect.After(http, "/profile", await handler.OfPersonAsync(user.Actor, await ReadAsync(picture, ct), ct), "documents.picture-kept");

    private static async Task<IResult> PostOrganisationAsync(
        IFormFile? picture, [FromForm] Guid organisation, HttpContext http, ICurrentUser user, KeepPicture handler, CancellationToken ct) =>
        PageRedirect.After(http, "/profile", await handler.OfOrganisationAsync(user.Actor, organisation, await ReadAsync(picture, ct), ct), "documents.picture-kept");

    private static async Task<IResult> ShowPersonAsync(HttpContext http, ICurrentUser user, KeepPicture handler, CancellationToken ct) =>
        await handler.ShowAsync(http, PictureOwner.Person, user.PersonId ?? Guid.Empty, ct);

    private static async Task<IResult> ShowOrganisationAsync(Guid organisation, HttpContext http, ICurrentUser user, KeepPicture handler, CancellationToken ct) =>
        await handler.ShowSealAsync(http, user, organisation, ct);

    private async Task<IResult> ShowSealAsync(HttpContext http, ICurrentUser user, Guid organisation, CancellationToken ct) =>
        await access.IsClerkAsync(user.PersonId, organisation, ct)
            ? await ShowAsync(http, PictureOwner.Organisation, organisation, ct)
            : Results.NotFound();

    private async Task<IResult> ShowAsync(HttpContext http, PictureOwner owner, Guid ownerId, CancellationToken ct)
    {
        Picture? picture = await db.Set<Picture>().AsNoTracking().SingleOrDefaultAsync(p => p.Owner == owner && p.OwnerId == ownerId, ct);
        if (picture is null || await files.ReadSmallAsync(picture.Sha256, LimitKilobytes * 1024, ct) is not { } png)
            return Results.NotFound();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(png, "image/png");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(IFormFile? file, CancellationToken ct)
    {
        if (file is null)
            return default;
        using var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        return content.ToArray();
    }
}
