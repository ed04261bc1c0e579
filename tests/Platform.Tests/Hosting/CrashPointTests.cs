using System.Diagnostics;
using AnTin.Contracts.Platform;
using AnTin.Migrations.Sqlite;
using AnTin.Platform.Evidence;
using AnTin.Platform.Evidence.Tree;
using AnTin.Platform.Faults;
using AnTin.Platform.Hosting;
using AnTin.Platform.Modules;
using AnTin.Platform.Persistence;
using AnTin.Server.Hosting;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Platform.Tests.Hosting;

public sealed class CrashPointTests
{
    // What the runtime reports of a child that SIGKILL ended.
    private const int Killed = 128 + 9;

    private static readonly CrashPointRegistry Registry = new(new ModuleList([]), ["a.b"]);

    [Theory]
    [InlineData("unknown")]
    [InlineData("a.b:0")]
    [InlineData("a.b:x")]
    [InlineData("a.b:")]
    public void A_wrong_aim_refuses_the_start(string aim) =>
        Assert.Throws<InvalidOperationException>(() => new ArmedCrashPoint(Registry, aim));

    [Fact]
    public void An_unregistered_point_is_a_bug() =>
        Assert.Throws<InvalidOperationException>(() => new ArmedCrashPoint(Registry, aim: null).Reach("c.d"));

    [Fact]
    public async Task Production_cannot_be_aimed_at()
    {
        Dictionary<string, string?> settings = new(StringComparer.Ordinal) { ["AnTin:Evidence:Origin"] = "antin.example" };
        await using TestHost host = await TestHost.StartAsync(modules: [], settings: settings, environment: "Production");
        Assert.IsType<NoCrashPoint>(host.Services.GetRequiredService<ICrashPoint>());
    }

    /// <summary>The real program, killed at each of the platform's points, starts again and its logs are whole.</summary>
    [Fact]
    [Trait("Category", "Faults")]
    public async Task Killed_at_any_point_of_the_sequencer_the_server_starts_again_with_whole_logs()
    {
        foreach (string point in PlatformServices.CrashPoints)
        {
            using var folder = new TempFolder();
            // More than one batch, so that a point is also reached with a checkpoint already published.
            await FillAsync(folder, EvidenceSequencer.Batch + 1);
            Assert.Equal(Killed, await RunServerAsync(folder, $"{point}:1"));
            await FillAsync(folder, 1);
            Assert.Equal(Killed, await RunServerAsync(folder, $"{point}:2"));

            await using TestHost host = await TestHost.StartAsync(folder: folder);
            foreach (string log in PlatformSettings.Logs)
                await AssertWholeAsync(host, folder, log, EvidenceSequencer.Batch + 2);
        }
    }

    [Fact]
    public async Task A_server_that_finds_its_log_damaged_stops_and_says_so()
    {
        using var folder = new TempFolder();
        await FillAsync(folder, 3);
        await using (TestHost host = await TestHost.StartAsync(folder: folder))
            await host.Services.GetRequiredService<IEvidenceSequencing>().CatchUpAsync(EvidenceLogs.Audit, default);
        await using (AnTinDbContext db = Open(folder))
        {
            await db.Set<EvidenceTileRow>().Where(t => t.Log == EvidenceLogs.Audit).ExecuteUpdateAsync(set => set.SetProperty(t => t.Hashes, new byte[96]));
            // The lease of the host that is gone would keep the next one waiting for ten seconds.
            await db.Set<EvidenceHeadRow>().ExecuteUpdateAsync(set => set.SetProperty(h => h.LeaseUntil, DateTimeOffset.UnixEpoch));
        }
        await FillAsync(folder, 1);
        ToolRun run = await RunServerToEndAsync(folder, aim: null);
        Assert.Equal(70, run.ExitCode);
        Assert.Contains("do not give the root", run.ErrorOutput, StringComparison.Ordinal);
    }

    /// <summary>Acts that committed while nobody sequenced, in each log.</summary>
    private static async Task FillAsync(TempFolder folder, int entries)
    {
        await using AnTinDbContext db = Open(folder);
        await StoreSchema.BringUpAsync(db, default);
        var evidence = new EvidenceLog(TimeProvider.System);
        for (int i = 0; i < entries; i++)
        {
            foreach (string log in PlatformSettings.Logs)
                evidence.Append(db, new EvidenceEntry("document.signed", Actor.System, TimeProvider.System.GetUtcNow()) { Log = log });
        }
        await db.SaveChangesAsync();
    }

    private static AnTinDbContext Open(TempFolder folder)
    {
        var options = new DbContextOptionsBuilder<AnTinDbContext>();
        options.UseAnTinSqlite(SqliteDatabase.ConnectionStringOf(folder["antin.db"]));
        return new AnTinDbContext(options.Options, new ModuleList(AnTinModules.All));
    }

    private static async Task AssertWholeAsync(TestHost host, TempFolder folder, string log, long size)
    {
        await host.Services.GetRequiredService<IEvidenceSequencing>().CatchUpAsync(log, default);
        string path = folder[$"{log}.zip"];
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        await using (FileStream stream = File.Create(path))
            await scope.ServiceProvider.GetRequiredService<IEvidenceExporter>().ExportAsync(log, stream, default);
        using AuditExport export = AuditExport.Open(path);
        AuditReport report = AuditVerifier.Verify(export, null, null);
        Assert.Empty(report.Findings);
        Assert.Equal(size, report.Size);
    }

    /// <summary>Runs AnTin.Server until it dies; its exit code.</summary>
    private static async Task<int> RunServerAsync(TempFolder folder, string aim) => (await RunServerToEndAsync(folder, aim)).ExitCode;

    private static Task<ToolRun> RunServerToEndAsync(TempFolder folder, string? aim)
    {
        string program = typeof(AnTinHost).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--AnTin:Demo=false"]);
        start.Environment[ArmedCrashPoint.Variable] = aim;
        start.Environment["ANTIN_DATA"] = folder.Path;
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        return OutsideTool.RunAsync(start, input: default, CancellationToken.None);
    }
}
