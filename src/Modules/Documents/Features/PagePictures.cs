using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Persistence;
using AnTin.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AnTin.Modules.Documents.Features;

/// <summary>
/// Pictures of pages for the placing page, drawn by poppler's pdftoppm where it is installed. The file is hostile until proven otherwise,
/// so the program runs apart: bounded time, memory and output, no network where the system allows a namespace, input and output by pipe.
/// Without it the page shows the text's layout, which is enough to place a box.
/// </summary>
internal sealed class PagePictures(DocumentsOptions options, ILogger<PagePictures> log) : IDisposable
{
    private const int MostAtOnce = 2;
    private const int LargestPicture = 4 * 1024 * 1024;

    // "$@" keeps every argument whole; the limits bind the program and all it starts.
    private const string Limited = "ulimit -v \"$1\"; ulimit -t \"$2\"; ulimit -c 0; shift 2; exec \"$@\"";

    private readonly SemaphoreSlim _slots = new(MostAtOnce, MostAtOnce);
    private bool? _canUnshare;
    private volatile bool _missing;

    public bool IsAvailable => !_missing && options.PagePictureTool.Length > 0 && !OperatingSystem.IsWindows();

    /// <returns>A JPEG in grey; null when it could not be drawn within the limits.</returns>
    public async Task<byte[]?> DrawAsync(Stream pdf, int page, int dotsPerInch, CancellationToken ct)
    {
        if (!IsAvailable)
            return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(options.PagePictureSeconds));
        await _slots.WaitAsync(ct);
        try
        {
            return await RunAsync(pdf, page, dotsPerInch, limit.Token);
        }
        catch (Win32Exception)
        {
            _missing = true;
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.LogInformation("Drawing page {Page} took longer than {Seconds} s", page, options.PagePictureSeconds);
            return null;
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<byte[]?> RunAsync(Stream pdf, int page, int dotsPerInch, CancellationToken ct)
    {
        using var process = new Process { StartInfo = await CommandAsync(page, dotsPerInch) };
        process.Start();
        try
        {
            Task feed = FeedAsync(pdf, process, ct);
            Task<byte[]?> picture = CollectAsync(process.StandardOutput.BaseStream, ct);
            Task<string> complaints = process.StandardError.ReadToEndAsync(ct);
            await Task.WhenAll(feed, picture, complaints);
            await process.WaitForExitAsync(ct);
            // 127: the shell found no such program.
            _missing |= process.ExitCode == 127;
            return process.ExitCode == 0 ? await picture : null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private async Task<ProcessStartInfo> CommandAsync(int page, int dotsPerInch)
    {
        string number = page.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        _canUnshare ??= await CanUnshareAsync();
        string[] isolation = _canUnshare.Value ? ["unshare", "--map-root-user", "--net"] : [];
        string kilobytes = (options.PagePictureMegabytes * 1024L).ToString(CultureInfo.InvariantCulture);
        string seconds = options.PagePictureSeconds.ToString(CultureInfo.InvariantCulture);
        foreach (string argument in (string[])["-c", Limited, "sh", kilobytes, seconds, .. isolation, options.PagePictureTool,
            "-f", number, "-l", number, "-r", dotsPerInch.ToString(CultureInfo.InvariantCulture), "-gray", "-jpeg", "-jpegopt", "quality=40,optimize=y", "-"])
            start.ArgumentList.Add(argument);
        return start;
    }

    private static async Task FeedAsync(Stream pdf, Process process, CancellationToken ct)
    {
        try
        {
            await pdf.CopyToAsync(process.StandardInput.BaseStream, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program gave up before it read everything: its exit code says so.
        }
    }

    private static async Task<byte[]?> CollectAsync(Stream output, CancellationToken ct)
    {
        using var picture = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = await output.ReadAsync(buffer, ct)) > 0)
        {
            if (picture.Length + read > LargestPicture)
                return null;
            await picture.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        return picture.Length == 0 ? null : picture.ToArray();
    }

    // Unprivileged network namespaces are switched off on some systems; then the limits above must do.
    private static async Task<bool> CanUnshareAsync()
    {
        try
        {
            using Process probe = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--net", "true"]) { RedirectStandardError = true, UseShellExecute = false })!;
            await probe.WaitForExitAsync();
            return probe.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public void Dispose() => _slots.Dispose();

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/documents/{id:guid}/page/{page:int}", GetAsync).RequireSignedIn();

    private static async Task<IResult> GetAsync(
        Guid id, int page, bool? sharp, HttpContext http, ICurrentUser user, DocumentAccess access, StoredFiles files, PagePictures pictures, CancellationToken ct)
    {
        const int first = 60, clear = 110;
        if (await access.FindForViewerAsync(id, user, ct) is not { } document || page < 1 || page > document.PageCount)
            return Results.NotFound();
        Result<BlobSource> opened = await files.OpenAsync(document.CurrentSha256, ct);
        if (!opened.IsSuccess)
            return Results.NotFound();
        using BlobSource source = opened.Value;
        await using Stream pdf = source.OpenStream();
        if (await pictures.DrawAsync(pdf, page, sharp == true ? clear : first, ct) is not { } jpeg)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Bytes(jpeg, "image/jpeg");
    }
}
