using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.EndToEnd.Office;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.EndToEnd.Pages;

/// <summary>Names and titles that stay Vietnamese in every language, because they are data.</summary>
internal static class KnownData
{
    public static async Task<IReadOnlyList<string>> AllAsync(Portal portal)
    {
        await using AsyncServiceScope scope = portal.Host.Services.CreateAsyncScope();
        IDirectory directory = scope.ServiceProvider.GetRequiredService<IDirectory>();
        IAccounts accounts = scope.ServiceProvider.GetRequiredService<IAccounts>();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);
        var data = new HashSet<string>(portal.Titles, StringComparer.OrdinalIgnoreCase);
        foreach (OrganisationInfo organisation in await directory.ListOrganisationsAsync(today, CancellationToken.None))
        {
            data.Add(organisation.Name);
            data.Add(organisation.NameEn);
            data.Add(organisation.Symbol);
            data.Add($"QĐ-{organisation.Symbol}");
            foreach (PersonInfo person in await directory.ListPeopleAsync(organisation.Id, Enum.GetValues<PostKind>(), today, CancellationToken.None))
            {
                data.Add(person.FullName);
                data.UnionWith(person.Posts.Select(post => post.Title));
            }
        }
        data.UnionWith((await accounts.ListAsync(CancellationToken.None)).Select(account => account.DisplayName));
        // The longest first: a title may contain another, or a name.
        return [.. data.Where(text => text.Length > 0).OrderByDescending(text => text.Length)];
    }
}
