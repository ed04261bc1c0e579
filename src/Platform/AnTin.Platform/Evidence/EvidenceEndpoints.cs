using AnTin.Contracts.Platform;
using AnTin.Platform.Errors;
using AnTin.Platform.Evidence.Tree;
using AnTin.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AnTin.Platform.Evidence;

/// <summary>
/// /log/issuance/… is public, in the C2SP tlog-tiles layout. The audit log is for those who may see everything: its
/// checkpoint and export stand under /api/v1/audit.
/// </summary>
internal static class EvidenceEndpoints
{
    private static readonly Role[] Auditors = [Role.Inspector, Role.SystemAdministrator, Role.NationalOperator];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder issuance = endpoints.MapGroup("/log/" + EvidenceLogs.Issuance);
        issuance.MapGet("/checkpoint", IssuanceCheckpointAsync).AllowAnonymous();
        issuance.MapGet("/tile/entries/{**path}", EntriesAsync).AllowAnonymous();
        issuance.MapGet("/tile/{level:int}/{**path}", TileAsync).AllowAnonymous();

        RouteGroupBuilder audit = endpoints.MapGroup("/api/v1/audit");
        audit.MapGet("/checkpoint", AuditCheckpointAsync).RequireAnyRole(Auditors)
            .WithSummary("The audit log's signed checkpoint; keep it to check later exports against.");
        audit.MapGet("/verifier-key", VerifierKeyAsync).RequireAnyRole(Auditors)
            .WithSummary("The key that verifies the audit log's checkpoints.");
        audit.MapGet("/export", ExportAsync).RequireAnyRole(Auditors)
            .WithSummary("The whole audit log as a ZIP that `antin audit verify` checks offline.");
    }

    private static async Task<IResult> IssuanceCheckpointAsync(IEvidenceReader reader, HttpContext context, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "public, max-age=1";
        return await reader.CheckpointAsync(EvidenceLogs.Issuance, ct) is { } checkpoint
            ? TypedResults.Text(checkpoint.Note, "text/plain; charset=utf-8")
            : TypedResults.NotFound();
    }

    private static async Task<IResult> TileAsync(int level, string path, IEvidenceReader reader, HttpContext context, CancellationToken ct)
    {
        if (level is < 0 or > TileId.MaxLevel || !TilePath.TryDecode(path, out long index, out int width))
            return TypedResults.NotFound();
        if (await reader.TileAsync(EvidenceLogs.Issuance, new TileId(level, index), width, ct) is not { } tile)
            return TypedResults.NotFound();
        return Immutable(context, tile);
    }

    private static async Task<IResult> EntriesAsync(string path, IEvidenceReader reader, HttpContext context, CancellationToken ct)
    {
        if (!TilePath.TryDecode(path, out long index, out int width))
            return TypedResults.NotFound();
        PublishedCheckpoint? checkpoint = await reader.CheckpointAsync(EvidenceLogs.Issuance, ct);
        var tile = new TileId(0, index);
        if (checkpoint is null || tile.WidthAt(checkpoint.Size) < width)
            return TypedResults.NotFound();
        IReadOnlyList<EvidenceView> entries = await reader.RangeAsync(EvidenceLogs.Issuance, index * TileId.Width, width, ct);
        return Immutable(context, EntryBundle.Encode(entries.Select(entry => entry.Leaf)));
    }

    private static async Task<IResult> AuditCheckpointAsync(ICurrentUser user, IOrganisationScope scope, IEvidenceReader reader, HttpContext context, CancellationToken ct)
    {
        if (!await MaySeeAllAsync(user, scope, ct))
            return PlatformErrors.Forbidden.ToProblem(context);
        return await reader.CheckpointAsync(EvidenceLogs.Audit, ct) is { } checkpoint
            ? TypedResults.Text(checkpoint.Note, "text/plain; charset=utf-8")
            : PlatformErrors.NotFound.ToProblem(context);
    }

    private static async Task<IResult> VerifierKeyAsync(ICurrentUser user, IOrganisationScope scope, IEvidenceReader reader, HttpContext context, CancellationToken ct)
    {
        if (!await MaySeeAllAsync(user, scope, ct))
            return PlatformErrors.Forbidden.ToProblem(context);
        return await reader.CheckpointAsync(EvidenceLogs.Audit, ct) is { } checkpoint
            ? TypedResults.Text(checkpoint.VerifierKey + "\n", "text/plain; charset=utf-8")
            : PlatformErrors.NotFound.ToProblem(context);
    }

    private static async Task<IResult> ExportAsync(
        ICurrentUser user, IOrganisationScope scope, IEvidenceSequencing sequencing, IEvidenceExporter exporter, HttpContext context, CancellationToken ct)
    {
        if (!await MaySeeAllAsync(user, scope, ct))
            return PlatformErrors.Forbidden.ToProblem(context);
        await sequencing.CatchUpAsync(EvidenceLogs.Audit, ct);
        // ZipArchive ends every file with one synchronous write of what its compressor still holds.
        if (context.Features.Get<IHttpBodyControlFeature>() is { } body)
            body.AllowSynchronousIO = true;
        return TypedResults.Stream(
            stream => exporter.ExportAsync(EvidenceLogs.Audit, stream, ct), "application/zip", "antin-audit.zip");
    }

    // The log is one: it cannot be shown in part, so the role must be held at the top of the tree.
    private static async Task<bool> MaySeeAllAsync(ICurrentUser user, IOrganisationScope scope, CancellationToken ct)
    {
        foreach (RoleGrant grant in user.Roles.Where(grant => Auditors.Contains(grant.Role)))
        {
            if (await scope.IsRootAsync(grant.OrganisationId, ct))
                return true;
        }
        return false;
    }

    private static IResult Immutable(HttpContext context, byte[] content)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(content, "application/octet-stream");
    }
}
