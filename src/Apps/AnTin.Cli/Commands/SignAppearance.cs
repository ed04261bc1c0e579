// Where the signature of a profile stands and what it shows. References: NĐ 30/2020/NĐ-CP, Phụ lục I (Appendix I), phần II, mục 7 (the
// person: blue picture between title and name), mục 8 (the organisation: red seal in actual size over a third of the signature, on its left;
// on separate appendices and copies no picture, but text in Times New Roman 10, black, upright, at the top right of the first page).

using System.Globalization;
using AnTin.Cli.Files;
using AnTin.Contracts.Platform;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.X509;

namespace AnTin.Cli.Commands;

/// <summary>The field to sign and what it will show.</summary>
internal sealed record SignatureLook(SignatureTarget Field, Appearance? Appearance);

internal sealed class SignAppearance(PdfDocument document, SignRequest request, Certificate certificate, DateTimeOffset now)
{
    // 36 mm is the seal of a department; agencies with another size give --page and --rect.
    private const double SealMillimetres = 36;
    private const double TextWidth = 200;
    private const double TextHeight = 48;
    private const double Margin = 28;

    public async Task<Result<SignatureLook>> ChooseAsync(CancellationToken ct)
    {
        PngImage? image = null;
        if (request.Image is not null && !(await ReadImageAsync(request.Image, ct)).TryGet(out image, out Error? unreadable))
            return unreadable;
        if (EmptyField() is { } laid)
            return new SignatureLook(new SignatureTarget(laid.FullName), ShownIn(laid, image));
        if (!Place(image).TryGet(out Placed? place, out Error? misplaced))
            return misplaced;
        SignatureTarget target = place.At is { } at
            ? new SignatureTarget(NewName(), at.PageIndex, at.Rect)
            : new SignatureTarget(NewName(), 0);
        return new SignatureLook(target, place.At is { } seen ? Draw(image, seen.Seen.Width, seen.Seen.Height) : null);
    }

    private string BaseName => request.Profile switch
    {
        SignProfile.Initial => "AnTin.Initial",
        SignProfile.Seal => "AnTin.Seal",
        SignProfile.Attachment => "AnTin.Attachment",
        SignProfile.Copy => "AnTin.Copy",
        _ => "AnTin.Signature",
    };

    private bool PlaceIsNamed => request.Rectangle is not null || request.Anchor is not null;

    // A frozen document carries the field for this act; using it changes nothing that earlier signatures cover.
    private PdfFormField? EmptyField() => PlaceIsNamed
        ? null
        : document.AcroForm?.Fields.FirstOrDefault(f => f.FieldType == "Sig" && f.FullName == BaseName && document.Resolve(f.Value ?? PdfNull.Instance) is PdfNull);

    private Appearance? ShownIn(PdfFormField field, PngImage? image)
    {
        if (field.Widgets is not [var widget, ..] || document.Get<PdfArray>(widget.Dictionary, "Rect") is not { } corners
            || PdfRectangle.From(document, corners) is not { Width: > 0, Height: > 0 } rectangle)
            return null;
        int page = Enumerable.Range(0, document.PageCount)
            .FirstOrDefault(i => document.GetPage(i).Reference.Equals(widget.Dictionary["P"]));
        VisualRectangle seen = PageGeometry.Of(document, document.GetPage(page)).ToVisual(rectangle);
        return Draw(image, seen.Width, seen.Height);
    }

    private string NewName()
    {
        HashSet<string> taken = [.. document.AcroForm?.Fields.Select(f => f.FullName) ?? []];
        if (!taken.Contains(BaseName))
            return BaseName;
        int number = 2;
        while (taken.Contains($"{BaseName}.{number}") || taken.Contains($"{BaseName}{number}"))
            number++;
        return $"{BaseName}{number}";
    }

    /// <summary>Null stands for a signature that is not seen.</summary>
    private sealed record Placed(FoundPlace? At);

    private Result<Placed> Place(PngImage? image)
    {
        if (request is { Page: { } page, Rectangle: { } rectangle })
        {
            if (page >= document.PageCount)
                return new Error(CliErrors.PageMissing, request.Input, document.PageCount, page + 1);
            return new Placed(On(page, geometry =>
                new VisualRectangle(rectangle.Left, geometry.Height - rectangle.Top, rectangle.Width, rectangle.Height), PlaceSource.Anchor));
        }
        var placement = new SignaturePlacement(document);
        SignatureBoxOptions? box = image is null ? null : new SignatureBoxOptions(150, Math.Min(71, 150.0 * image.Height / image.Width));
        if (request.Anchor is { } anchor)
            return placement.FindAnchor(anchor, box) is { } found ? new Placed(found) : new Error(CliErrors.AnchorNotFound, request.Input, anchor);
        return request.Profile switch
        {
            SignProfile.Attachment or SignProfile.Copy => new Placed(On(0, geometry =>
                new VisualRectangle(Math.Max(0, geometry.Width - TextWidth - Margin), Margin, TextWidth, TextHeight), PlaceSource.Fallback)),
            _ when image is null => new Placed(null),
            SignProfile.Initial => new Placed(placement.FindInitial()),
            SignProfile.Seal => new Placed(placement.FindSeal(SignerPlace(placement), SealMillimetres)),
            _ => new Placed(placement.FindSigner(certificate.Subject.CommonName, box)),
        };
    }

    // The seal goes over the signature that stands already; without one, over the place where it would stand.
    private FoundPlace SignerPlace(SignaturePlacement placement)
    {
        foreach (PdfFormField field in (document.AcroForm?.Fields ?? []).Where(f => f.FullName.StartsWith("AnTin.Signature", StringComparison.Ordinal)))
        {
            if (field.Widgets is not [var widget, ..] || document.Get<PdfArray>(widget.Dictionary, "Rect") is not { } corners
                || PdfRectangle.From(document, corners) is not { Width: > 0, Height: > 0 } rectangle)
                continue;
            for (int page = 0; page < document.PageCount; page++)
            {
                if (document.GetPage(page).Reference.Equals(widget.Dictionary["P"]))
                    return On(page, geometry => geometry.ToVisual(rectangle), PlaceSource.Anchor);
            }
        }
        return placement.FindSigner(fullName: null);
    }

    private FoundPlace On(int page, Func<PageGeometry, VisualRectangle> place, PlaceSource source)
    {
        PageGeometry geometry = PageGeometry.Of(document, document.GetPage(page));
        VisualRectangle seen = place(geometry);
        return new FoundPlace(page, seen, geometry.ToUserSpace(seen), source);
    }

    private Appearance Draw(PngImage? image, double width, double height) => Appearance.Create(new AppearanceOptions
    {
        Width = width,
        Height = height,
        Image = image,
        Lines = image is null ? [.. Lines()] : [],
        Horizontal = HorizontalAlignment.Left,
    });

    private IEnumerable<AppearanceLine> Lines()
    {
        string time = now.ToOffset(Text.VietnamOffset).ToString("dd/MM/yyyy HH:mm:ss '+07:00'", CultureInfo.InvariantCulture);
        string name = certificate.Subject.DisplayName;
        return request.Profile switch
        {
            SignProfile.Attachment => [new AppearanceLine(request.Reason!), new AppearanceLine(time)],
            SignProfile.Copy => [new AppearanceLine(request.Reason!), new AppearanceLine(name), new AppearanceLine(time)],
            _ => [new AppearanceLine(name), new AppearanceLine(time)],
        };
    }

    private static async Task<Result<PngImage>> ReadImageAsync(string path, CancellationToken ct)
    {
        if (!(await InputFile.ReadSmallAsync(path, ct)).TryGet(out byte[]? bytes, out Error? error))
            return error;
        try
        {
            return PngImage.Decode(bytes);
        }
        catch (PdfFormatException e)
        {
            return new Error(CliErrors.ImageUnreadable, path, e.Message);
        }
    }
}
