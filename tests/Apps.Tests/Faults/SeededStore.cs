using AnTin.Apps.Tests.Cli;
using AnTin.TestKit;

namespace AnTin.Apps.Tests.Faults;

/// <summary>A store with the finished demonstration, made once and copied for every kill.</summary>
public sealed class SeededStore : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SemaphoreSlim _making = new(1, 1);
    private bool _made;

    public async Task CopyToAsync(string target, CancellationToken ct)
    {
        await _making.WaitAsync(ct);
        try
        {
            if (!_made)
                await MakeAsync(ct);
            _made = true;
        }
        finally
        {
            _making.Release();
        }
        Copy(new DirectoryInfo(_folder["data"]), Directory.CreateDirectory(target));
    }

    public void Dispose()
    {
        _making.Dispose();
        _folder.Dispose();
    }

    private async Task MakeAsync(CancellationToken ct)
    {
        await using ServerProcess? server = await ServerProcess.StartAsync(_folder["data"], ServedPki.FreePort(), aim: null, ct);
        Assert.NotNull(server);
    }

    // Modes matter: the server refuses key files that others may read.
    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(to.FullName, File.GetUnixFileMode(from.FullName));
        foreach (FileInfo file in from.EnumerateFiles())
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        foreach (DirectoryInfo folder in from.EnumerateDirectories())
            Copy(folder, to.CreateSubdirectory(folder.Name));
    }
}

/// <summary>One kill at a time: each starts servers of its own.</summary>
[CollectionDefinition(nameof(KillTests), DisableParallelization = true)]
public sealed class KillCollection;
