using AnTin.Contracts.Platform;
using AnTin.Modules.Validation.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AnTin.Modules.Validation.Features;

/// <summary>
/// Reads the part <c>file</c> of a multipart request straight into a temporary file: memory stays the same for any size, and nothing is
/// parsed before all of it is here. Other parts are skipped.
/// </summary>
internal sealed class UploadReader(ValidationOptions options)
{
    // What the form may carry besides the file: tokens and part headers.
    private const int Overhead = 64 * 1024;

    public async Task<Result<ReceivedFile>> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.MaxFileBytes + Overhead;
        if (Boundary(http.Request) is not { } boundary)
            return ValidationErrors.NoFile;
        ReceivedFile? file = null;
        bool done = false;
        try
        {
            var reader = new MultipartReader(boundary, http.Request.Body);
            while (await reader.ReadNextSectionAsync(ct) is { } section)
            {
                switch (FileNameOf(section))
                {
                    case ("detached", _, true):
                        return ValidationErrors.DetachedNotTaken;
                    case ("file", { } name, _) when file is null:
                        file = await ReceivedFile.ReceiveAsync(section.Body, name, options.MaxFileBytes, ct);
                        if (file is null)
                            return ValidationErrors.TooLarge(options.MaxFileMegabytes);
                        break;
                }
            }
            done = file is { Length: > 0 };
            return done ? Result.Of(file!) : file is null ? ValidationErrors.NoFile : ValidationErrors.EmptyFile;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ValidationErrors.TooLarge(options.MaxFileMegabytes);
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !ct.IsCancellationRequested)
        {
            return ValidationErrors.Malformed;
        }
        finally
        {
            if (!done)
                file?.Dispose();
        }
    }

    private static string? Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return null;
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        // RFC 2046 §5.1.1: at most 70 characters.
        return boundary.Length is > 0 and <= 70 ? boundary : null;
    }

    // A browser sends an empty name when nothing was chosen.
    private static (string? Field, string? FileName, bool HasFile) FileNameOf(MultipartSection section)
    {
        ContentDispositionHeaderValue? disposition = section.GetContentDispositionHeader();
        if (disposition is null)
            return default;
        string field = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
        string name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
        return (field, name.Length == 0 ? null : name, name.Length > 0);
    }
}
