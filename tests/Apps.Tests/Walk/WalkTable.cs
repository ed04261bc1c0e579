using static AnTin.Apps.Tests.Walk.People;

namespace AnTin.Apps.Tests.Walk;

/// <summary>The people who walk: every role at the agency that owns the objects, the same roles at a foreign one, and those above.</summary>
internal static class People
{
    public static readonly string[] Own = ["soanthao", "truongphong", "giamdoc", "vanthu"];
    public static readonly string[] Foreign = ["soanthao2", "truongphong2", "giamdoc2", "vanthu2"];
    public static readonly string[] Above = ["quantri", "dangky", "thanhtra", "chutich"];
    public static readonly string[] Everyone = [.. Own, .. Foreign, .. Above];

    /// <summary>Who sees a document of H99.05: those who take part, its clerk, and who supervises.</summary>
    public static readonly string[] DocumentViewers = [.. Own, "thanhtra", "chutich"];
}

/// <summary>One endpoint or page and who gets past its door.</summary>
/// <param name="Key">Method and pattern, as routing has them.</param>
/// <param name="Path">A concrete address on the objects of H99.05.</param>
/// <param name="Allowed">Everybody else is refused.</param>
/// <param name="Anonymous">Whether nobody in particular gets in as well.</param>
/// <param name="Token">A form that must carry its antiforgery token.</param>
internal sealed record WalkEntry(string Key, Func<WalkedHost, string> Path, string[] Allowed, bool Anonymous = false, bool Token = false)
{
    /// <summary>Fields a form needs before it asks who sends it.</summary>
    public IReadOnlyList<(string Name, string Value)> Form { get; init; } = [];

    public string Method => Key.Split(' ')[0] is "ANY" ? "GET" : Key.Split(' ')[0];

    public override string ToString() => Key;
}

/// <summary>
/// The expected table. An endpoint that is not here fails the walk: whoever adds one says here for whom it is.
/// Posts are sent without what they need (PIN, file, reason), so that the walk knocks on every door and does nothing.
/// </summary>
internal static class WalkTable
{
    public static readonly WalkEntry[] Entries =
    [
        // For everybody.
        Public("GET /", "/"),
        Public("GET /login", "/login"),
        // Status 404 and the words for it.
        Public("GET /not-found", "/not-found"),
        Public("ANY /error/{status:int:range(400,599)}", "/error/404"),
        // Comes with Razor components, for a way of navigating that this portal does not use: closed.
        For("GET /_framework/opaque-redirect", "/_framework/opaque-redirect", []),
        Public("GET /verify", "/verify"),
        Public("GET /healthz", "/healthz"),
        Public("GET /readyz", "/readyz"),
        Public("GET /openapi/{documentName}.json", "/openapi/v1.json"),
        new("GET /assets/{address}", host => host.Asset, Everyone, Anonymous: true),
        Public("GET /log/issuance/checkpoint", "/log/issuance/checkpoint"),
        Public("GET /log/issuance/tile/entries/{**path}", "/log/issuance/tile/entries/000.p/1"),
        Public("GET /log/issuance/tile/{level:int}/{**path}", "/log/issuance/tile/0/000.p/1"),
        Public("POST /verify", "/verify"),
        Public("POST /api/v1/validations", "/api/v1/validations"),
        Public("POST /login", "/login", token: true),
        Public("POST /logout", "/logout", token: true),
        Public("POST /language", "/language", token: true),

        // The authority's publications.
        Public("GET /pki/{slug}.crt", "/pki/ca.crt"),
        Public("GET /pki/{slug}.crl", "/pki/ca.crl"),
        Public("GET /ocsp/{**request}", "/ocsp/MAA="),
        Public("POST /ocsp", "/ocsp"),
        Public("POST /tsa", "/tsa"),

        // For whoever is signed in; what they see is their own.
        For("GET /profile", "/profile", Everyone),
        For("GET /documents", "/documents", Everyone),
        For("GET /organisation", "/organisation", Everyone),
        For("GET /register", "/register", Everyone),
        For("POST /register/paper", "/register/paper", Everyone, token: true),
        For("POST /profile/signature-picture", "/profile/signature-picture", Everyone, token: true),
        For("POST /profile/seal-picture", "/profile/seal-picture", Everyone, token: true),
        For("GET /profile/signature-picture", "/profile/signature-picture", ["truongphong", "giamdoc", "truongphong2", "giamdoc2"]),

        // The document of H99.05: who takes part, its clerk, who supervises.
        Of("GET /documents/{Id:guid}", "", DocumentViewers),
        Of("GET /documents/{Id:guid}/evidence", "/evidence", DocumentViewers),
        Of("GET /documents/{Id:guid}/read", "/read", DocumentViewers),
        Of("GET /documents/{id:guid}/page/{page:int}", "/page/1", DocumentViewers),
        Of("GET /documents/{id:guid}/file", "/file", DocumentViewers),
        Of("GET /documents/{Id:guid}/place", "/place", DocumentViewers),
        Of("POST /documents/{id:guid}/place", "/place", Own, token: true) with
        {
            Form = [.. from box in new[] { "number", "date", "initial", "signature", "seal" }
                from field in new[] { "page", "x", "y", "w", "h" }
                select ($"{box}-{field}", field == "page" ? "1" : "50")],
        },
        Of("POST /documents/{id:guid}/freeze", "/freeze", Own, token: true),
        Of("POST /documents/{id:guid}/initial", "/initial", Own, token: true),
        Of("POST /documents/{id:guid}/sign", "/sign", Own, token: true),
        Of("POST /documents/{id:guid}/seal", "/seal", Own, token: true),
        Of("POST /documents/{id:guid}/return", "/return", Own, token: true),
        For("GET /documents/new", "/documents/new", ["soanthao", "soanthao2"]),
        // Streamed: without a file it sends everybody back to the form; its token and its drafter are asked for with the file.
        For("POST /documents", "/documents", Everyone),

        // Keys and certificates.
        new("GET /profile/seal-picture/{organisation:guid}", host => $"/profile/seal-picture/{host.Organisation}", ["vanthu"]),
        new("POST /profile/credentials/{id:guid}/pin", host => $"/profile/credentials/{host.Credential}/pin", ["giamdoc"], Token: true)
        {
            Form = [("pin", "000000"), ("newPin", "864209"), ("newPinAgain", "864209")],
        },
        new("POST /credentials/{id:guid}/unlock", host => $"/credentials/{host.Credential}/unlock", ["dangky"], Token: true),
        For("GET /credentials", "/credentials", ["dangky"]),
        For("GET /certificates", "/certificates", ["dangky"]),
        new("GET /certificates/{Serial}", host => $"/certificates/{host.Serial}", ["dangky"]),
        new("POST /certificates/{serial}/revoke", host => $"/certificates/{host.Serial}/revoke", ["dangky"], Token: true),

        // Figures and the log.
        For("GET /dashboard", "/dashboard", ["giamdoc", "giamdoc2", "thanhtra", "chutich"]),
        For("GET /dashboard/issued", "/dashboard/issued", ["giamdoc", "giamdoc2", "thanhtra", "chutich"]),
        For("GET /evidence", "/evidence", ["thanhtra"]),
        For("GET /api/v1/audit/checkpoint", "/api/v1/audit/checkpoint", ["quantri", "thanhtra"]),
        For("GET /api/v1/audit/verifier-key", "/api/v1/audit/verifier-key", ["quantri", "thanhtra"]),
        For("GET /api/v1/audit/export", "/api/v1/audit/export", ["quantri", "thanhtra"]),
    ];

    private static WalkEntry Public(string key, string path, bool token = false) => new(key, _ => path, Everyone, Anonymous: true, Token: token);

    private static WalkEntry For(string key, string path, string[] allowed, bool token = false) => new(key, _ => path, allowed, Token: token);

    private static WalkEntry Of(string key, string rest, string[] allowed, bool token = false) =>
        new(key, host => $"/documents/{host.Document}{rest}", allowed, Token: token);
}
