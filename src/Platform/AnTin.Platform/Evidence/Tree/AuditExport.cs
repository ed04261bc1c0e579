// Reads an exported log, a folder or a ZIP of the same names: docs/specs/evidence-log.md §6.

using System.IO.Compression;
using System.Text;

namespace AnTin.Platform.Evidence.Tree;

public static class ExportNames
{
    public const string Checkpoint = "checkpoint";
    public const string VerifierKey = "vkey";

    /// <summary>One line an entry, in the order of the tree: the canonical bytes that are hashed.</summary>
    public const string Entries = "entries.jsonl";
}

/// <summary>An export opened for reading. Nothing in it is trusted.</summary>
public sealed class AuditExport : IDisposable
{
    private const int MaxSmallFile = 64 * 1024;

    private readonly string? _folder;
    private readonly ZipArchive? _zip;

    private AuditExport(string? folder, ZipArchive? zip)
    {
        _folder = folder;
        _zip = zip;
    }

    /// <exception cref="EvidenceFormatException">Neither a folder nor a readable ZIP, or without entries and checkpoint.</exception>
    public static AuditExport Open(string path)
    {
        try
        {
            AuditExport export = System.IO.Directory.Exists(path)
                ? new AuditExport(System.IO.Path.GetFullPath(path), zip: null)
                : new AuditExport(folder: null, ZipFile.OpenRead(path));
            return export;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new EvidenceFormatException(path, "not an exported log (a folder or a ZIP)", e);
        }
    }

    /// <exception cref="EvidenceFormatException">Missing or not text.</exception>
    public string ReadCheckpoint() => ReadText(ExportNames.Checkpoint);

    /// <exception cref="EvidenceFormatException">Missing or not a key.</exception>
    public NoteVerifier ReadVerifierKey() => NoteVerifier.Parse(ReadText(ExportNames.VerifierKey));

    /// <summary>The entries' canonical bytes in the order of the file.</summary>
    /// <exception cref="EvidenceFormatException">The file is missing, a line is too long, the last line is cut.</exception>
    public IEnumerable<byte[]> ReadLeaves()
    {
        using Stream stream = OpenFile(ExportNames.Entries) ?? throw new EvidenceFormatException(ExportNames.Entries, "missing");
        using var line = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            int read = Guarded(ExportNames.Entries, () => stream.Read(buffer));
            if (read == 0)
                break;
            ReadOnlyMemory<byte> rest = buffer.AsMemory(0, read);
            for (int end = rest.Span.IndexOf((byte)'\n'); end >= 0; end = rest.Span.IndexOf((byte)'\n'))
            {
                Append(line, rest.Span[..end]);
                yield return line.ToArray();
                line.SetLength(0);
                rest = rest[(end + 1)..];
            }
            Append(line, rest.Span);
        }
        if (line.Length > 0)
            throw new EvidenceFormatException(ExportNames.Entries, "the last line is cut");
    }

    /// <summary>The decoded entries, for recomputing figures; verify the export first.</summary>
    /// <exception cref="EvidenceFormatException">A line is not an entry.</exception>
    public IEnumerable<EvidenceRecord> ReadRecords() =>
        ReadLeaves().Select((leaf, i) => EvidenceRecord.Decode(DecodeUtf8(leaf, i), $"{ExportNames.Entries}:{i + 1}"));

    /// <returns>The tile's hashes; null when the file is missing or not exactly that wide.</returns>
    /// <exception cref="EvidenceFormatException">The archive itself is broken.</exception>
    public MerkleHash[]? ReadTile(TileId tile, int width)
    {
        string name = tile.Path(width);
        using Stream? stream = OpenFile(name);
        if (stream is null)
            return null;
        byte[] bytes = new byte[width * MerkleHash.Size + 1];
        int length = Guarded(name, () => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        if (length != width * MerkleHash.Size)
            return null;
        var hashes = new MerkleHash[width];
        for (int i = 0; i < width; i++)
            hashes[i] = new MerkleHash(bytes.AsSpan(i * MerkleHash.Size, MerkleHash.Size));
        return hashes;
    }

    public void Dispose() => _zip?.Dispose();

    internal static string DecodeUtf8(byte[] leaf, long index)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(leaf);
        }
        catch (DecoderFallbackException e)
        {
            throw new EvidenceFormatException($"{ExportNames.Entries}:{index + 1}", "not UTF-8", e);
        }
    }

    private string ReadText(string name)
    {
        using Stream stream = OpenFile(name) ?? throw new EvidenceFormatException(name, "missing");
        byte[] bytes = new byte[MaxSmallFile + 1];
        int length = Guarded(name, () => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        return length <= MaxSmallFile ? Encoding.UTF8.GetString(bytes, 0, length) : throw new EvidenceFormatException(name, "longer than 64 KiB");
    }

    private Stream? OpenFile(string name) => Guarded(name, () =>
    {
        if (_zip is not null)
            return _zip.GetEntry(name)?.Open();
        string path = System.IO.Path.Combine(_folder!, name);
        return File.Exists(path) ? File.OpenRead(path) : null;
    });

    private static void Append(MemoryStream line, ReadOnlySpan<byte> bytes)
    {
        line.Write(bytes);
        if (line.Length > EvidenceRecord.MaxLeafBytes)
            throw new EvidenceFormatException(ExportNames.Entries, "an entry is longer than 65,535 bytes");
    }

    private static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new EvidenceFormatException(name, "cannot be read", e);
        }
    }
}
