using AnTin.EndToEnd.Office;

namespace AnTin.EndToEnd.Pages;

/// <summary>The documents that pages are looked at with, made once: one issued, one waiting for its leader, one just uploaded.</summary>
public sealed class OfficeDay(Portal portal)
{
    public const string IssuedTitle = "Về việc phê duyệt kế hoạch sửa chữa cầu Suối Đá";
    public const string WaitingTitle = "Về việc thành lập tổ kiểm tra công trình thoát nước";
    public const string DraftTitle = "Về việc tổ chức tập huấn ký số";

    private Task<Dictionary<string, string>>? _making;

    /// <summary>The path of a page with its documents filled in.</summary>
    public async Task<string> PathAsync(PortalPage page)
    {
        if (!page.Path.Contains('{', StringComparison.Ordinal))
            return page.Path;
        string path = page.Path;
        foreach ((string name, string document) in await DocumentsAsync())
            path = path.Replace($"{{{name}}}", document, StringComparison.Ordinal);
        return path;
    }

    public Task<Dictionary<string, string>> DocumentsAsync() => _making ??= MakeAsync();

    private async Task<Dictionary<string, string>> MakeAsync()
    {
        var desk = new DocumentDesk(portal);
        (string issued, _) = await desk.IssueAsync(IssuedTitle);
        string waiting = await desk.UploadAsync(WaitingTitle);
        await desk.FreezeAsync(waiting);
        await desk.InitialAsync(waiting);
        string draft = await desk.UploadAsync(DraftTitle);
        return new Dictionary<string, string>(StringComparer.Ordinal) { ["issued"] = issued, ["waiting"] = waiting, ["draft"] = draft };
    }
}
