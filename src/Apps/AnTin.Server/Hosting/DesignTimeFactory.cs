using AnTin.Migrations.PostgreSql;
using AnTin.Migrations.Sqlite;
using AnTin.Platform.Modules;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AnTin.Server.Hosting;

/// <summary>For `dotnet ef` (./dev migrate): the whole model on the provider named by <c>-- --provider X</c>; connects to nothing.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<AnTinDbContext>
{
    public AnTinDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AnTinDbContext>();
        int flag = Array.IndexOf(args, "--provider");
        string? provider = flag >= 0 && flag + 1 < args.Length ? args[flag + 1] : null;
        switch (provider)
        {
            case "Sqlite":
                options.UseAnTinSqlite(SqliteDatabase.ConnectionStringOf("design.db"));
                break;
            case "PostgreSql":
                options.UseAnTinPostgreSql("Host=localhost;Database=design");
                break;
            default:
                throw new ArgumentException("Say which database: -- --provider Sqlite | PostgreSql", nameof(args));
        }
        return new AnTinDbContext(options.Options, new ModuleList(AnTinModules.All));
    }
}
