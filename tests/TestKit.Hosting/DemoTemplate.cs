using Npgsql;

namespace AnTin.TestKit.Hosting;

/// <summary>
/// The demonstration's store, seeded once for the test program and kind of database: making two dozen RSA keys for every test would be most
/// of what the tests do. Tests get copies; nobody writes to the template after it is made.
/// </summary>
internal sealed class DemoTemplate
{
    private static readonly Lazy<Task<DemoTemplate>> Sqlite = new(() => SeedAsync(StoreKind.Sqlite));
    private static readonly Lazy<Task<DemoTemplate>> PostgreSql = new(() => SeedAsync(StoreKind.PostgreSql));

    private readonly TempFolder _folder;
    private readonly string? _database;

    private DemoTemplate(TempFolder folder, string? database)
    {
        _folder = folder;
        _database = database;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
    }

    public static Task<DemoTemplate> GetAsync(StoreKind kind) => kind == StoreKind.Sqlite ? Sqlite.Value : PostgreSql.Value;

    public void CopyFolderTo(TempFolder target)
    {
        foreach (string file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            string copy = target[Path.GetRelativePath(_folder.Path, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Connection string of a copy; null where the database is a file of the folder.</summary>
    public async Task<string?> CopyDatabaseAsync() =>
        _database is null ? null : await (await PostgresServer.GetAsync()).CreateDatabaseAsync(_database);

    private static async Task<DemoTemplate> SeedAsync(StoreKind kind)
    {
        var folder = new TempFolder();
        string? database = null;
        await using (TestHost host = await TestHost.StartAsync(
            kind, settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["AnTin:Demo"] = "true" }, folder: folder))
        {
            if (kind == StoreKind.PostgreSql)
                database = host.ConnectionString;
        }
        if (database is not null)
            NpgsqlConnection.ClearAllPools();
        return new DemoTemplate(folder, database);
    }
}
