using AnTin.Cli.Files;
using AnTin.Cms;
using AnTin.Contracts.Platform;
using AnTin.Keys;
using AnTin.X509;

namespace AnTin.Cli.Commands;

/// <summary>A key opened from a PKCS#12 file, fit to sign now.</summary>
internal sealed class SigningKeyFile : IDisposable
{
    private readonly SoftwareKey _key;

    private SigningKeyFile(SoftwareKey key, CmsSigner signer)
    {
        _key = key;
        Signer = signer;
    }

    public ISigningKey Key => _key;

    public CmsSigner Signer { get; }

    public Certificate Certificate => Signer.Certificate;

    public static async Task<Result<SigningKeyFile>> OpenAsync(SignRequest request, DateTimeOffset now, CancellationToken ct)
    {
        if (!(await InputFile.ReadSmallAsync(request.KeyFile, ct)).TryGet(out byte[]? file, out Error? missing))
            return missing;
        if (!(await InputFile.ReadPasswordAsync(request.PasswordFile, ct)).TryGet(out string? password, out Error? unread))
            return unread;
        Pkcs12Content content;
        try
        {
            content = Pkcs12.Load(file, password);
        }
        catch (KeyFileException e)
        {
            return new Error(e.Problem is KeyFileProblem.NoCertificate ? CliErrors.KeyWithoutCertificate : CliErrors.KeyUnreadable, request.KeyFile);
        }
        SignatureScheme scheme = default;
        Error? refusal = Unfit(content, request, now) ?? ChooseScheme(content.Key, request.Digest, out scheme);
        if (refusal is not null)
        {
            content.Key.Dispose();
            return refusal;
        }
        return new SigningKeyFile(content.Key, CmsSigner.Create(content.Certificate, content.Chain, scheme));
    }

    public void Dispose() => _key.Dispose();

    private static Error? Unfit(Pkcs12Content content, SignRequest request, DateTimeOffset now)
    {
        Text? why = null;
        if (now > content.Certificate.NotAfter)
            why = new Text($"đã hết hạn ngày {Day(content.Certificate.NotAfter)}", $"it expired on {Day(content.Certificate.NotAfter)}");
        else if (now < content.Certificate.NotBefore)
            why = new Text($"chưa có hiệu lực trước ngày {Day(content.Certificate.NotBefore)}", $"it is not valid before {Day(content.Certificate.NotBefore)}");
        else if (content.Certificate.KeyUsage is { } usage && (usage & (KeyUsages.DigitalSignature | KeyUsages.NonRepudiation)) == KeyUsages.None)
            why = new Text("không được cấp để ký", "it was not issued for signing");
        return why is null ? null : new Error(CliErrors.CertificateNotUsable, request.KeyFile, why);
    }

    private static Error? ChooseScheme(SoftwareKey key, string digest, out SignatureScheme scheme)
    {
        // Signing with PSS comes later; reading it is there.
        List<SignatureScheme> usable = [.. SignatureSchemes.For(key.PublicKey).Where(s => s.Family() != SignatureFamily.RsaPss)];
        scheme = usable[0];
        if (digest.Length == 0)
            return null;
        string Name(SignatureScheme s) => s.HashName().Name!.ToLowerInvariant();
        int found = usable.FindIndex(s => Name(s) == digest);
        if (found < 0)
            return new Error(CliErrors.DigestNotForKey, digest, string.Join(", ", usable.Select(Name)));
        scheme = usable[found];
        return null;
    }

    private static string Day(DateTimeOffset time) =>
        time.ToOffset(Text.VietnamOffset).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
