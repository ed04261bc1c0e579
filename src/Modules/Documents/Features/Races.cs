using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Documents.Features;

/// <summary>Commits that may lose against a concurrent act.</summary>
internal static class Races
{
    /// <summary>
    /// Commits the context. False when another act changed the same rows first, by version or by a unique key; nothing was
    /// written then. Whoever calls looks again at what is there and decides anew, a bounded number of times, so that a
    /// violation of another kind ends as a refusal and not in a loop.
    /// </summary>
    public static async Task<bool> TryCommitAsync(AnTinDbContext db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException)
        {
            return false;
        }
    }
}
