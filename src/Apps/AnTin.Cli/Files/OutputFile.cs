using AnTin.Contracts.Platform;

namespace AnTin.Cli.Files;

/// <summary>
/// A file that is either wholly there or not there: written beside its place under another name, flushed to the disk, then renamed over it.
/// A kill in the middle leaves at most the other name (<c>.OUT.*.part</c>), never a half OUT.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _target;
    private readonly string _part;
    private FileStream? _stream;

    private OutputFile(string target, string part, FileStream stream)
    {
        _target = target;
        _part = part;
        _stream = stream;
    }

    public Stream Stream => _stream ?? throw new InvalidOperationException("The file is committed.");

    /// <param name="input">A file that OUT must not be; null when there is none.</param>
    public static Result<OutputFile> Create(string path, string? input)
    {
        try
        {
            string target = Path.GetFullPath(path);
            if (Directory.Exists(target) || (File.Exists(target) && !IsRegular(target)))
                return new Error(CliErrors.OutputNotFile, path);
            if (input is not null && RealPath(target) == RealPath(Path.GetFullPath(input)))
                return new Error(CliErrors.OutputIsInput, path);
            string part = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.CreateVersion7():N}.part");
            var stream = new FileStream(part, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            return new OutputFile(target, part, stream);
        }
        catch (Exception e) when (IsWriteFailure(e))
        {
            return Failed(path, e);
        }
    }

    /// <summary>Flushes to the disk, then shows the file under its name. After this returns success a power cut keeps it.</summary>
    public async Task<Result> CommitAsync(CancellationToken ct)
    {
        FileStream stream = _stream ?? throw new InvalidOperationException("The file is committed.");
        try
        {
            await stream.FlushAsync(ct);
            stream.Flush(flushToDisk: true);
            await stream.DisposeAsync();
            _stream = null;
            File.Move(_part, _target, overwrite: true);
            return Result.Success;
        }
        catch (Exception e) when (IsWriteFailure(e))
        {
            return Failed(_target, e);
        }
    }

    /// <summary>Writes a whole small file in one go.</summary>
    public static async Task<Result> WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        if (!Create(path, input: null).TryGet(out OutputFile? file, out Error? error))
            return error;
        await using (file)
        {
            try
            {
                await file.Stream.WriteAsync(content, ct);
            }
            catch (Exception e) when (IsWriteFailure(e))
            {
                return Failed(path, e);
            }
            return await file.CommitAsync(ct);
        }
    }

    /// <summary>The disk or the folder refuses. .NET reports a file too large for its file system (EFBIG) as an argument out of range.</summary>
    public static bool IsWriteFailure(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    public static Error Failed(string path, Exception e) => new(CliErrors.OutputFailed, path, e.Message);

    public async ValueTask DisposeAsync()
    {
        if (_stream is { } stream)
        {
            _stream = null;
            try
            {
                await stream.DisposeAsync();
            }
            catch (Exception e) when (IsWriteFailure(e))
            {
                // A full disk also refuses the last flush; the file is thrown away in any case.
            }
        }
        File.Delete(_part);
    }

    private static bool IsRegular(string path)
    {
        var info = new FileInfo(path);
        FileSystemInfo real = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
        return (real.Attributes & (FileAttributes.Device | FileAttributes.Directory)) == FileAttributes.None && !IsUnixSpecial(real.FullName);
    }

    // .NET reports pipes and character devices as plain files; only a regular file can be seeked.
    private static bool IsUnixSpecial(string path)
    {
        if (OperatingSystem.IsWindows())
            return false;
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
            return true;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return !stream.CanSeek;
    }

    private static string RealPath(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? path;
        string realFolder = Directory.Exists(folder) ? new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder : folder;
        string inFolder = Path.Combine(realFolder, Path.GetFileName(path));
        return File.Exists(inFolder) ? new FileInfo(inFolder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? inFolder : inFolder;
    }
}
