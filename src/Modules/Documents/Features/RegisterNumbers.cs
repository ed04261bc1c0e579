using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features;

/// <summary>
/// Numbers of the outgoing registers. Whoever takes one works under its register's gate, which only saves repeated work: what keeps
/// numbers unique and without gaps, also between nodes, is that the number, the act and its evidence commit in one transaction that
/// fails when another took the number first; the act is then done again with the next number.
/// </summary>
internal sealed class RegisterNumbers(Gates gates)
{
    /// <summary>How often an act is done again after losing a race; each loss means that another act got through.</summary>
    public const int Tries = 12;

    public Task<IDisposable> EnterAsync(Guid organisation, int year, CancellationToken ct) => gates.EnterAsync((organisation, year), ct);

    public static async Task<int> NextAsync(AnTinDbContext db, Guid organisation, int year, CancellationToken ct) =>
        await db.Set<RegisterBook>().AsNoTracking()
            .Where(book => book.OrganisationId == organisation && book.Year == year)
            .Select(book => book.LastNumber)
            .SingleOrDefaultAsync(ct) + 1;

    /// <summary>Adds the number to the transaction of the act; committing fails when it was taken meanwhile.</summary>
    /// <returns>False when another act has it already.</returns>
    public static async Task<bool> TakeAsync(AnTinDbContext db, RegisterEntry entry, CancellationToken ct)
    {
        RegisterBook? book = await db.Set<RegisterBook>().SingleOrDefaultAsync(b => b.OrganisationId == entry.OrganisationId && b.Year == entry.Year, ct);
        if (book is null)
        {
            book = new RegisterBook { OrganisationId = entry.OrganisationId, Year = entry.Year };
            db.Add(book);
        }
        if (book.LastNumber + 1 != entry.Number)
            return false;
        book.Take(entry.Number);
        db.Add(entry);
        return true;
    }
}
