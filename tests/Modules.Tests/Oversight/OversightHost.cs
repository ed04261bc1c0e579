using AnTin.Contracts.Directory;
using AnTin.Contracts.Oversight;
using AnTin.Contracts.Platform;
using AnTin.Modules.Directory;
using AnTin.Modules.Oversight;
using AnTin.Modules.Oversight.Features;
using AnTin.Modules.Oversight.Persistence;
using AnTin.Platform.Evidence;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnTin.Modules.Tests.Oversight;

/// <summary>A real host whose follower runs only when it is told to.</summary>
internal sealed class OversightHost(TestHost host) : IAsyncDisposable
{
    public TestHost Host { get; } = host;

    /// <param name="demo">With the demonstration's organisations and accounts: needed to sign in, slow to make.</param>
    public static async Task<OversightHost> StartAsync(StoreKind kind = StoreKind.Sqlite, ICrashPoint? crash = null, bool demo = false)
    {
        Assert.SkipWhen(kind == StoreKind.PostgreSql && PostgresServer.Programs is null, "PostgreSQL is not installed");
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["AnTin:Demo"] = demo ? "true" : "false" };
        return new OversightHost(await TestHost.StartAsync(kind, [new DirectoryModule(), new OversightModule()], settings, services =>
        {
            services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(FollowService)));
            if (crash is not null)
                services.AddSingleton(crash);
        }));
    }

    public async Task<OrganisationInfo> OrganisationAsync(string code)
    {
        await using AsyncServiceScope scope = Host.Services.CreateAsyncScope();
        IDirectory directory = scope.ServiceProvider.GetRequiredService<IDirectory>();
        return (await directory.ListOrganisationsAsync(new DateOnly(2026, 11, 20), CancellationToken.None)).Single(o => o.Code == code);
    }

    /// <summary>Puts entries on record and has them ordered.</summary>
    public async Task RecordAsync(params IEnumerable<EvidenceEntry> entries)
    {
        await using AsyncServiceScope scope = Host.Services.CreateAsyncScope();
        AnTinDbContext db = scope.ServiceProvider.GetRequiredService<AnTinDbContext>();
        foreach (EvidenceEntry entry in entries)
        {
            scope.ServiceProvider.GetRequiredService<IEvidenceLog>().Append(db, entry);
            await db.SaveChangesAsync();
        }
        await Host.Services.GetRequiredService<IEvidenceSequencing>().CatchUpAsync(EvidenceLogs.Audit, CancellationToken.None);
    }

    public async Task<int> FollowAsync()
    {
        await using AsyncServiceScope scope = Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FollowLog>().CatchUpAsync(CancellationToken.None);
    }

    /// <summary>The rollups of a month as the database has them.</summary>
    public async Task<IReadOnlyList<IssuedDocumentsRow>> RollupsAsync(string period)
    {
        await using AsyncServiceScope scope = Host.Services.CreateAsyncScope();
        AnTinDbContext db = scope.ServiceProvider.GetRequiredService<AnTinDbContext>();
        List<IssuedRollup> rollups = await db.Set<IssuedRollup>().AsNoTracking().Where(r => r.Period == period).ToListAsync();
        return [.. rollups.OrderBy(r => r.OrganisationCode, StringComparer.Ordinal)
            .Select(r => new IssuedDocumentsRow(r.OrganisationCode, r.OrganisationName, r.Issued, r.PersonallySigned, r.Sealed))];
    }

    /// <summary>Runs a change against the database, as an attacker or a bug would.</summary>
    public async Task ChangeAsync(Func<AnTinDbContext, Task> change)
    {
        await using AsyncServiceScope scope = Host.Services.CreateAsyncScope();
        await change(scope.ServiceProvider.GetRequiredService<AnTinDbContext>());
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>Breaks off at the n-th time a point is reached, as a kill would: nothing after it in the code path happens.</summary>
internal sealed class BreakingCrashPoint(string name, int nth = 1) : ICrashPoint
{
    private int _left = nth;

    public void Reach(string reached)
    {
        if (reached == name && Interlocked.Decrement(ref _left) == 0)
            throw new BrokenOffException();
    }
}

internal sealed class BrokenOffException : Exception;
