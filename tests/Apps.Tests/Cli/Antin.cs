using System.Diagnostics;
using AnTin.TestKit;

namespace AnTin.Apps.Tests.Cli;

/// <summary>The built command-line program, run as a process of its own.</summary>
internal static class Antin
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "antin.exe" : "antin");

    public static Task<ToolRun> RunAsync(params IReadOnlyList<string> arguments) =>
        OutsideTool.RunAsync(StartInfo(arguments), input: default, TestContext.Current.CancellationToken);

    /// <summary>Runs with LANG of an English user.</summary>
    public static Task<ToolRun> RunInEnglishAsync(params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = StartInfo(arguments);
        start.Environment["LANG"] = "en_GB.UTF-8";
        return OutsideTool.RunAsync(start, input: default, TestContext.Current.CancellationToken);
    }

    /// <summary>A command line for a shell, for limits that only a shell can set.</summary>
    public static Task<ToolRun> RunInShellAsync(string before, params IReadOnlyList<string> arguments)
    {
        string line = string.Join(' ', arguments.Prepend(Program).Select(a => "'" + a.Replace("'", "'\\''", StringComparison.Ordinal) + "'"));
        ProcessStartInfo start = Clean(new ProcessStartInfo("bash", ["-c", before + " exec " + line]));
        return OutsideTool.RunAsync(start, input: default, TestContext.Current.CancellationToken);
    }

    public static ProcessStartInfo StartInfo(IReadOnlyList<string> arguments) => Clean(new ProcessStartInfo(Program, arguments));

    // The language of whoever runs the tests must not decide what they see.
    private static ProcessStartInfo Clean(ProcessStartInfo start)
    {
        foreach (string name in new[] { "LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE" })
            start.Environment.Remove(name);
        start.Environment["NO_COLOR"] = "1";
        return start;
    }
}
