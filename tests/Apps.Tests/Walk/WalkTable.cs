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
    public string Method => Key.Split(' ')[0];

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
        Public("GET /not-found", "/not-found"),
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

        // For whoever is signed in.
        For("GET /profile", "/profile", Everyone),
        For("GET /documents", "/documents", Everyone),
        For("GET /organisation", "/organisation", Everyone),
    ];

    private static WalkEntry Public(string key, string path, bool token = false) => new(key, _ => path, Everyone, Anonymous: true, Token: token);

    private static WalkEntry For(string key, string path, string[] allowed) => new(key, _ => path, allowed);
}
