using AnTin.Contracts.Platform;
using AnTin.Pdf;

namespace AnTin.Cli.Files;

/// <summary>Files the command line names, opened or refused.</summary>
internal static class InputFile
{
    /// <summary>Certificates, keys, passwords and pictures are small; a larger file is a mistake of the command line.</summary>
    public const int SmallLimit = 32 * 1024 * 1024;

    public static Result<FileSource> OpenSource(string path)
    {
        try
        {
            if (Directory.Exists(path) || !File.Exists(path))
                return new Error(CliErrors.InputMissing, path);
            var source = new FileSource(path);
            if (source.Length > 0)
                return source;
            source.Dispose();
            return new Error(CliErrors.InputEmpty, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Error(CliErrors.InputUnreadable, path, e.Message);
        }
    }

    public static async Task<Result<byte[]>> ReadSmallAsync(string path, CancellationToken ct)
    {
        try
        {
            if (Directory.Exists(path) || !File.Exists(path))
                return new Error(CliErrors.InputMissing, path);
            if (new FileInfo(path).Length > SmallLimit)
                return new Error(CliErrors.InputUnreadable, path, $"> {SmallLimit} bytes");
            return await File.ReadAllBytesAsync(path, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Error(CliErrors.InputUnreadable, path, e.Message);
        }
    }

    /// <summary>The first line of a password file, without its line ending.</summary>
    public static async Task<Result<string>> ReadPasswordAsync(string path, CancellationToken ct) =>
        (await ReadSmallAsync(path, ct)).Map(bytes => System.Text.Encoding.UTF8.GetString(bytes).Split('\n', 2)[0].TrimEnd('\r'));
}
