using AnTin.Contracts.Platform;

namespace AnTin.Web.Navigation;

/// <summary>Things that wait for the person who is signed in; each module that has such things registers one of these (scoped).</summary>
public interface IWorkItems
{
    /// <summary>At most <paramref name="limit"/> items, the most urgent first.</summary>
    Task<IReadOnlyList<WorkItem>> ForAsync(ICurrentUser user, int limit, CancellationToken ct);
}

/// <summary>One thing to do: the first page shows the list, the first of them as the one clear next action.</summary>
/// <param name="Subject">What it is about, for example the document's title; data, shown as it is.</param>
/// <param name="State">Why it waits for this person: "Chờ ông/bà ký nháy".</param>
/// <param name="Action">The verb on the button: "Ký nháy".</param>
/// <param name="Href">The page where it is done.</param>
/// <param name="Since">Since when it waits; the oldest comes first.</param>
public sealed record WorkItem(string Subject, Text State, Text Action, string Href, DateTimeOffset Since);
