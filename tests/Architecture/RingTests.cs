using System.Xml.Linq;
using AnTin.TestKit;

namespace AnTin.Architecture;

/// <summary>Arrows point only inward: Apps -> Modules -> Platform -> Contracts -> Formats, with Keys over X509.</summary>
public sealed class RingTests
{
    /// <summary>What each project of the inner rings may reference directly. A new project needs a line here.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["AnTin.Asn1"] = [],
        ["AnTin.X509"] = ["AnTin.Asn1"],
        ["AnTin.Cms"] = ["AnTin.Asn1", "AnTin.X509"],
        ["AnTin.Pdf"] = [],
        ["AnTin.Signatures"] = ["AnTin.Asn1", "AnTin.X509", "AnTin.Cms", "AnTin.Pdf"],
        ["AnTin.Keys"] = ["AnTin.Asn1", "AnTin.X509"],
        ["AnTin.Contracts"] = ["AnTin.Signatures"],
        ["AnTin.Platform"] = ["AnTin.Contracts"],
        ["AnTin.Web"] = ["AnTin.Platform", "AnTin.Contracts"],
        ["AnTin.Migrations.Sqlite"] = ["AnTin.Platform"],
        ["AnTin.Migrations.PostgreSql"] = ["AnTin.Platform"],
    };

    private static readonly string[] ModulesMay = ["AnTin.Contracts", "AnTin.Platform", "AnTin.Web", "AnTin.Signatures"];

    /// <summary>The modules that handle key material.</summary>
    private static readonly string[] KeyKeepers = ["AnTin.Modules.Authority", "AnTin.Modules.Custody"];

    [Fact]
    public void Inner_rings_reference_only_what_the_table_allows() =>
        Expect.None(
            from project in Project.All
            where project.Ring is Ring.Formats or Ring.Keys or Ring.Contracts or Ring.Platform
            from reference in project.References
            where !Allowed.TryGetValue(project.Name, out string[]? allowed) || !allowed.Contains(reference)
            select $"{project.Name} -> {reference}",
            "A reference points outward, or the project is not in the table:");

    [Fact]
    public void Every_inner_project_stands_in_the_table() =>
        Expect.None(
            from project in Project.All
            where project.Ring is Ring.Formats or Ring.Keys or Ring.Contracts or Ring.Platform
            where !Allowed.ContainsKey(project.Name)
            select project.Name,
            "These projects have no line in the table of rings:");

    [Fact]
    public void Modules_never_reference_modules() =>
        Expect.None(
            from project in Project.In(Ring.Modules)
            from reference in project.References
            where !ModulesMay.Contains(reference) && !(reference == "AnTin.Keys" && KeyKeepers.Contains(project.Name))
            select $"{project.Name} -> {reference}",
            "A module reaches another only through AnTin.Contracts:");

    [Fact]
    public void Formats_use_no_package() =>
        Expect.None(
            from project in Project.In(Ring.Formats)
            from package in project.Packages
            select $"{project.Name} uses {package}",
            "Formats are built on the base class library alone:");

    [Fact]
    public void Contracts_know_neither_persistence_nor_web() =>
        Expect.None(
            from project in Project.In(Ring.Contracts)
            from package in project.Packages
            select $"{project.Name} uses {package}",
            "Contracts are interfaces and records:");

    [Fact]
    public void Package_versions_stand_in_one_file() =>
        Expect.None(
            from project in Project.All
            from reference in XDocument.Load(project.Path).Descendants("PackageReference")
            where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
            select $"{project.Name}: {(string?)reference.Attribute("Include")}",
            "Versions belong into Directory.Packages.props:");

    [Fact]
    public void Every_project_has_a_lock_file() =>
        Expect.None(
            from project in Project.All
            where !File.Exists(Path.Combine(project.Folder, "packages.lock.json"))
            select project.Name,
            "Run dotnet restore and commit packages.lock.json of:");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        XDocument solution = XDocument.Load(Repository.PathOf("AnTin.slnx"));
        HashSet<string> listed = [.. solution.Descendants("Project").Select(e => Path.GetFileNameWithoutExtension((string)e.Attribute("Path")!))];
        Expect.None(Project.All.Select(p => p.Name).Where(name => !listed.Contains(name)), "Missing in AnTin.slnx:");
    }
}
