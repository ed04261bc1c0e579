using AnTin.Migrations.PostgreSql;
using AnTin.Migrations.Sqlite;
using AnTin.Platform.Modules;
using AnTin.Platform.Persistence;
using AnTin.Server.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AnTin.TestKit.Hosting;

/// <summary>Every persistence test runs on each of these.</summary>
public enum StoreKind
{
    Sqlite,
    PostgreSql,
}

/// <summary>A fresh database with the whole model (or that of some modules), on one of the two providers.</summary>
public sealed class TestStore : IDbContextFactory<AnTinDbContext>, IAsyncDisposable
{
    private readonly TempFolder? _folder;
    private readonly ModuleList _modules;

    private TestStore(StoreKind kind, string connectionString, TempFolder? folder, IReadOnlyList<IModule> modules)
    {
        Kind = kind;
        ConnectionString = connectionString;
        _folder = folder;
        _modules = new ModuleList(modules);
        var options = new DbContextOptionsBuilder<AnTinDbContext>();
        if (kind == StoreKind.Sqlite)
            options.UseAnTinSqlite(connectionString);
        else
            options.UseAnTinPostgreSql(connectionString);
        Options = options.Options;
    }

    public StoreKind Kind { get; }

    public string ConnectionString { get; }

    public DbContextOptions<AnTinDbContext> Options { get; }

    /// <param name="kind">Which provider; PostgreSQL needs <see cref="PostgresServer.Programs"/>.</param>
    /// <param name="modules">All of the product's when null.</param>
    public static async Task<TestStore> CreateAsync(StoreKind kind, IReadOnlyList<IModule>? modules = null)
    {
        TestStore store = await CreateEmptyAsync(kind, modules);
        await using AnTinDbContext db = store.CreateDbContext();
        await StoreSchema.BringUpAsync(db, CancellationToken.None);
        return store;
    }

    /// <summary>The same without tables.</summary>
    public static async Task<TestStore> CreateEmptyAsync(StoreKind kind, IReadOnlyList<IModule>? modules = null)
    {
        modules ??= AnTinModules.All;
        if (kind == StoreKind.Sqlite)
        {
            var folder = new TempFolder();
            return new TestStore(kind, SqliteDatabase.ConnectionStringOf(folder["antin.db"]), folder, modules);
        }
        PostgresServer server = await PostgresServer.GetAsync();
        return new TestStore(kind, await server.CreateDatabaseAsync(), folder: null, modules);
    }

    public AnTinDbContext CreateDbContext() => new(Options, _modules);

    public ValueTask DisposeAsync()
    {
        if (Kind == StoreKind.Sqlite)
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }
        _folder?.Dispose();
        return ValueTask.CompletedTask;
    }
}
