using AnTin.Contracts.Oversight;
using AnTin.Modules.Oversight.Persistence;
using AnTin.Platform.Persistence;
using AnTin.Web.Components;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Oversight.Features;

/// <summary>Which documents of a figure are listed.</summary>
/// <param name="OrganisationCode">Null: every agency in the reader's scope.</param>
/// <param name="Signed">Only those personally signed, or only those not.</param>
/// <param name="Sealed">Only those sealed, or only those not.</param>
internal sealed record IssuedFilter(Period Period, string? OrganisationCode, bool? Signed, bool? Sealed);

internal sealed record IssuedList(IReadOnlyList<IssuedDocument> Documents, int Total);

/// <summary>The documents behind a figure.</summary>
internal sealed class ReadIssued(AnTinDbContext db, FigureScope scope)
{
    public static readonly string[] SortKeys = ["number", "title", "org"];

    public async Task<IssuedList> ReadAsync(IssuedFilter filter, TableQuery query, DateOnly today, CancellationToken ct)
    {
        IReadOnlySet<Guid> organisations = await scope.OrganisationsAsync(today, ct);
        string month = filter.Period.ToString();
        IQueryable<IssuedDocument> documents = db.Set<IssuedDocument>().AsNoTracking()
            .Where(d => d.Period == month && d.OrganisationId != null && organisations.Contains(d.OrganisationId.Value));
        if (filter.OrganisationCode is { } code)
            documents = documents.Where(d => d.OrganisationCode == code);
        if (filter.Signed is { } signed)
            documents = documents.Where(d => d.PersonallySigned == signed);
        if (filter.Sealed is { } isSealed)
            documents = documents.Where(d => d.Sealed == isSealed);
        int total = await documents.CountAsync(ct);
        return new IssuedList(await Sort(documents, query).Skip(query.Skip).Take(query.PageSize).ToListAsync(ct), total);
    }

    private static IOrderedQueryable<IssuedDocument> Sort(IQueryable<IssuedDocument> documents, TableQuery query) => (query.Sort, query.Descending) switch
    {
        ("title", false) => documents.OrderBy(d => d.Title).ThenBy(d => d.Position),
        ("title", true) => documents.OrderByDescending(d => d.Title).ThenBy(d => d.Position),
        ("org", false) => documents.OrderBy(d => d.OrganisationCode).ThenBy(d => d.Number),
        ("org", true) => documents.OrderByDescending(d => d.OrganisationCode).ThenBy(d => d.Number),
        (_, true) => documents.OrderByDescending(d => d.Number).ThenBy(d => d.OrganisationCode),
        _ => documents.OrderBy(d => d.Number).ThenBy(d => d.OrganisationCode),
    };
}
