namespace AnTin.TestKit;

/// <summary>Where the working copy and the corpora beside it are.</summary>
public static class Repository
{
    /// <summary>The folder of AnTin.slnx, found upwards from the test program.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Foreign corpora: the folder named by ANTIN_CORPORA, else <c>shared/corpora</c> beside the repository; null when
    /// neither exists (a test that needs them is then skipped, and a skip fails in CI).
    /// </summary>
    public static string? Corpora { get; } = FindCorpora();

    /// <summary>A path inside the repository, in the form of this system.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AnTin.slnx")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No AnTin.slnx above {AppContext.BaseDirectory}.");
    }

    private static string? FindCorpora()
    {
        string path = Environment.GetEnvironmentVariable("ANTIN_CORPORA") ?? Path.Combine(Root, "..", "shared", "corpora");
        return Directory.Exists(path) ? Path.GetFullPath(path) : null;
    }
}
