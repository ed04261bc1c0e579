using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AnTin.Migrations.Sqlite;

/// <summary>
/// The embedded database. Writing transactions are BEGIN IMMEDIATE (the driver's default for non-deferred
/// transactions), so a writer waits at its beginning and never fails in the middle; readers see a snapshot and wait for nobody.
/// </summary>
public static class SqliteDatabase
{
    public static DbContextOptionsBuilder UseAnTinSqlite(this DbContextOptionsBuilder options, string connectionString) =>
        options
            .UseSqlite(connectionString, sqlite => sqlite.MigrationsAssembly(typeof(SqliteDatabase).Assembly))
            .AddInterceptors(Pragmas.Instance);

    public static string ConnectionStringOf(string file) =>
        new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 }.ToString();

    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static readonly Pragmas Instance = new();

        // busy_timeout first: switching to WAL itself can meet a lock. FULL: a commit survives the loss of power.
        // One command each: the driver swallows errors of statements that follow one with a result.
        private static readonly string[] OnOpen = ["PRAGMA busy_timeout=10000", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using DbCommand command = connection.CreateCommand();
            foreach (string pragma in OnOpen)
            {
                command.CommandText = pragma;
                command.ExecuteNonQuery();
            }
        }

        public override async Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using DbCommand command = connection.CreateCommand();
            foreach (string pragma in OnOpen)
            {
                command.CommandText = pragma;
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }
}
