namespace AnTin.Cli;

/// <summary>What the program's exit code says; relied on by scripts (README of this project).</summary>
internal static class ExitCode
{
    /// <summary>Done, or every signature TOTAL_PASSED.</summary>
    public const int Done = 0;

    /// <summary>Some signature TOTAL_FAILED; an evidence log that is not whole.</summary>
    public const int Failed = 1;

    /// <summary>Some signature INDETERMINATE and none failed.</summary>
    public const int Indeterminate = 2;

    public const int NoSignature = 3;

    /// <summary>The command line is wrong, or OUT cannot be written.</summary>
    public const int Usage = 64;

    /// <summary>A file or an answer of a server that was read is not what it should be, or cannot be read.</summary>
    public const int BadInput = 65;

    public const int Bug = 70;

    /// <summary>What a shell reports for a program ended by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
