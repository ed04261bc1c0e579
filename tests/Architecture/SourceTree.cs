using AnTin.TestKit;

namespace AnTin.Architecture;

/// <summary>A file of the repository: path relative to its root with forward slashes, and its lines.</summary>
internal sealed record SourceFile(string Path, string FullPath)
{
    private string[]? _lines;

    public string[] Lines => _lines ??= File.ReadAllLines(FullPath);

    public bool IsMigration => Path.Contains("/Migrations/", StringComparison.Ordinal);

    /// <summary>The ring or folder under src (<c>Formats</c>, <c>Modules/Documents</c>…), used to say where a rule holds.</summary>
    public bool Under(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public string At(int index) => $"{Path}:{index + 1}: {Lines[index].Trim()}";
}

/// <summary>The files a person wrote: everything in the repository but what tools produce.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> Produced = new(StringComparer.Ordinal)
    {
        ".git", "bin", "obj", "node_modules", "TestResults", "artifacts", "data", "demo-out", "BenchmarkDotNet.Artifacts",
    };

    public static IReadOnlyList<SourceFile> All { get; } = [.. Walk(new DirectoryInfo(Repository.Root))];

    public static IEnumerable<SourceFile> With(params string[] extensions) =>
        All.Where(file => extensions.Contains(Path.GetExtension(file.Path), StringComparer.Ordinal));

    private static IEnumerable<SourceFile> Walk(DirectoryInfo folder)
    {
        foreach (FileInfo file in folder.EnumerateFiles())
            yield return new SourceFile(Path.GetRelativePath(Repository.Root, file.FullName).Replace('\\', '/'), file.FullName);
        foreach (DirectoryInfo inner in folder.EnumerateDirectories().Where(inner => !Produced.Contains(inner.Name)))
        {
            foreach (SourceFile file in Walk(inner))
                yield return file;
        }
    }
}

internal static class Expect
{
    /// <summary>Fails with every offence listed, one a line.</summary>
    public static void None(IEnumerable<string> offences, string rule)
    {
        List<string> found = [.. offences];
        Assert.True(found.Count == 0, $"{rule}\n  {string.Join("\n  ", found)}");
    }
}
