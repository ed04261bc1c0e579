using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;

namespace AnTin.Bench;

/// <summary>
/// Signing a file of 1 GB to a new file, against a program that reads blocks of 1 MiB, hashes and writes them in one pass, both
/// flushed to the disk. Each run is a process of its own, seven of each by turns; CPU seconds, wall seconds and the highest memory
/// above what the process had before it began.
/// </summary>
internal static class SignLargeFile
{
    public const string Worker = "large-file-worker";

    private const int Rounds = 7;
    private const int Block = 1024 * 1024;

    public static int Run(BenchOptions options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"antin-bench-{Environment.ProcessId}"));
        try
        {
            var source = Path.Combine(folder.FullName, "large.pdf");
            var output = Path.Combine(folder.FullName, "out.bin");
            MakeFile(source, options.Megabytes);
            var signing = new List<WorkerResult>();
            var copying = new List<WorkerResult>();
            for (var i = 0; i < Rounds; i++)
            {
                // Each goes first by turns: what one leaves to the disk's queue is in the way of the other.
                if (i % 2 == 0) signing.Add(Spawn("sign", source, output));
                copying.Add(Spawn("copy", source, output));
                if (i % 2 == 1) signing.Add(Spawn("sign", source, output));
            }

            Report(signing, copying);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static int RunWorker(BenchOptions options)
    {
        if (options.Rest is not [var kind, var source, var output]) return 64;
        using var credential = TestCredential.Rsa();
        File.Delete(output);
        var idle = Status("VmRSS:");
        WarmUp(kind, output, credential);
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        if (kind == "sign") Sign(source, output, credential);
        else Copy(source, output);
        var result = new WorkerResult((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, clock.Elapsed.TotalSeconds, Math.Max(0, Status("VmHWM:") - idle) / 1024.0);
        Console.WriteLine(JsonSerializer.Serialize(result));
        return 0;
    }

    // A server has compiled its code long before; what a small file costs is no part of what a large one costs.
    private static void WarmUp(string kind, string output, TestCredential credential)
    {
        var small = output + ".small";
        File.WriteAllBytes(small, new SamplePdf { NoiseBytes = Block }.Build());
        for (var i = 0; i < 40; i++)
        {
            if (kind == "sign") Sign(small, output, credential);
            else Copy(small, output);
            File.Delete(output);
        }

        File.Delete(small);
        Settle();
    }

    // The runtime optimises in the background what was called often; its CPU time would fall into the run.
    private static void Settle()
    {
        for (var i = 0; i < 50; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            Thread.Sleep(300);
            if ((Environment.CpuUsage.TotalTime - before).TotalMilliseconds < 3) return;
        }
    }

    private static void Report(List<WorkerResult> signing, List<WorkerResult> copying)
    {
        const string Against = "a program that reads 1 MiB blocks, hashes and writes them in one pass";
        double cpu = Measurement.Median(signing.Select(r => r.Cpu)), cpuCopy = Measurement.Median(copying.Select(r => r.Cpu));
        double wall = Measurement.Median(signing.Select(r => r.Wall)), wallCopy = Measurement.Median(copying.Select(r => r.Wall));
        new Measurement("sign-pades-1gb", "CPU seconds", cpu, Against, cpuCopy, Measurement.Median(signing.Zip(copying, (s, c) => s.Cpu / c.Cpu))).Print();
        new Measurement("sign-pades-1gb-wall", "seconds", wall, Against, wallCopy, Measurement.Median(signing.Zip(copying, (s, c) => s.Wall / c.Wall))).Print();
        var memory = signing.Max(r => r.PeakMegabytes);
        new Measurement("sign-pades-1gb-memory", "MiB above idle, highest of all runs", memory, "64 MiB", 64, memory / 64).Print();
    }

    private static void Sign(string source, string output, TestCredential credential)
    {
        var options = new PadesSignatureOptions
        {
            Signer = credential.Signer,
            Field = new SignatureTarget("Signature1", NewOnPage: 0, new PdfRectangle(330, 120, 450, 180)),
            Appearance = Appearance.Create(new AppearanceOptions { Width = 120, Height = 60, Lines = [new AppearanceLine("Ký bởi: Nguyễn Văn Mẫu")] }),
        };
        using var input = new FileSource(source);
        using var file = Open(output);
        var prepared = PadesSigner.Prepare(input, options, file, CancellationToken.None);
        var value = credential.SignHashAsync(prepared.HashToSign, prepared.Scheme, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        PadesSigner.CompleteAsync(prepared, value, ReadOnlyMemory<byte>.Empty, file, CancellationToken.None).GetAwaiter().GetResult();
        file.Flush(flushToDisk: true);
    }

    private static void Copy(string source, string output)
    {
        using var input = File.OpenHandle(source);
        using var file = Open(output);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[Block];
        int read;
        for (long at = 0; (read = RandomAccess.Read(input, block, at)) > 0; at += read)
        {
            hash.AppendData(block, 0, read);
            file.Write(block, 0, read);
        }

        file.Flush(flushToDisk: true);
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 });

    private static WorkerResult Spawn(string kind, string source, string output)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        // Under "dotnet AnTin.Bench.dll" the process is dotnet itself and the assembly its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(SignLargeFile).Assembly.Location);
        foreach (var argument in (string[])[Worker, kind, source, output]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The worker {kind} failed.");
        return JsonSerializer.Deserialize<WorkerResult>(said)!;
    }

    // One page and pictures of 16 MB, as scans of project drawings come.
    private static void MakeFile(string path, int megabytes)
    {
        using var file = File.Create(path);
        var offsets = new List<long>();
        var block = new byte[Block];
        var random = new Random(1);
        void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        void Begin(int number)
        {
            offsets.Add(file.Position);
            Write(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n"));
        }

        Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        string[] bodies = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"];
        for (var i = 0; i < bodies.Length; i++)
        {
            Begin(i + 1);
            Write(bodies[i] + "\nendobj\n");
        }

        for (var done = 0; done < megabytes; done += 16)
        {
            var size = Math.Min(16, megabytes - done);
            Begin(offsets.Count + 1);
            Write(string.Create(CultureInfo.InvariantCulture, $"<< /Length {size * (long)Block} >>\nstream\n"));
            for (var i = 0; i < size; i++)
            {
                random.NextBytes(block);
                file.Write(block);
            }

            Write("\nendstream\nendobj\n");
        }

        var at = file.Position;
        Write(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets) Write(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        Write(string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"));
        file.Flush(flushToDisk: true);
    }

    private static long Status(string key)
    {
        // Kibibytes; where there is no such file the figure is left at 0.
        if (!File.Exists("/proc/self/status")) return 0;
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    internal sealed record WorkerResult(double Cpu, double Wall, double PeakMegabytes);
}
