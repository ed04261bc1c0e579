using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AnTin.Cms;
using AnTin.X509;

namespace AnTin.TestKit;

/// <summary>A key with a certificate under a small test authority, made by the platform and not by the product.</summary>
public sealed class TestCredential : ISigningKey, IDisposable
{
    private static readonly DateTimeOffset From = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<(ECDsa Key, X509Certificate2 Certificate)> Authority = new(MakeAuthority);

    private readonly AsymmetricAlgorithm? key;

    private TestCredential(ReadOnlyMemory<byte> publicKey, AsymmetricAlgorithm? key, string commonName)
    {
        this.key = key;
        SubjectPublicKeyInfo = publicKey;
        var request = new CertificateRequest(
            new X500DistinguishedName($"CN={commonName}, O=UBND tỉnh An Bình, C=VN"), PublicKey.CreateFromSubjectPublicKeyInfo(publicKey.Span, out _), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var issued = request.Create(Authority.Value.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(Authority.Value.Key), From, From.AddYears(10), SHA256.HashData(SubjectPublicKeyInfo.Span)[..8]);
        Certificate = AnTin.X509.Certificate.Parse(issued.RawData);
        Chain = [AnTin.X509.Certificate.Parse(Authority.Value.Certificate.RawData)];
        DefaultScheme = SignatureSchemes.For(Certificate.PublicKey)[0];
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <inheritdoc/>
    public SignatureScheme DefaultScheme { get; }

    /// <summary>The signing certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>Its issuer.</summary>
    public IReadOnlyList<Certificate> Chain { get; }

    /// <summary>The authority's certificate in PEM.</summary>
    public static string AuthorityPem => Authority.Value.Certificate.ExportCertificatePem();

    /// <summary>A credential ready to sign documents.</summary>
    public CmsSigner Signer => CmsSigner.Create(Certificate, Chain, DefaultScheme);

    /// <summary>An RSA key of 2048 bits.</summary>
    public static TestCredential Rsa(string commonName = "Nguyễn Văn Mẫu") => Of(RSA.Create(2048), commonName);

    /// <summary>A P-256 key.</summary>
    public static TestCredential Ec(string commonName = "Trần Thị Ví Dụ") => Of(ECDsa.Create(ECCurve.NamedCurves.nistP256), commonName);

    /// <summary>A certificate for a key that lives elsewhere; this object cannot sign then.</summary>
    public static TestCredential For(ReadOnlyMemory<byte> subjectPublicKeyInfo, string commonName = "Nguyễn Văn Mẫu") => new(subjectPublicKeyInfo, null, commonName);

    /// <inheritdoc/>
    public ValueTask<byte[]> SignHashAsync(ReadOnlyMemory<byte> hash, SignatureScheme scheme, CancellationToken cancellationToken) => ValueTask.FromResult(key switch
    {
        RSA rsa => rsa.SignHash(hash.Span, scheme.HashName(), RSASignaturePadding.Pkcs1),
        ECDsa ec => ec.SignHash(hash.Span, DSASignatureFormat.Rfc3279DerSequence),
        _ => throw new NotSupportedException(),
    });

    /// <inheritdoc/>
    public void Dispose() => key?.Dispose();

    private static TestCredential Of(AsymmetricAlgorithm key, string commonName) => new(key.ExportSubjectPublicKeyInfo(), key, commonName);

    private static (ECDsa, X509Certificate2) MakeAuthority()
    {
        var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test Authority, O=AnTin, C=VN", own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return (own, request.CreateSelfSigned(From, From.AddYears(20)));
    }
}
