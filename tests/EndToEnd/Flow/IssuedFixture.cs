using AnTin.EndToEnd.Office;

namespace AnTin.EndToEnd.Flow;

/// <summary>One document that went the whole way, for the tests that look at its file.</summary>
public sealed class IssuedFixture(Portal portal) : IAsyncLifetime
{
    public const string Title = "Về việc công bố công khai dự toán sửa chữa trụ sở";

    public string Document { get; private set; } = "";

    public byte[] File { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (Portal.Chromium is not null)
            (Document, File) = await new DocumentDesk(portal).IssueAsync(Title);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
