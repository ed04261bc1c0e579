using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Persistence;
using AnTin.Pdf;

namespace AnTin.Modules.Documents.Features;

/// <summary>A page as lines of text at their places, for placing boxes without a picture; points as seen.</summary>
internal sealed record PageSketch(double Width, double Height, IReadOnlyList<SketchLine> Lines)
{
    private const int MostLines = 400;

    /// <returns>Null when the stored file is damaged. A page whose text cannot be read has no lines.</returns>
    public static async Task<PageSketch?> ReadAsync(StoredFiles files, OutgoingDocument document, int page, CancellationToken ct)
    {
        Result<BlobSource> opened = await files.OpenAsync(document.CurrentSha256, ct);
        if (!opened.IsSuccess)
            return null;
        using BlobSource source = opened.Value;
        PdfDocument pdf = PdfDocument.Open(source, FileInspection.Limits);
        PdfPage read = pdf.GetPage(page - 1);
        var geometry = PageGeometry.Of(pdf, read);
        return new PageSketch(geometry.Width, geometry.Height, LinesOf(pdf, read));
    }

    private static IReadOnlyList<SketchLine> LinesOf(PdfDocument pdf, PdfPage page)
    {
        try
        {
            return [.. PdfTextExtractor.Extract(pdf, page)
                .Where(line => line.Rotation == 0 && !string.IsNullOrWhiteSpace(line.Text))
                .Take(MostLines)
                .Select(line => new SketchLine(line.Text.Trim(), line.Seen.X, line.Baseline, line.Seen.Width, line.FontSize))];
        }
        catch (PdfFormatException)
        {
            return [];
        }
    }
}

/// <param name="Baseline">Distance from the visible top.</param>
internal sealed record SketchLine(string Text, double X, double Baseline, double Width, double FontSize);
