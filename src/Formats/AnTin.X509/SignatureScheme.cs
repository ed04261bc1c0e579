using System.Security.Cryptography;

namespace AnTin.X509;

/// <summary>How a key signs a hash. What AnTin makes; what it reads is wider: <see cref="SignatureAlgorithm"/>.</summary>
public enum SignatureScheme
{
    RsaPkcs1Sha256,
    RsaPkcs1Sha384,
    RsaPkcs1Sha512,
    RsaPssSha256,
    RsaPssSha384,
    RsaPssSha512,
    EcdsaP256Sha256,
    EcdsaP384Sha384,
    EcdsaP521Sha512,
}

public static class SignatureSchemes
{
    public static HashAlgorithmName HashName(this SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.RsaPkcs1Sha256 or SignatureScheme.RsaPssSha256 or SignatureScheme.EcdsaP256Sha256 => HashAlgorithmName.SHA256,
        SignatureScheme.RsaPkcs1Sha384 or SignatureScheme.RsaPssSha384 or SignatureScheme.EcdsaP384Sha384 => HashAlgorithmName.SHA384,
        SignatureScheme.RsaPkcs1Sha512 or SignatureScheme.RsaPssSha512 or SignatureScheme.EcdsaP521Sha512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };

    public static SignatureFamily Family(this SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.RsaPkcs1Sha256 or SignatureScheme.RsaPkcs1Sha384 or SignatureScheme.RsaPkcs1Sha512 => SignatureFamily.RsaPkcs1,
        SignatureScheme.RsaPssSha256 or SignatureScheme.RsaPssSha384 or SignatureScheme.RsaPssSha512 => SignatureFamily.RsaPss,
        SignatureScheme.EcdsaP256Sha256 or SignatureScheme.EcdsaP384Sha384 or SignatureScheme.EcdsaP521Sha512 => SignatureFamily.Ecdsa,
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };

    /// <summary>Octets of a digest under the scheme's hash.</summary>
    public static int HashLength(this SignatureScheme scheme) => DigestAlgorithm.Of(scheme.HashName()).Length;

    /// <summary>The schemes a public key can be used with, the usual one first; empty for keys AnTin does not sign with.</summary>
    public static IReadOnlyList<SignatureScheme> For(SubjectPublicKeyInfo key) => key.Kind switch
    {
        PublicKeyKind.Rsa => [SignatureScheme.RsaPkcs1Sha256, SignatureScheme.RsaPkcs1Sha384, SignatureScheme.RsaPkcs1Sha512,
            SignatureScheme.RsaPssSha256, SignatureScheme.RsaPssSha384, SignatureScheme.RsaPssSha512],
        PublicKeyKind.EcP256 => [SignatureScheme.EcdsaP256Sha256],
        PublicKeyKind.EcP384 => [SignatureScheme.EcdsaP384Sha384],
        PublicKeyKind.EcP521 => [SignatureScheme.EcdsaP521Sha512],
        _ => [],
    };

    /// <summary>The longest signature value, in octets, of this key: the modulus of RSA, the longest DER form of ECDSA.</summary>
    public static int MaxSignatureLength(SubjectPublicKeyInfo key) => key.Kind switch
    {
        PublicKeyKind.Rsa => (key.Bits + 7) / 8,
        PublicKeyKind.EcP256 => 72,
        PublicKeyKind.EcP384 => 104,
        PublicKeyKind.EcP521 => 139,
        _ => 1024,
    };
}
