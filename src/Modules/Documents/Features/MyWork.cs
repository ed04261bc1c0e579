using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Web.Navigation;

namespace AnTin.Modules.Documents.Features;

/// <summary>The documents that wait for the person who is signed in, for the first page.</summary>
internal sealed class MyWork(DocumentLists lists, TimeProvider time) : IWorkItems
{
    public async Task<IReadOnlyList<WorkItem>> ForAsync(ICurrentUser user, int limit, CancellationToken ct) =>
        [.. (await lists.WaitingAsync(user, time.GetUtcNow(), limit, ct)).Select(Item)];

    private static WorkItem Item(OutgoingDocument document)
    {
        (Text state, Text action) = document.State switch
        {
            DocumentState.Draft => (
                new Text("Chờ ông/bà xem lại vị trí và chốt văn bản", "Waiting for you to check the places and freeze"),
                new Text("Xem và chốt văn bản", "Check and freeze")),
            DocumentState.AwaitingInitial => (
                new Text("Chờ ông/bà ký nháy", "Waiting for your initial"), new Text("Ký nháy", "Initial")),
            DocumentState.AwaitingSignature => (
                new Text("Chờ ông/bà ký chính thức", "Waiting for your signature"), new Text("Ký văn bản", "Sign")),
            DocumentState.AwaitingSeal => (
                new Text("Chờ văn thư cấp số và đóng dấu", "Waiting for number and seal"), new Text("Cấp số và đóng dấu", "Number and seal")),
            _ => (
                new Text("Bị trả lại, cần sửa và tải lên bản mới", "Returned: correct it and upload a new file"), new Text("Xem lý do", "See why")),
        };
        string href = document.State == DocumentState.Draft ? DocumentPaths.Place(document.Id) : DocumentPaths.Of(document.Id);
        return new WorkItem(document.Title, state, action, href, document.ChangedAt);
    }
}
