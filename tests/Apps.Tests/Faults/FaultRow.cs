using System.Globalization;
using AnTin.Platform.Faults;
using AnTin.Server.Hosting;
using AnTin.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Apps.Tests.Faults;

/// <summary>One kill: at which crash point, at which time of reaching it, and while what is going on.</summary>
public sealed record FaultRow(string Point, int Occurrence, FaultScene Scene)
{
    public string Aim => string.Create(CultureInfo.InvariantCulture, $"{Point}:{Occurrence}");

    public override string ToString() => $"{Aim} ({Scene})";
}

public enum FaultScene
{
    /// <summary>A person works through the flow on a store that has its demonstration.</summary>
    Flow = 0,

    /// <summary>The demonstration is being made in an empty store: keys, certificates, revocations, lists.</summary>
    Seeding = 1,
}

/// <summary>
/// Every registered crash point with the occurrences that differ. ANTIN_FAULTS=all takes the whole table; otherwise a sample whose seed is printed
/// and can be given back in ANTIN_FAULTS_SEED.
/// </summary>
internal static class FaultTable
{
    // A row is half a minute of a free machine: three fit into a run of all tests, chosen by a seed; `./dev faults` takes every row.
    private const int SampleSize = 3;

    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("ANTIN_FAULTS_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int seed) ? seed : Random.Shared.Next();

    public static IReadOnlyList<FaultRow> All { get; } = [.. Names().Order(StringComparer.Ordinal).SelectMany(Rows)];

    public static IReadOnlyList<FaultRow> Chosen { get; } = Environment.GetEnvironmentVariable("ANTIN_FAULTS") == "all" ? All : Sample();

    // Each of the three signing acts, and the demonstration's several certificates, pass a point once more.
    private static IEnumerable<FaultRow> Rows(string name) => name.Split('.') switch
    {
        ["authority", "revoke" or "crl", ..] => [new FaultRow(name, 1, FaultScene.Seeding)],
        ["authority", ..] or ["custody", "enrol", ..] => [new FaultRow(name, 1, FaultScene.Seeding), new FaultRow(name, 5, FaultScene.Seeding)],
        ["documents", "freeze", ..] => [new FaultRow(name, 1, FaultScene.Flow)],
        ["documents" or "custody", ..] => [.. Enumerable.Range(1, 3).Select(n => new FaultRow(name, n, FaultScene.Flow))],
        _ => [new FaultRow(name, 1, FaultScene.Flow), new FaultRow(name, 2, FaultScene.Flow)],
    };

    private static FaultRow[] Sample()
    {
        FaultRow[] rows = [.. All];
        new Random(Seed).Shuffle(rows);
        return rows[..Math.Min(SampleSize, rows.Length)];
    }

    private static IReadOnlySet<string> Names()
    {
        using var folder = new TempFolder();
        using IDisposable app = AnTinHost.Build(new AnTinHostOptions
        {
            Environment = AnTinHost.Demonstration,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["AnTin:DataDirectory"] = folder.Path },
        });
        return ((WebApplication)app).Services.GetRequiredService<CrashPointRegistry>().Names;
    }
}
