namespace AnTin.EndToEnd.Pages;

/// <summary>A page as somebody sees it.</summary>
/// <param name="Name">For file names and messages.</param>
/// <param name="Account">Null: not signed in.</param>
/// <param name="Budget">Most bytes over the wire at first view, with everything it loads.</param>
public sealed record PortalPage(string Name, string? Account, string Path, int Budget = PortalPages.PageBudget, int Status = 200)
{
    public override string ToString() => Name;
}

/// <summary>
/// Every page of the portal. <c>{issued}</c> stands for a document that went the whole way, <c>{draft}</c> for one that was just
/// uploaded, <c>{waiting}</c> for one that waits for its leader.
/// </summary>
public static class PortalPages
{
    public const int PageBudget = 60 * 1024;
    public const int DashboardBudget = 100 * 1024;

    public static readonly PortalPage[] All =
    [
        new("home", null, "/"),
        new("login", null, "/login"),
        new("login-failed", null, "/login?error=web.sign-in-failed"),
        new("verify", null, "/verify"),
        new("not-found", null, "/khong-co-trang-nay", Status: 404),
        new("work-drafter", "soanthao", "/"),
        new("work-leader", "giamdoc", "/"),
        new("work-clerk", "vanthu", "/"),
        new("work-inspector", "thanhtra", "/"),
        new("forbidden", "soanthao", "/evidence", Status: 403),
        new("dashboard", "chutich", "/dashboard", DashboardBudget),
        new("dashboard-empty", "chutich", "/dashboard?period=2020-01", DashboardBudget),
        new("dashboard-issued", "chutich", "/dashboard/issued"),
        new("evidence-log", "thanhtra", "/evidence"),
        new("organisation", "quantri", "/organisation"),
        new("certificates", "dangky", "/certificates"),
        new("profile", "giamdoc", "/profile"),
        new("documents", "soanthao", "/documents"),
        new("documents-issued", "vanthu", "/documents?view=issued"),
        new("document-new", "soanthao", "/documents/new"),
        new("document-draft", "soanthao", "{draft}"),
        new("document-place", "soanthao", "{draft}/place"),
        new("document-to-sign", "giamdoc", "{waiting}"),
        new("document-issued", "vanthu", "{issued}"),
        new("document-evidence", "vanthu", "{issued}/evidence"),
        new("register", "vanthu", "/register"),
    ];
}
