using Microsoft.EntityFrameworkCore;

namespace AnTin.Platform.Persistence;

/// <summary>Brings a database's tables up to date.</summary>
public static class StoreSchema
{
    /// <summary>Applies the migrations of the whole product, whichever rooms this host has.</summary>
    public static Task BringUpAsync(AnTinDbContext db, CancellationToken ct) => db.Database.MigrateAsync(ct);
}
