using AnTin.Contracts.Platform;
using AnTin.Platform.Evidence;
using AnTin.Platform.Identity;
using AnTin.Platform.Modules;
using AnTin.Platform.Persistence;
using AnTin.TestKit.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Platform.Tests.Persistence;

public sealed class StoreTests
{
    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task Instants_keep_their_order_and_their_microseconds(StoreKind kind)
    {
        await using TestStore store = await Stores.CreateAsync(kind);
        // The same morning told from two offsets, and one microsecond apart.
        var hanoi = new DateTimeOffset(2026, 2, 3, 8, 0, 0, TimeSpan.FromHours(7));
        var london = new DateTimeOffset(2026, 2, 3, 1, 0, 0, TimeSpan.Zero).AddMicroseconds(1);
        DateTimeOffset precise = hanoi.AddTicks(5);
        await using (AnTinDbContext db = store.CreateDbContext())
        {
            foreach (DateTimeOffset at in new[] { london, hanoi, precise, hanoi.AddYears(-100), hanoi.AddYears(100) })
                new EvidenceLog(TimeProvider.System).Append(db, new EvidenceEntry("a.b", Actor.System, at));
            await db.SaveChangesAsync();
        }
        await using AnTinDbContext read = store.CreateDbContext();
        List<DateTimeOffset> stored = await read.Set<EvidenceRow>().OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => e.At).ToListAsync();
        Assert.Equal([hanoi.AddYears(-100), hanoi, hanoi, london, hanoi.AddYears(100)], stored);
        Assert.All(stored, at => Assert.Equal(TimeSpan.Zero, at.Offset));
        Assert.Equal(3, await read.Set<EvidenceRow>().CountAsync(e => e.At <= hanoi));
    }

    [Fact]
    public async Task The_embedded_database_writes_ahead_and_flushes_every_commit()
    {
        await using TestStore store = await Stores.CreateAsync(StoreKind.Sqlite);
        await using AnTinDbContext db = store.CreateDbContext();
        // A connection keeps what it was told; these are told otherwise first, and put right by the next opening.
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=OFF");
        await db.Database.CloseConnectionAsync();
        Assert.Equal("wal", await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync());
        Assert.Equal(2, await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
        Assert.Equal(1, await db.Database.SqlQueryRaw<int>("SELECT foreign_keys AS Value FROM pragma_foreign_keys").SingleAsync());
        Assert.Equal(10_000, await db.Database.SqlQueryRaw<int>("SELECT timeout AS Value FROM pragma_busy_timeout").SingleAsync());
    }

    [Fact]
    public async Task A_writing_transaction_of_the_embedded_database_holds_the_lock_from_its_beginning()
    {
        await using TestStore store = await Stores.CreateAsync(StoreKind.Sqlite);
        await using AnTinDbContext first = store.CreateDbContext();
        await using IDbContextTransaction transaction = await first.Database.BeginTransactionAsync();
        // Nothing was written yet, and still a second writer must wait; a reader must not.
        await using AnTinDbContext second = store.CreateDbContext();
        Assert.Equal(0, await second.Users.CountAsync());
        await second.Database.OpenConnectionAsync();
        await using var begin = second.Database.GetDbConnection().CreateCommand();
        begin.CommandTimeout = 1;
        begin.CommandText = "PRAGMA busy_timeout=0";
        await begin.ExecuteNonQueryAsync();
        begin.CommandText = "BEGIN IMMEDIATE";
        Microsoft.Data.Sqlite.SqliteException busy = await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => begin.ExecuteNonQueryAsync());
        Assert.Equal(5, busy.SqliteErrorCode);
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task Writers_that_read_before_they_write_never_fail_in_the_middle(StoreKind kind)
    {
        await using TestStore store = await Stores.CreateAsync(kind);
        var log = new EvidenceLog(TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 15; i++)
            {
                await using AnTinDbContext db = store.CreateDbContext();
                await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync();
                _ = await db.Set<EvidenceRow>().CountAsync();
                log.Append(db, new EvidenceEntry("a.b", Actor.System, TimeProvider.System.GetUtcNow()));
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
            }
        })));
        await using AnTinDbContext read = store.CreateDbContext();
        Assert.Equal(120, await read.Set<EvidenceRow>().CountAsync());
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task Every_table_has_the_prefix_of_its_owner_and_plain_names(StoreKind kind)
    {
        Stores.SkipUnlessAvailable(kind);
        await using TestStore store = await TestStore.CreateEmptyAsync(kind);
        await using AnTinDbContext db = store.CreateDbContext();
        string[] prefixes = [.. AnTin.Server.Hosting.AnTinModules.All.Select(module => module.Name.ToLowerInvariant() + "_"), "platform_"];
        foreach (var entity in db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null && !e.IsMappedToJson()))
        {
            Assert.Contains(prefixes, prefix => entity.GetTableName()!.StartsWith(prefix, StringComparison.Ordinal));
            Assert.All(entity.GetProperties(), property => Assert.Matches("^[a-z][a-z0-9_]*$", property.GetColumnName()));
        }
    }

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task The_migrations_build_exactly_the_model(StoreKind kind)
    {
        Stores.SkipUnlessAvailable(kind);
        await using TestStore store = await TestStore.CreateEmptyAsync(kind);
        await using AnTinDbContext db = store.CreateDbContext();
        Assert.False(db.Database.HasPendingModelChanges(), "the model changed: ./dev migrate Name");
        await db.Database.MigrateAsync();
        await db.Database.MigrateAsync();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        _ = await db.Set<EvidenceHeadRow>().CountAsync();
    }

    [Fact]
    public async Task A_module_that_names_a_table_outside_its_prefix_is_refused()
    {
        await using TestStore store = await TestStore.CreateEmptyAsync(StoreKind.Sqlite, [new Trespasser()]);
        await using AnTinDbContext db = store.CreateDbContext();
        Assert.Throws<InvalidOperationException>(() => db.Model.ToString());
    }

    [Theory]
    [InlineData("Id", "id")]
    [InlineData("SealDiameterMm", "seal_diameter_mm")]
    [InlineData("DocumentSha256", "document_sha256")]
    [InlineData("HTTPStatus", "http_status")]
    [InlineData("ParentID", "parent_id")]
    public void Columns_are_snake_case(string property, string column) => Assert.Equal(column, TableNames.Snake(property));

    private sealed class Trespasser : IModule
    {
        public string Name => "Trespasser";

        public void ConfigureServices(IServiceCollection services, IConfigurationSection configuration)
        {
        }

        public void ConfigureModel(ModelBuilder model) => model.Entity<Thing>().ToTable("platform_thing");

        public void MapEndpoints(IEndpointRouteBuilder endpoints)
        {
        }

        private sealed class Thing
        {
            public Guid Id { get; init; }
        }
    }
}
