using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace AnTin.TestKit.Hosting;

/// <summary>
/// A private PostgreSQL cluster for this test program: made by initdb in a temporary folder, on a free loopback port.
/// It ends when the program ends, however it ends: the server's keeper waits on a pipe that closes with the program.
/// </summary>
public sealed class PostgresServer
{
    private const string User = "antin";

    // $1: folder of the programs, $2: data folder, $3: port. The keeper lives as long as its standard input.
    private const string Keeper = """
        set -e
        "$1/initdb" -D "$2/data" -U antin -A trust -E UTF8 --locale=C --no-sync >"$2/initdb.log" 2>&1
        "$1/postgres" -D "$2/data" -p "$3" -h 127.0.0.1 -k "$2" -c fsync=off -c max_connections=200 >"$2/server.log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -QUIT $server
        wait $server || true
        rm -rf "$2"
        """;

    private static readonly Lock Gate = new();
    private static Task<PostgresServer>? _shared;

    private readonly Process _keeper;
    private readonly string _folder;
    private readonly int _port;

    private PostgresServer(Process keeper, string folder, int port)
    {
        _keeper = keeper;
        _folder = folder;
        _port = port;
    }

    /// <summary>Null when PostgreSQL is not installed; otherwise use with a visible skip.</summary>
    public static string? Programs { get; } = FindPrograms();

    /// <summary>The cluster of this program, started at first use.</summary>
    public static Task<PostgresServer> GetAsync()
    {
        lock (Gate)
            return _shared ??= StartAsync();
    }

    /// <summary>A connection string to a new database.</summary>
    /// <param name="template">Connection string of a database to copy, which nobody may be using; an empty one when null.</param>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        string name = $"test_{Guid.CreateVersion7():N}";
        string copied = template is null ? "" : $" TEMPLATE {new NpgsqlConnectionStringBuilder(template).Database}";
        await using var connection = new NpgsqlConnection(ConnectionStringOf("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}{copied}", connection);
        await create.ExecuteNonQueryAsync();
        return ConnectionStringOf(name);
    }

    private static async Task<PostgresServer> StartAsync()
    {
        string programs = Programs ?? throw new InvalidOperationException("PostgreSQL is not installed.");
        string folder = Directory.CreateTempSubdirectory("antin-pg-").FullName;
        int port = FreePort();
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true, UseShellExecute = false };
        if (Environment.UserName == "root")
        {
            // initdb refuses root; Debian's package brings the account postgres.
            await RunAsync("chown", "postgres", folder);
            start = new ProcessStartInfo("setpriv") { RedirectStandardInput = true, UseShellExecute = false };
            foreach (string argument in new[] { "--reuid=postgres", "--regid=postgres", "--clear-groups", "sh" })
                start.ArgumentList.Add(argument);
            start.Environment["HOME"] = folder;
        }
        start.WorkingDirectory = folder;
        foreach (string argument in new[] { "-c", Keeper, "keeper", programs, folder, port.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        Process keeper = Process.Start(start)!;
        var server = new PostgresServer(keeper, folder, port);
        await server.WaitUntilReadyAsync();
        return server;
    }

    private async Task WaitUntilReadyAsync()
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionStringOf("postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromSeconds(60) && !_keeper.HasExited)
            {
                await Task.Delay(100);
            }
            catch (NpgsqlException e)
            {
                throw new InvalidOperationException($"PostgreSQL did not start:\n{ReadLog("initdb.log")}\n{ReadLog("server.log")}", e);
            }
        }
    }

    private string ReadLog(string name)
    {
        string path = Path.Combine(_folder, name);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private string ConnectionStringOf(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = User,
        Database = database,
        MaxPoolSize = 40,
    }.ToString();

    private static string? FindPrograms()
    {
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        return path.Concat(debian).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        ToolRun run = await OutsideTool.RunAsync(program, arguments);
        if (run.ExitCode != 0)
            throw new InvalidOperationException(run.Everything);
    }
}
