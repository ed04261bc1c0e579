using AnTin.Platform.Blobs;
using AnTin.Platform.Evidence;
using AnTin.Platform.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AnTin.Platform.Hosting;

/// <summary>GET /healthz: the process answers. GET /readyz: every dependency by name; 503 when one fails.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => TypedResults.Text("ok")).AllowAnonymous();
        endpoints.MapGet("/readyz", ReadyAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(IEnumerable<IReadinessCheck> checks, ILogger<Readiness> log, CancellationToken ct)
    {
        Dictionary<string, string> dependencies = new(StringComparer.Ordinal);
        bool ready = true;
        foreach (IReadinessCheck check in checks)
        {
            bool works = await WorksAsync(check, log, ct);
            dependencies[check.Name] = works ? "ok" : "failed";
            ready &= works;
        }
        return TypedResults.Json(
            new Readiness(ready ? "ready" : "not ready", dependencies),
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    // The reason goes to the log only: this page is public.
    private static async Task<bool> WorksAsync(IReadinessCheck check, ILogger log, CancellationToken ct)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            await check.CheckAsync(limit.Token);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(e, "Not ready: {Dependency}", check.Name);
            return false;
        }
    }

    internal sealed record Readiness(string Status, IReadOnlyDictionary<string, string> Dependencies);
}

internal sealed class DatabaseReadiness(AnTinDbContext db) : IReadinessCheck
{
    public string Name => "database";

    public async Task CheckAsync(CancellationToken ct) => await db.Set<StoreFact>().AnyAsync(ct);
}

internal sealed class BlobReadiness(IBlobStore blobs) : IReadinessCheck
{
    public string Name => "blobs";

    public async Task CheckAsync(CancellationToken ct) => await blobs.CheckAsync(ct);
}

/// <summary>Entries wait a second at most; a minute means that nobody sequences.</summary>
internal sealed class EvidenceReadiness(AnTinDbContext db, TimeProvider time) : IReadinessCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public string Name => "evidence";

    public async Task CheckAsync(CancellationToken ct)
    {
        DateTimeOffset before = time.GetUtcNow() - Longest;
        if (await db.Set<EvidenceRow>().AnyAsync(e => e.Position == null && e.At < before, ct))
            throw new InvalidOperationException("Evidence waits for its place for more than a minute.");
    }
}
