using System.Text.RegularExpressions;

namespace AnTin.Architecture;

/// <summary>What a stranger must not find in the sources.</summary>
public sealed partial class SourceRuleTests
{
    private const int LongestFile = 500;

    private static readonly string[] Code = [".cs", ".razor", ".js", ".mjs", ".css"];

    private static IEnumerable<SourceFile> Written =>
        SourceTree.With(Code).Where(file => !file.IsMigration && !file.Path.EndsWith(".min.js", StringComparison.Ordinal));

    [Fact]
    public void No_file_is_longer_than_five_hundred_lines() =>
        Expect.None(
            from file in Written
            where file.Lines.Length > LongestFile
            select $"{file.Path}: {file.Lines.Length} lines",
            "Split these files:");

    [Fact]
    public void Nothing_is_left_unfinished() =>
        Expect.None(Lines(Unfinished(), except: "SourceRuleTests.cs"), "Finish it, or file an issue and take the mark away:");

    [Fact]
    public void Nullability_is_never_switched_off() =>
        Expect.None(Lines(NullableOff(), except: "SourceRuleTests.cs"), "Nullable reference types hold everywhere:");

    [Fact]
    public void Every_suppressed_warning_gives_its_reason() =>
        Expect.None(
            from file in Written
            where !file.Path.EndsWith("SourceRuleTests.cs", StringComparison.Ordinal)
            from line in Enumerable.Range(0, file.Lines.Length)
            where Suppression().IsMatch(file.Lines[line]) && !Reasoned(file, line)
            select file.At(line),
            "Say why, in a comment on the line or above it, or in Justification:");

    [Fact]
    public void No_code_is_commented_out() =>
        Expect.None(Lines(CommentedCode(), except: "SourceRuleTests.cs"), "Delete it; the history keeps it:");

    [Fact]
    public void Names_say_what_a_thing_is() =>
        Expect.None(
            from file in SourceTree.With(".cs")
            where !file.IsMigration
            from line in Enumerable.Range(0, file.Lines.Length)
            where EmptyName().IsMatch(file.Lines[line])
            select file.At(line),
            "Manager, Helper, Utils and Impl are no names:");

    [Fact]
    public void Namespaces_are_file_scoped() =>
        Expect.None(
            from file in SourceTree.With(".cs")
            where !file.IsMigration
            from line in Enumerable.Range(0, file.Lines.Length)
            where BlockNamespace().IsMatch(file.Lines[line])
            select file.At(line),
            "Write 'namespace X;':");

    /// <summary>Neither a path of somebody's machine nor the address of a package registry belongs into the repository.</summary>
    [Fact]
    public void No_machine_and_no_registry_is_named() =>
        Expect.None(
            from file in SourceTree.All
            where Path.GetExtension(file.Path) is ".cs" or ".razor" or ".md" or ".json" or ".props" or ".targets" or ".csproj" or ".js" or ".css"
                or ".yml" or ".yaml" or ".config" or ".txt" or ".sh" or ".npmrc" or ""
            where !file.Path.EndsWith("SourceRuleTests.cs", StringComparison.Ordinal)
            from line in Enumerable.Range(0, file.Lines.Length)
            where MachineOrRegistry().IsMatch(file.Lines[line])
            select file.At(line),
            "Paths are relative to the repository, registries are configured on the machine:");

    private static IEnumerable<string> Lines(Regex forbidden, string except) =>
        from file in Written
        where !file.Path.EndsWith(except, StringComparison.Ordinal)
        from line in Enumerable.Range(0, file.Lines.Length)
        where forbidden.IsMatch(file.Lines[line])
        select file.At(line);

    private static bool Reasoned(SourceFile file, int line) =>
        file.Lines[line].Contains("//", StringComparison.Ordinal)
        || file.Lines[line].Contains("Justification", StringComparison.Ordinal)
        || (line > 0 && file.Lines[line - 1].TrimStart().StartsWith("//", StringComparison.Ordinal));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"#nullable\s+disable")]
    private static partial Regex NullableOff();

    [GeneratedRegex(@"#pragma\s+warning\s+disable|\[(assembly:\s*)?(Unconditional)?SuppressMessage\(")]
    private static partial Regex Suppression();

    [GeneratedRegex(
        @"^\s*//\s*(((var|return|await|using|public|private|internal|protected|throw new|int|string|bool|byte\[\])\b.*[;{]|(if|for|foreach|while) \(.*\)\s*\{?)|[\w.]+\(.*\);|[\w.\[\]]+ \+?= [^;]*;)\s*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex CommentedCode();

    [GeneratedRegex(@"\b(class|interface|record|struct)\s+\w*(Manager|Helpers?|Utils?|Utilities|Impl)\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^namespace [\w.]+\s*(\{.*)?$")]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(
        @"(^|[\s""'=(:`])(/work/|/home/\w|/root/|/tmp/antin|[A-Z]:\\Users\\)|registry\.npmjs|api\.nuget\.org|pypi\.org|deb\.debian\.org|""resolved"":\s*""https?:",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex MachineOrRegistry();
}
