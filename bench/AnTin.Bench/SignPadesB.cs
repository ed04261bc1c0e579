using System.Diagnostics;
using System.Security.Cryptography;
using AnTin.Cms;
using AnTin.Keys;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;
using AnTin.X509;

namespace AnTin.Bench;

/// <summary>
/// Signatures per CPU second: 200 different files of 100 KB, each parsed anew, with a visible appearance made once, the whole
/// signed file in memory; against one RSA-2048 private operation and SHA-256 of the same bytes. Subject and baseline alternate
/// in slices of 200 ms, so that other load on the machine meets both.
/// </summary>
internal static class SignPadesB
{
    private const int Files = 200;
    private const int LeastRounds = 31;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    public static int Run(BenchOptions options)
    {
        var files = MakeFiles();
        using var key = SoftwareKey.Generate(KeyKind.Rsa2048);
        using var credential = TestCredential.For(key.SubjectPublicKeyInfo);
        using var bare = RSA.Create();
        bare.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
        var signing = new PadesSignatureOptions
        {
            Signer = CmsSigner.Create(credential.Certificate, credential.Chain, SignatureScheme.RsaPkcs1Sha256),
            Field = new SignatureTarget("Signature1", NewOnPage: 0, new PdfRectangle(330, 120, 450, 180)),
            Appearance = MakeAppearance(),
            ClaimedTime = new DateTimeOffset(2026, 2, 3, 8, 9, 10, TimeSpan.FromHours(7)),
            Reason = "Phê duyệt",
        };
        var output = new byte[256 * 1024];

        int next = 0, nextBare = 0;
        void Subject() => Sign(files[next++ % Files], signing, key, output);
        void Baseline() => bare.SignHash(SHA256.HashData(files[nextBare++ % Files]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        // The first seconds compile and are thrown away: the runtime optimises a method in the background after some thousand calls.
        for (var i = 0; i < 20; i++)
        {
            PerCpuSecond(Subject);
            PerCpuSecond(Baseline);
        }

        var pairs = new List<(double Subject, double Baseline)>();
        var clock = Stopwatch.StartNew();
        while (pairs.Count < LeastRounds || clock.Elapsed.TotalSeconds < options.Seconds) pairs.Add((PerCpuSecond(Subject), PerCpuSecond(Baseline)));
        new Measurement(
            "sign-pades-b-rsa2048",
            "signatures per CPU second",
            Measurement.Median(pairs.Select(p => p.Subject)),
            "one RSA-2048 private operation and SHA-256 of the same bytes, per CPU second",
            Measurement.Median(pairs.Select(p => p.Baseline)),
            Measurement.Median(pairs.Select(p => p.Subject / p.Baseline))).Print();
        return 0;
    }

    private static void Sign(byte[] file, PadesSignatureOptions signing, SoftwareKey key, byte[] output)
    {
        var source = new MemorySource(file);
        var prepared = PadesSigner.Prepare(source, signing);
        var value = key.SignHashAsync(prepared.HashToSign, prepared.Scheme, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        PadesSigner.Complete(prepared, value, default, source, output);
    }

    private static double PerCpuSecond(Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var count = 0;
        while (clock.Elapsed < Slice)
        {
            action();
            count++;
        }

        return count / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static byte[][] MakeFiles()
    {
        // 100 KB each, two thirds of it pictures; classic and compressed cross-reference data by turns.
        var files = new byte[Files][];
        for (var i = 0; i < Files; i++)
        {
            var xref = i % 2 == 0 ? SampleXref.Table : SampleXref.Stream;
            files[i] = new SamplePdf { Seed = i, Pages = 3, Xref = xref, NoiseBytes = 100 * 1024 }.Build();
        }

        return files;
    }

    private static Appearance MakeAppearance() => Appearance.Create(new AppearanceOptions
    {
        Width = 120,
        Height = 60,
        Lines = [new AppearanceLine("Ký bởi: Nguyễn Văn Mẫu"), new AppearanceLine("UBND tỉnh An Bình")],
    });
}
