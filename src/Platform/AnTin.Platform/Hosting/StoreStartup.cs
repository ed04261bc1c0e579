using System.Globalization;
using AnTin.Platform.Blobs;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnTin.Platform.Hosting;

/// <summary>
/// Brings the store up before anything else starts: tables, leftovers of killed writers, and the demonstration in an
/// empty store. Killed anywhere, the next start goes on from there.
/// </summary>
internal sealed class StoreStartup(
    IServiceScopeFactory scopes, PlatformSettings settings, FolderBlobStore blobs, DemoLines lines, TimeProvider time, ILogger<StoreStartup> log)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        AnTinDbContext db = scope.ServiceProvider.GetRequiredService<AnTinDbContext>();
        await BringUpAsync(db, cancellationToken);
        blobs.RemoveLeftovers(time.GetUtcNow());
        if (settings.IsProduction && await HasFactAsync(db, StoreFact.DemoBegun, cancellationToken))
            throw new SettingsException("This store holds demonstration keys and accounts: it cannot serve Production. Start with an empty store.");
        if (settings.Demo)
            await SeedAsync(db, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task BringUpAsync(AnTinDbContext db, CancellationToken ct)
    {
        string[] missing = [.. await db.Database.GetPendingMigrationsAsync(ct)];
        if (missing.Length > 0 && !settings.MigrateAtStart)
            throw new SettingsException($"The database lacks {missing.Length} migrations ({missing[0]} …). Set AnTin:Database:MigrateAtStart to true, or migrate it first.");
        await StoreSchema.BringUpAsync(db, ct);
        if (missing.Length > 0)
            log.LogInformation("Applied {Count} migrations", missing.Length);
    }

    private async Task SeedAsync(AnTinDbContext db, CancellationToken ct)
    {
        if (await db.Set<StoreFact>().SingleOrDefaultAsync(f => f.Name == StoreFact.DemoFinished, ct) is { } finished)
        {
            lines.Add(finished.Value.Split('\n'));
            return;
        }
        bool begun = await HasFactAsync(db, StoreFact.DemoBegun, ct);
        if (!begun && await db.Users.AnyAsync(ct))
            return;
        if (!begun)
            await AddFactAsync(db, StoreFact.DemoBegun, time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), ct);
        foreach (Type seeder in SeedersInOrder())
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            IDemoSeeder step = scope.ServiceProvider.GetServices<IDemoSeeder>().Single(s => s.GetType() == seeder);
            lines.Add(await step.SeedAsync(ct));
        }
        await AddFactAsync(db, StoreFact.DemoFinished, string.Join('\n', lines.Lines), ct);
    }

    private List<Type> SeedersInOrder()
    {
        using IServiceScope scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IDemoSeeder>().OrderBy(s => s.Order).Select(s => s.GetType())];
    }

    private static Task<bool> HasFactAsync(AnTinDbContext db, string name, CancellationToken ct) =>
        db.Set<StoreFact>().AnyAsync(f => f.Name == name, ct);

    private static async Task AddFactAsync(AnTinDbContext db, string name, string value, CancellationToken ct)
    {
        db.Add(new StoreFact { Name = name, Value = value });
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>What the demonstration wants said to the person who started the program.</summary>
public sealed class DemoLines
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    internal void Add(IEnumerable<string> lines) => _lines.AddRange(lines);
}
