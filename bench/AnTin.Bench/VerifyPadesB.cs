using System.Diagnostics;
using System.Security.Cryptography;
using AnTin.Cms;
using AnTin.Keys;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit.Pdf;
using AnTin.TestKit.Pki;
using AnTin.X509;

namespace AnTin.Bench;

/// <summary>
/// Verifications per CPU second: 50 different signed files of 100 KB, an RSA-2048 officer below an RSA-2048 authority and root, chain and both CRLs
/// in hand; against one RSA-2048 public operation for each of the five signatures that have to be checked (document, officer's and authority's
/// certificate, two CRLs) and one SHA-256 over the same bytes. By turns in slices of 200 ms.
/// </summary>
internal static class VerifyPadesB
{
    private const int Files = 50;
    private const int LeastRounds = 31;
    private const int SignaturesChecked = 5;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    public static int Run(BenchOptions options)
    {
        var pki = TestPki.Shared;
        var root = pki.NewRoot(KeyKind.Rsa2048);
        var authority = pki.Issue(root, NameBuilder.Seal("CA đo tốc độ", "An Bình", null), KeyKind.Rsa2048,
            (key, issuer) => CertificateTemplate.IssuingCa(key, issuer.Certificate, IssuerPointers.None, 0, []));
        var officer = pki.Issue(authority, NameBuilder.Officer("Nguyễn Văn Mẫu", "An Bình", "UBND TỈNH AN BÌNH", ["SỞ NỘI VỤ"], "mau@anbinh.example"),
            KeyKind.Rsa2048, (key, issuer) => CertificateTemplate.Officer(key, issuer.Certificate, IssuerPointers.None, "mau@anbinh.example", []));
        var files = MakeFiles(officer, authority);
        var inputs = new ValidationInputs
        {
            At = TestPki.Noon,
            Anchors = [new TrustAnchor(root.Certificate, TrustClass.OfficialDuty)],
            Certificates = [authority.Certificate],
            Crls = [TestPki.Crl(root), TestPki.Crl(authority)],
        };
        if (SignatureValidator.Validate(new MemorySource(files[0]), inputs).Verdict != Verdict.Valid)
        {
            throw new InvalidOperationException("the file to measure does not verify");
        }

        using var bare = RSA.Create();
        bare.ImportSubjectPublicKeyInfo(officer.Key.SubjectPublicKeyInfo.Span, out _);
        var hash = new byte[32];
        var value = officer.Key.SignHash(hash, SignatureScheme.RsaPkcs1Sha256);

        int next = 0, nextBare = 0;
        void Subject() => SignatureValidator.Validate(new MemorySource(files[next++ % Files]), inputs);
        void Baseline()
        {
            SHA256.HashData(files[nextBare++ % Files]);
            for (var i = 0; i < SignaturesChecked; i++) bare.VerifyHash(hash, value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        // The first seconds compile and are thrown away.
        for (var i = 0; i < 20; i++)
        {
            PerCpuSecond(Subject);
            PerCpuSecond(Baseline);
        }

        var pairs = new List<(double Subject, double Baseline)>();
        var clock = Stopwatch.StartNew();
        while (pairs.Count < LeastRounds || clock.Elapsed.TotalSeconds < options.Seconds) pairs.Add((PerCpuSecond(Subject), PerCpuSecond(Baseline)));
        new Measurement(
            "verify-pades-b",
            "verifications per CPU second",
            Measurement.Median(pairs.Select(p => p.Subject)),
            "five RSA-2048 public operations and SHA-256 of the same bytes, per CPU second",
            Measurement.Median(pairs.Select(p => p.Baseline)),
            Measurement.Median(pairs.Select(p => p.Subject / p.Baseline))).Print();
        return 0;
    }

    private static byte[][] MakeFiles(PkiCredential officer, PkiCredential authority)
    {
        var signer = CmsSigner.Create(officer.Certificate, [authority.Certificate], SignatureScheme.RsaPkcs1Sha256);
        return [.. Enumerable.Range(0, Files).Select(i =>
        {
            var xref = i % 2 == 0 ? SampleXref.Table : SampleXref.Stream;
            var source = new MemorySource(new SamplePdf { Seed = i, Pages = 3, Xref = xref, NoiseBytes = 100 * 1024 }.Build());
            var prepared = PadesSigner.Prepare(source, new PadesSignatureOptions
            {
                Signer = signer,
                Field = new SignatureTarget("AnTin.Signature", NewOnPage: 0, new PdfRectangle(330, 120, 450, 180)),
                ClaimedTime = TestPki.Noon.AddHours(-1),
            });
            return PadesSigner.Complete(prepared, officer.Key.SignHash(prepared.HashToSign.Span, prepared.Scheme), default, source);
        })];
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
}
