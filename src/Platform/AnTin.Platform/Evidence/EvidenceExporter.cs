// Writes a log as one ZIP: docs/specs/evidence-log.md §6.

using System.IO.Compression;
using System.Text;
using AnTin.Platform.Evidence.Tree;

namespace AnTin.Platform.Evidence;

/// <summary>Exports a log as of its published checkpoint.</summary>
public interface IEvidenceExporter
{
    /// <summary>Streams the archive; memory does not grow with the log.</summary>
    /// <exception cref="InvalidOperationException">The log has no checkpoint yet.</exception>
    Task ExportAsync(string log, Stream destination, CancellationToken ct);
}

internal sealed class EvidenceExporter(IEvidenceReader reader) : IEvidenceExporter
{
    private const int Page = 500;

    public async Task ExportAsync(string log, Stream destination, CancellationToken ct)
    {
        PublishedCheckpoint checkpoint = await reader.CheckpointAsync(log, ct)
            ?? throw new InvalidOperationException($"The {log} log has no checkpoint yet.");
        await using ZipArchive zip = await ZipArchive.CreateAsync(destination, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ct);
        await AddAsync(zip, ExportNames.Checkpoint, Encoding.UTF8.GetBytes(checkpoint.Note), ct);
        await AddAsync(zip, ExportNames.VerifierKey, Encoding.UTF8.GetBytes(checkpoint.VerifierKey + "\n"), ct);
        foreach (TileId tile in TileId.AllOf(checkpoint.Size))
        {
            int width = tile.WidthAt(checkpoint.Size);
            byte[] hashes = await reader.TileAsync(log, tile, width, ct)
                ?? throw new EvidenceIntegrityException($"{tile.Path(width)} of the {log} log is missing.");
            await AddAsync(zip, tile.Path(width), hashes, ct);
        }
        await AddEntriesAsync(zip, log, checkpoint.Size, ct);
    }

    private async Task AddEntriesAsync(ZipArchive zip, string log, long size, CancellationToken ct)
    {
        await using Stream entries = await zip.CreateEntry(ExportNames.Entries, CompressionLevel.Fastest).OpenAsync(ct);
        long next = 0;
        while (next < size)
        {
            IReadOnlyList<EvidenceView> page = await reader.RangeAsync(log, next, (int)Math.Min(Page, size - next), ct);
            foreach (EvidenceView entry in page)
            {
                if (entry.Position != next)
                    throw new EvidenceIntegrityException($"Entry {next} of the {log} log is missing.");
                await entries.WriteAsync(Encoding.UTF8.GetBytes(entry.Leaf + "\n"), ct);
                next++;
            }
            if (page.Count == 0)
                throw new EvidenceIntegrityException($"Entry {next} of the {log} log is missing.");
        }
    }

    private static async Task AddAsync(ZipArchive zip, string name, byte[] content, CancellationToken ct)
    {
        await using Stream stream = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        await stream.WriteAsync(content, ct);
    }
}
