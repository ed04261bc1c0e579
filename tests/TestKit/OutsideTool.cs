using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AnTin.TestKit;

/// <summary>What a program printed, and how it ended.</summary>
public sealed record ToolRun(int ExitCode, string Output, string ErrorOutput)
{
    /// <summary>Both streams, for messages of failed assertions.</summary>
    public string Everything => $"exit {ExitCode}\n{Output}\n{ErrorOutput}";
}

/// <summary>Programs that give a second opinion: pdfsig, qpdf, openssl and the like.</summary>
public static class OutsideTool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Whether the program is in PATH; use with <c>Assert.SkipUnless(OutsideTool.Exists("pdfsig"), "pdfsig is not installed")</c>.</summary>
    public static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    public static Task<ToolRun> RunAsync(string program, params IReadOnlyList<string> arguments) =>
        RunAsync(new ProcessStartInfo(program, arguments), input: default, CancellationToken.None);

    /// <param name="start">Program, arguments, folder and environment; its streams are taken over.</param>
    /// <param name="input">What the program reads from standard input.</param>
    /// <param name="ct">Kills the program and all it started.</param>
    /// <exception cref="TimeoutException">The program did not end in three minutes; it was killed.</exception>
    public static async Task<ToolRun> RunAsync(ProcessStartInfo start, ReadOnlyMemory<byte> input, CancellationToken ct)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        start.UseShellExecute = false;
        using Process process = Process.Start(start) ?? throw new Win32Exception($"{start.FileName} did not start.");
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            await FeedAsync(process, input, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ToolRun(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{start.FileName} did not end within {Patience.TotalMinutes} minutes.", e);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended, or closed its input, without reading everything: its exit code tells.
        }
    }
}
