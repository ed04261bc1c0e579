using AnTin.Contracts.Platform;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace AnTin.Modules.Documents.Features;

/// <summary>Addresses of the module, and how a form post on a document ends.</summary>
internal static class DocumentPaths
{
    public static string Of(Guid document) => $"/documents/{document:D}";

    public static string Place(Guid document) => Of(document) + "/place";

    public static string Read(Guid document) => Of(document) + "/read";

    public static string File(Guid document) => Of(document) + "/file";

    public static string Evidence(Guid document) => Of(document) + "/evidence";

    /// <summary>The document's page with notice or refusal; a document that may not be seen is 404 like one that is not there.</summary>
    public static IResult After(HttpContext http, Guid document, Result result, string notice) =>
        After(http, Of(document), result, notice);

    public static IResult After(HttpContext http, string page, Result result, string notice) =>
        result.Error is { Code: "documents.not-found" } ? Results.NotFound() : PageRedirect.After(http, page, result, notice);
}
