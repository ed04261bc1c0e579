using Microsoft.EntityFrameworkCore;

namespace AnTin.Migrations.PostgreSql;

/// <summary>The production database: PostgreSQL 15 or newer.</summary>
public static class PostgreSqlDatabase
{
    // No retrying execution strategy: acts open transactions of their own, and a lost connection is answered to the caller.
    public static DbContextOptionsBuilder UseAnTinPostgreSql(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseNpgsql(connectionString, npgsql => npgsql.MigrationsAssembly(typeof(PostgreSqlDatabase).Assembly));
}
