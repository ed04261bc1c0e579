using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace AnTin.Web.Components;

/// <summary>
/// How a list is sorted and which page of it is shown, read from the query string
/// (<c>?sort=issued&amp;dir=desc&amp;page=2</c>) so that every view of a list has an address.
/// </summary>
/// <param name="Sort">A key the page allows, never free text from the address.</param>
/// <param name="Page">From 1.</param>
public sealed record TableQuery(string Sort, bool Descending, int Page, int PageSize, string Path, IReadOnlyList<KeyValuePair<string, string>> Others)
{
    private const int MaxPage = 1_000_000;

    public int Skip => (Page - 1) * PageSize;

    /// <param name="sortKeys">Keys that may be sorted by; the first is the default.</param>
    public static TableQuery From(HttpContext http, IReadOnlyList<string> sortKeys, bool descendingByDefault = false, int pageSize = 50)
    {
        IQueryCollection query = http.Request.Query;
        string sort = query["sort"] is [{ } asked] && sortKeys.Contains(asked, StringComparer.Ordinal) ? asked : sortKeys[0];
        bool descending = query["dir"].ToString() switch
        {
            "asc" => false,
            "desc" => true,
            _ => descendingByDefault,
        };
        int page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out int asInt) ? Math.Clamp(asInt, 1, MaxPage) : 1;
        KeyValuePair<string, string>[] others = [.. query
            .Where(q => q.Key is not ("sort" or "dir" or "page" or "notice" or "error" or "args"))
            .SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? "")))];
        return new TableQuery(sort, descending, page, pageSize, http.Request.Path, others);
    }

    /// <summary>The address of the same list sorted by a column; a second press turns it round.</summary>
    public string SortHref(string key) => Href(key, key == Sort && !Descending, 1);

    public string PageHref(int page) => Href(Sort, Descending, page);

    /// <summary>Sorts and cuts a list that is already in memory.</summary>
    public IReadOnlyList<T> Cut<T>(IEnumerable<T> items, Func<T, object?> key) =>
        [.. (Descending ? items.OrderByDescending(key) : items.OrderBy(key)).Skip(Skip).Take(PageSize)];

    private string Href(string sort, bool descending, int page)
    {
        var query = new QueryBuilder(Others) { { "sort", sort }, { "dir", descending ? "desc" : "asc" } };
        if (page > 1)
            query.Add("page", page.ToString(CultureInfo.InvariantCulture));
        return Path + query.ToQueryString();
    }
}
