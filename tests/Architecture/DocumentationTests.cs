using System.Text.RegularExpressions;
using AnTin.TestKit;

namespace AnTin.Architecture;

/// <summary>The documentation is true: its links lead somewhere and its commands exist.</summary>
public sealed partial class DocumentationTests
{
    private static IEnumerable<SourceFile> Pages => SourceTree.With(".md");

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_its_heading() =>
        Expect.None(
            from page in Pages
            from line in Enumerable.Range(0, page.Lines.Length)
            from Match link in Link().Matches(page.Lines[line])
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let trouble = TroubleWith(page, target)
            where trouble is not null
            select $"{page.Path}:{line + 1}: {target} {trouble}",
            "Broken links:");

    [Fact]
    public void Every_dev_command_named_exists()
    {
        HashSet<string> commands = DevCommands();
        Expect.None(
            from page in Pages
            from line in Enumerable.Range(0, page.Lines.Length)
            from Match use in DevUse().Matches(page.Lines[line])
            where !commands.Contains(use.Groups["command"].Value)
            select page.At(line),
            $"./dev knows only {string.Join(", ", commands)}:");
    }

    [Fact]
    public void Every_dev_command_is_in_its_usage()
    {
        string usage = File.ReadAllText(Repository.PathOf("dev"));
        Expect.None(
            DevCommands().Where(command => !usage.Contains($"./dev {command}", StringComparison.Ordinal)),
            "Commands that ./dev help does not show:");
    }

    [Fact]
    public void Every_file_named_in_the_readme_table_exists() =>
        Expect.None(
            from line in File.ReadLines(Repository.PathOf("README.md"))
            from Match path in PathInCode().Matches(line)
            let relative = path.Groups["path"].Value
            where !Path.Exists(Repository.PathOf(relative))
            select relative,
            "README.md names paths that are not there:");

    [Fact]
    public void The_continuous_integration_runs_the_test_command_of_the_readme()
    {
        Assert.Contains("./dev test", File.ReadAllText(Repository.PathOf("README.md")), StringComparison.Ordinal);
        string run = File.ReadAllText(Repository.PathOf(".ci", "run"));
        Assert.Contains("./dev test\n", run, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Repository.PathOf(".ci", "run")).HasFlag(UnixFileMode.UserExecute));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Repository.PathOf("dev")).HasFlag(UnixFileMode.UserExecute));
    }

    private static HashSet<string> DevCommands()
    {
        string script = File.ReadAllText(Repository.PathOf("dev"));
        return [.. DevFunction().Matches(script).Select(m => m.Groups["command"].Value)];
    }

    private static string? TroubleWith(SourceFile page, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = parts[0].Length == 0
            ? page.FullPath
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.FullPath)!, Uri.UnescapeDataString(parts[0])));
        if (!Path.Exists(file))
            return "does not exist";
        if (!file.StartsWith(Repository.Root, StringComparison.Ordinal))
            return "leads out of the repository";
        if (parts.Length == 1 || Path.GetExtension(file) != ".md")
            return null;
        return Headings(file).Contains(parts[1]) ? null : "has no such heading";
    }

    /// <summary>Anchors as code hosts make them: lower case, punctuation dropped, spaces to hyphens.</summary>
    private static HashSet<string> Headings(string file) =>
    [
        .. File.ReadLines(file)
            .Where(line => Heading().IsMatch(line))
            .Select(line => Punctuation().Replace(Heading().Replace(line, "").Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\./dev\s+(?<command>[a-z]+)")]
    private static partial Regex DevUse();

    [GeneratedRegex(@"^cmd_(?<command>[a-z]+)\(\)", RegexOptions.Multiline)]
    private static partial Regex DevFunction();

    [GeneratedRegex(@"`(?<path>(src|tests|docs|bench|eng|samples)/[\w./-]+)`")]
    private static partial Regex PathInCode();

    [GeneratedRegex(@"^#{1,6}\s+")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\p{M} _-]")]
    private static partial Regex Punctuation();
}
