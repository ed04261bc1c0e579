using System.Text;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Identity;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AnTin.Modules.Documents.Features;

/// <summary>
/// POST /documents: the form of /documents/new, read as it arrives. Fields come first, the antiforgery token before all, the file
/// last; the file goes to disk in blocks, so memory does not grow with it.
/// </summary>
internal static class UploadEndpoint
{
    private const string Page = "/documents/new";
    private const int FieldLimit = 8 * 1024;
    private const int MostFields = 12;

    // A file somewhat over the limit is read to its end, so that the person sees the reason and not a broken connection.
    private const int DrainFactor = 2;

    public static void Map(IEndpointRouteBuilder endpoints, DocumentsOptions options) =>
        endpoints.MapPost("/documents", UploadAsync)
            .RequireSignedIn()
            .WithMetadata(new RequestSizeLimitAttribute((options.MaxFileBytes * DrainFactor) + (1 << 20)));

    private static async Task<IResult> UploadAsync(
        HttpContext http, IAntiforgery antiforgery, ICurrentUser user, UploadDocument upload, CancellationToken ct)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            return await ReadAsync(http, antiforgery, user, upload, fields, ct);
        }
        catch (Exception cut) when (cut is IOException or InvalidDataException or BadHttpRequestException && !ct.IsCancellationRequested)
        {
            return Again(http, fields, DocumentErrors.UploadCutShort());
        }
    }

    private static async Task<IResult> ReadAsync(
        HttpContext http, IAntiforgery antiforgery, ICurrentUser user, UploadDocument upload, Dictionary<string, string> fields, CancellationToken ct)
    {
        if (Boundary(http.Request) is not { } boundary)
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var reader = new MultipartReader(boundary, http.Request.Body) { HeadersLengthLimit = FieldLimit };
        string tokenField = antiforgery.GetTokens(http).FormFieldName;
        for (int section = 0; section < MostFields && await reader.ReadNextSectionAsync(ct) is { } part; section++)
        {
            ContentDispositionHeaderValue? disposition = part.GetContentDispositionHeader();
            if (disposition?.IsFormDisposition() == true)
                fields[disposition.Name.Value ?? ""] = await TextAsync(part.Body, ct);
            else if (disposition?.IsFileDisposition() == true)
            {
                if (!await IsOurFormAsync(http, antiforgery, fields.GetValueOrDefault(tokenField)))
                    return Results.StatusCode(StatusCodes.Status400BadRequest);
                return await TakeAsync(http, user, upload, fields, disposition, part.Body, ct);
            }
        }
        return Again(http, fields, DocumentErrors.FileMissing());
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http, ICurrentUser user, UploadDocument upload, Dictionary<string, string> fields,
        ContentDispositionHeaderValue disposition, Stream body, CancellationToken ct)
    {
        string fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
        var request = new NewDocument(
            new OrganisationId(Id(fields, "organisation")),
            fields.GetValueOrDefault("kind", ""),
            fields.GetValueOrDefault("title", ""),
            new PersonId(Id(fields, "initialler")),
            new PersonId(Id(fields, "signer")),
            fileName);
        Result<Guid> result = fileName.Length == 0
            ? DocumentErrors.FileMissing()
            : await upload.HandleAsync(user.Actor, request, body, ct);
        await DrainAsync(body, ct);
        return result.Match(
            id => PageRedirect.WithNotice($"/documents/{id}/place", "documents.uploaded"),
            refusal => Again(http, fields, refusal));
    }

    private static async Task<bool> IsOurFormAsync(HttpContext http, IAntiforgery antiforgery, string? token)
    {
        // Given as the header, the token is checked without reading the form, which would buffer the file.
        if (antiforgery.GetTokens(http).HeaderName is { } header && token is not null)
            http.Request.Headers[header] = token;
        return await antiforgery.IsRequestValidAsync(http);
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken ct)
    {
        byte[] buffer = new byte[FieldLimit + 1];
        int length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > FieldLimit ? throw new InvalidDataException("A field of the form is too long.") : Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static async Task DrainAsync(Stream body, CancellationToken ct)
    {
        byte[] buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, ct) > 0)
        {
        }
    }

    /// <summary>Back to the form with what was typed, so that only the file has to be chosen again.</summary>
    private static IResult Again(HttpContext http, Dictionary<string, string> fields, Error refusal)
    {
        string page = Page;
        foreach (string name in (string[])["organisation", "kind", "title", "initialler", "signer"])
        {
            if (fields.GetValueOrDefault(name) is { Length: > 0 and <= OutgoingDocument.TitleLimit } value)
                page = QueryHelpers.AddQueryString(page, name, value);
        }
        return PageRedirect.WithError(http, page, refusal);
    }

    private static Guid Id(Dictionary<string, string> fields, string name) =>
        Guid.TryParse(fields.GetValueOrDefault(name), out Guid id) ? id : Guid.Empty;

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= 70 } boundary
            ? boundary
            : null;
}
