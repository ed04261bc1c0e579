using Microsoft.EntityFrameworkCore;

namespace AnTin.Platform.Persistence;

/// <summary>Brings a database's tables up to date.</summary>
public static class StoreSchema
{
    /// <summary>
    /// Applies the migrations; a provider whose migrations were not generated yet gets the model's tables at once.
    /// </summary>
    public static async Task BringUpAsync(AnTinDbContext db, CancellationToken ct)
    {
        if (db.Database.GetMigrations().Any())
            await db.Database.MigrateAsync(ct);
        else
            await db.Database.EnsureCreatedAsync(ct);
    }
}
