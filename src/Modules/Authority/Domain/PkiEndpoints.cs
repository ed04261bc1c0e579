// The authority over HTTP. References: RFC 5280 §4.2.1.13, §4.2.2.1 (CRL and issuer certificate in DER), RFC 2585 (media types), RFC 6960 Appendix A and
// RFC 9919 §5 (OCSP by POST and GET), RFC 3161 §3.4 (time-stamps by POST). All public: whoever holds a signed file must be able to check it.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace AnTin.Modules.Authority.Domain;

internal static class PkiEndpoints
{
    private const string OcspResponseType = "application/ocsp-response";
    private const int LongestGetRequest = 4096;

    // Between a revocation and the word of it at a client that asks through a cache.
    private static readonly TimeSpan OcspCaching = TimeSpan.FromSeconds(60);

    /// <summary>GET /pki/{slug}.crt, /pki/{slug}.crl, /ocsp/{base64}; POST /ocsp, /tsa.</summary>
    public static void MapPki(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/pki/{slug}.crt", ["GET", "HEAD"], async (string slug, IPkiPublication pki, CancellationToken ct) =>
            File(await pki.FindCertificateAsync(slug, ct), "application/pkix-cert")).AllowAnonymous();
        endpoints.MapMethods("/pki/{slug}.crl", ["GET", "HEAD"], async (string slug, HttpContext http, IPkiPublication pki, TimeProvider clock, CancellationToken ct) =>
        {
            PublishedFile? crl = await pki.FindCrlAsync(slug, ct);
            if (crl?.Expires is { } expires && expires - clock.GetUtcNow() is { Ticks: > 0 } rest)
                Cache(http, rest < OcspCaching ? rest : OcspCaching);
            return File(crl, "application/pkix-crl");
        }).AllowAnonymous();
        endpoints.MapPost("/ocsp", async (HttpContext http, IPkiPublication pki, CancellationToken ct) =>
            await ReadAsync(http.Request, OcspResponder.MaxRequestBytes, ct) is { } body
                ? Results.Bytes(await pki.AnswerOcspAsync(body, ct), OcspResponseType)
                : TooLarge).AllowAnonymous().DisableAntiforgery();
        endpoints.MapGet("/ocsp/{**request}", async (string request, HttpContext http, IPkiPublication pki, CancellationToken ct) =>
        {
            if (request.Length > LongestGetRequest)
                return TooLarge;
            Cache(http, OcspCaching);
            return Results.Bytes(await pki.AnswerOcspAsync(FromPath(request), ct), OcspResponseType);
        }).AllowAnonymous();
        endpoints.MapPost("/tsa", async (HttpContext http, IPkiPublication pki, CancellationToken ct) =>
            await ReadAsync(http.Request, TimeStampResponder.MaxRequestBytes, ct) is { } body
                ? Results.Bytes(await pki.AnswerTimeStampAsync(body, ct), "application/timestamp-reply")
                : TooLarge).AllowAnonymous().DisableAntiforgery();
    }

    private static IResult TooLarge => Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

    private static IResult File(PublishedFile? file, string type) =>
        file is null ? Results.NotFound() : Results.Bytes(file.Der, type, lastModified: file.LastModified);

    private static void Cache(HttpContext http, TimeSpan age) =>
        http.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = age };

    /// <summary>Base64 as it comes through URLs: percent-encoded or not, plus signs read as blanks, a line end behind. Empty when it is none.</summary>
    private static byte[] FromPath(string path)
    {
        string text = Uri.UnescapeDataString(path).Trim().Replace(' ', '+');
        byte[] der = new byte[text.Length];
        return Convert.TryFromBase64String(text, der, out int written) ? der[..written] : [];
    }

    /// <summary>The body, or null when it is longer than allowed.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken ct)
    {
        if (request.ContentLength > limit)
            return null;
        byte[] buffer = new byte[limit + 1];
        int read = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return read > limit ? null : buffer[..read];
    }
}
