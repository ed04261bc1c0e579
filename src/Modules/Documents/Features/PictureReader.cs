using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Persistence;
using AnTin.Pdf;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features;

/// <summary>Pictures for appearances. A picture that is missing or damaged is none: the signature then shows words.</summary>
internal sealed class PictureReader(AnTinDbContext db, StoredFiles files)
{
    public Task<bool> ExistsAsync(PictureOwner owner, Guid ownerId, CancellationToken ct) =>
        db.Set<Picture>().AnyAsync(p => p.Owner == owner && p.OwnerId == ownerId, ct);

    /// <summary>Width over height of the picture; null when there is none.</summary>
    public async Task<double?> AspectAsync(PictureOwner owner, Guid ownerId, CancellationToken ct) =>
        await db.Set<Picture>().AsNoTracking().SingleOrDefaultAsync(p => p.Owner == owner && p.OwnerId == ownerId, ct) is { Height: > 0 } picture
            ? (double)picture.Width / picture.Height
            : null;

    public async Task<PngImage?> ReadAsync(PictureOwner owner, Guid ownerId, CancellationToken ct)
    {
        Picture? picture = await db.Set<Picture>().AsNoTracking().SingleOrDefaultAsync(p => p.Owner == owner && p.OwnerId == ownerId, ct);
        if (picture is null || await files.ReadSmallAsync(picture.Sha256, KeepPicture.LimitKilobytes * 1024, ct) is not { } png)
            return null;
        try
        {
            return PngImage.Decode(png);
        }
        catch (PdfFormatException)
        {
            return null;
        }
    }
}
