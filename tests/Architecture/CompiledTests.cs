using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AnTin.Architecture;

/// <summary>What the compiled assemblies really use; a project reference can be transitive, a type reference cannot lie.</summary>
public sealed class CompiledTests
{
    /// <summary>Hashing a byte range is a service of a document's source; the PDF layer knows no other cryptography.</summary>
    private static readonly string[] PdfMayHash = ["IncrementalHash", "HashAlgorithmName", "SHA256", "SHA384", "SHA512"];

    /// <summary>A file on disk is one of the random-access sources; nothing else in Formats touches the outside.</summary>
    private static readonly string[] FileSourceNeeds = ["File", "RandomAccess", "FileMode", "FileAccess", "FileShare", "FileOptions"];

    private static readonly string[] OutsideWorld =
    [
        "System.IO.File", "System.IO.RandomAccess", "System.IO.FileStream", "System.IO.Directory", "System.IO.FileInfo", "System.Random",
        "System.Console", "System.TimeProvider", "System.Diagnostics.Process", "System.Threading.Timer",
        "System.Security.Cryptography.RandomNumberGenerator",
    ];

    [Fact]
    public void Formats_reference_the_base_class_library_and_each_other() =>
        Expect.None(
            from project in Project.In(Ring.Formats)
            from name in AssemblyReferences(project.Name)
            where !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("netstandard" or "mscorlib")
            where !Project.In(Ring.Formats).Any(other => other.Name == name)
            select $"{project.Name} -> {name}",
            "Formats use only the base class library:");

    [Fact]
    public void Formats_are_pure() =>
        Expect.None(
            from project in Project.In(Ring.Formats)
            from type in TypeReferences(project.Name)
            where OutsideWorld.Contains(type.FullName) || type.Namespace.StartsWith("System.Net", StringComparison.Ordinal)
            where !(project.Name == "AnTin.Pdf" && type.Namespace == "System.IO" && FileSourceNeeds.Contains(type.Name))
            select $"{project.Name} uses {type.FullName}",
            "No clock, randomness, network or console in Formats (files only in AnTin.Pdf's FileSource):");

    /// <summary>Iterators make the compiler read the thread's id; nothing else of the environment is read.</summary>
    [Fact]
    public void Formats_read_nothing_from_the_environment() =>
        Expect.None(
            from project in Project.In(Ring.Formats)
            from member in MembersOf(project.Name, "System", "Environment")
            where member != "get_CurrentManagedThreadId"
            select $"{project.Name} uses Environment.{member}",
            "Settings are arguments in Formats:");

    [Fact]
    public void Pdf_knows_no_cryptography_besides_hashing() =>
        Expect.None(
            from type in TypeReferences("AnTin.Pdf")
            where type.Namespace.StartsWith("System.Security.Cryptography", StringComparison.Ordinal) && !PdfMayHash.Contains(type.Name)
            select type.FullName,
            "AnTin.Signatures joins PDF and cryptography, AnTin.Pdf does not:");

    [Fact]
    public void Modules_use_no_type_of_another_module() =>
        Expect.None(
            from project in Project.In(Ring.Modules)
            from name in AssemblyReferences(project.Name)
            where name.StartsWith("AnTin.Modules.", StringComparison.Ordinal)
            select $"{project.Name} -> {name}",
            "Modules meet in AnTin.Contracts:");

    [Fact]
    public void Platform_and_contracts_know_no_module() =>
        Expect.None(
            from project in Project.All
            where project.Ring is Ring.Platform or Ring.Contracts or Ring.Keys
            from name in AssemblyReferences(project.Name)
            where name.StartsWith("AnTin.Modules.", StringComparison.Ordinal)
                || (project.Ring == Ring.Contracts && name.StartsWith("Microsoft.", StringComparison.Ordinal))
            select $"{project.Name} -> {name}",
            "Platform and contracts stand below the modules; contracts know no framework:");

    private static IEnumerable<string> AssemblyReferences(string assembly)
    {
        using PEReader file = Open(assembly);
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }

    private static IEnumerable<(string Namespace, string Name, string FullName)> TypeReferences(string assembly)
    {
        using PEReader file = Open(assembly);
        MetadataReader reader = file.GetMetadataReader();
        return
        [
            .. reader.TypeReferences.Select(handle =>
            {
                TypeReference type = reader.GetTypeReference(handle);
                string space = reader.GetString(type.Namespace), name = reader.GetString(type.Name);
                return (space, name, $"{space}.{name}");
            }),
        ];
    }

    private static IEnumerable<string> MembersOf(string assembly, string space, string type)
    {
        using PEReader file = Open(assembly);
        MetadataReader reader = file.GetMetadataReader();
        return
        [
            .. from handle in reader.MemberReferences
               let member = reader.GetMemberReference(handle)
               where member.Parent.Kind == HandleKind.TypeReference
               let parent = reader.GetTypeReference((TypeReferenceHandle)member.Parent)
               where reader.StringComparer.Equals(parent.Namespace, space) && reader.StringComparer.Equals(parent.Name, type)
               select reader.GetString(member.Name),
        ];
    }

    private static PEReader Open(string assembly) =>
        new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
}
