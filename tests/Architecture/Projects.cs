using System.Xml.Linq;
using AnTin.TestKit;

namespace AnTin.Architecture;

internal enum Ring
{
    Formats,
    Keys,
    Contracts,
    Platform,
    Modules,
    Apps,
    Outside,
}

/// <summary>One project file: what it references, and the ring it stands in by its folder.</summary>
internal sealed record Project(string Name, string Path, Ring Ring, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public static IReadOnlyList<Project> All { get; } = [.. SourceTree.With(".csproj").Select(Read)];

    public static IEnumerable<Project> In(Ring ring) => All.Where(project => project.Ring == ring);

    private static Project Read(SourceFile file)
    {
        XDocument document = XDocument.Load(file.FullPath);
        string name = System.IO.Path.GetFileNameWithoutExtension(file.Path);
        return new Project(
            name,
            file.FullPath,
            RingOf(file, name),
            [.. Includes(document, "ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
            [.. Includes(document, "PackageReference")]);
    }

    private static Ring RingOf(SourceFile file, string name) => file.Path.Split('/') switch
    {
        ["src", "Formats", ..] => Ring.Formats,
        ["src", "Keys", ..] => Ring.Keys,
        ["src", "Platform", ..] => name == "AnTin.Contracts" ? Ring.Contracts : Ring.Platform,
        ["src", "Modules", ..] => Ring.Modules,
        ["src", "Apps", ..] => Ring.Apps,
        ["src", ..] => throw new InvalidDataException($"{file.Path} stands in no ring: extend the table of rings with a decision record."),
        _ => Ring.Outside,
    };

    private static IEnumerable<string> Includes(XDocument document, string element) =>
        document.Descendants(element).Select(e => (string?)e.Attribute("Include")).OfType<string>();
}
