// Private keys in this process's memory. References: RFC 5958/5208 (PKCS #8), RFC 8018 (PBES2), RFC 8017, FIPS 186-5.
// For demonstration, tests, and bodies that accept keys in files; officers' keys in production live in devices or behind KeyGuard.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using AnTin.X509;

namespace AnTin.Keys;

/// <summary>Kinds of key that AnTin generates.</summary>
public enum KeyKind
{
    Rsa2048,
    Rsa3072,
    Rsa4096,
    EcP256,
    EcP384,
}

/// <summary>A key in memory. Signs synchronously and from any number of threads; each thread at work has its own platform object.</summary>
public sealed class SoftwareKey : ISigningKey, IDisposable
{
    private static readonly Func<AsymmetricAlgorithm>[] Platforms = [static () => RSA.Create(), static () => ECDsa.Create()];

    private readonly ConcurrentBag<AsymmetricAlgorithm> _idle = [];
    private readonly byte[] _pkcs8;
    private AsymmetricAlgorithm? _first;
    private bool _disposed;

    private SoftwareKey(AsymmetricAlgorithm key)
    {
        _first = key;
        _pkcs8 = key.ExportPkcs8PrivateKey();
        SubjectPublicKeyInfo = key.ExportSubjectPublicKeyInfo();
        PublicKey = X509.SubjectPublicKeyInfo.Parse(SubjectPublicKeyInfo);
        var schemes = SignatureSchemes.For(PublicKey);
        if (schemes.Count == 0)
        {
            Dispose();
            throw new CryptographicException("the key is of a kind that AnTin does not sign with");
        }

        DefaultScheme = schemes[0];
    }

    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    public SubjectPublicKeyInfo PublicKey { get; }

    public SignatureScheme DefaultScheme { get; }

    public static SoftwareKey Generate(KeyKind kind) => new(kind switch
    {
        KeyKind.Rsa2048 => RSA.Create(2048),
        KeyKind.Rsa3072 => RSA.Create(3072),
        KeyKind.Rsa4096 => RSA.Create(4096),
        KeyKind.EcP256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        KeyKind.EcP384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    });

    /// <summary>Imports an unencrypted PKCS #8 PrivateKeyInfo.</summary>
    /// <exception cref="CryptographicException">Malformed, or a key of an unknown kind.</exception>
    public static SoftwareKey FromPkcs8(ReadOnlySpan<byte> privateKeyInfo)
    {
        var copy = privateKeyInfo.ToArray();
        try
        {
            return Import(key => key.ImportPkcs8PrivateKey(copy, out _));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    /// <summary>Imports a PKCS #8 EncryptedPrivateKeyInfo (PBES2, or the older schemes the platform reads).</summary>
    /// <exception cref="CryptographicException">Wrong password, malformed, or a key of an unknown kind.</exception>
    public static SoftwareKey FromEncryptedPkcs8(ReadOnlyMemory<byte> encryptedPrivateKeyInfo, string password) =>
        Import(key => key.ImportEncryptedPkcs8PrivateKey(password, encryptedPrivateKeyInfo.Span, out _));

    /// <summary>Imports PEM: "PRIVATE KEY", or "ENCRYPTED PRIVATE KEY" with a password.</summary>
    /// <exception cref="CryptographicException">Wrong password, malformed, or a key of an unknown kind.</exception>
    public static SoftwareKey FromPem(string pem, string? password = null)
    {
        try
        {
            return Import(key =>
            {
                if (password is null)
                {
                    key.ImportFromPem(pem);
                }
                else
                {
                    key.ImportFromEncryptedPem(pem, password);
                }
            });
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("no private key in the PEM text", e);
        }
    }

    /// <summary>PKCS #8 PrivateKeyInfo. The caller owns the secret copy and zeroes it.</summary>
    public byte[] ExportPkcs8()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return [.. _pkcs8];
    }

    /// <summary>PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256.</summary>
    public byte[] ExportEncryptedPkcs8(string password, int iterations = 600_000)
    {
        var key = Take();
        try
        {
            return key.ExportEncryptedPkcs8PrivateKey(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterations));
        }
        finally
        {
            _idle.Add(key);
        }
    }

    public ValueTask<byte[]> SignHashAsync(ReadOnlyMemory<byte> hash, SignatureScheme scheme, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<byte[]>(SignHash(hash.Span, scheme));
    }

    /// <summary>The synchronous form: see <see cref="ISigningKey.SignHashAsync"/>.</summary>
    public byte[] SignHash(ReadOnlySpan<byte> hash, SignatureScheme scheme)
    {
        if (!SignatureSchemes.For(PublicKey).Contains(scheme))
        {
            throw new ArgumentException($"this key cannot sign with {scheme}", nameof(scheme));
        }

        if (hash.Length != scheme.HashLength())
        {
            throw new ArgumentException($"the hash of {scheme} has {scheme.HashLength()} octets", nameof(hash));
        }

        var key = Take();
        try
        {
            return key switch
            {
                RSA rsa => SignRsa(rsa, hash, scheme),
                ECDsa ecdsa => ecdsa.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence),
                _ => throw new CryptographicException("the key is of a kind that AnTin does not sign with"),
            };
        }
        finally
        {
            _idle.Add(key);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_pkcs8);
        Interlocked.Exchange(ref _first, null)?.Dispose();
        while (_idle.TryTake(out var key))
        {
            key.Dispose();
        }
    }

    private byte[] SignRsa(RSA rsa, ReadOnlySpan<byte> hash, SignatureScheme scheme)
    {
        var padding = scheme.Family() == SignatureFamily.RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        var signature = new byte[PublicKey.Modulus.Length];
        return rsa.TrySignHash(hash, signature, scheme.HashName(), padding, out var written) && written == signature.Length
            ? signature
            : throw new CryptographicException("the signature is not as long as the modulus");
    }

    private AsymmetricAlgorithm Take()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _first, null) is { } first)
        {
            return first;
        }

        return _idle.TryTake(out var key) ? key : Import(_pkcs8);
    }

    private static AsymmetricAlgorithm Import(byte[] pkcs8) => ImportPlatform(key => key.ImportPkcs8PrivateKey(pkcs8, out _));

    private static SoftwareKey Import(Action<AsymmetricAlgorithm> import) => new(ImportPlatform(import));

    private static AsymmetricAlgorithm ImportPlatform(Action<AsymmetricAlgorithm> import)
    {
        CryptographicException? refusal = null;
        foreach (var create in Platforms)
        {
            var key = create();
            try
            {
                import(key);
                return key;
            }
            catch (CryptographicException e)
            {
                refusal ??= e;
                key.Dispose();
            }
        }

        throw new CryptographicException("the private key cannot be read: wrong password, malformed, or neither RSA nor a NIST curve", refusal);
    }
}
