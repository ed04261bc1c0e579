namespace AnTin.Platform.Evidence.Tree;

/// <summary>A checkpoint, tile, key, entry or export is not what docs/specs/evidence-log.md says.</summary>
public sealed class EvidenceFormatException : Exception
{
    public EvidenceFormatException(string path, string message)
        : base($"{path}: {message}") => Path = path;

    public EvidenceFormatException(string path, string message, Exception inner)
        : base($"{path}: {message}", inner) => Path = path;

    /// <summary>Which part: a file of the export, a line, a field.</summary>
    public string Path { get; }
}
