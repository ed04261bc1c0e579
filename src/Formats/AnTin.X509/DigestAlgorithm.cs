using System.Formats.Asn1;
using System.Security.Cryptography;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>A digest known to the library: FIPS 180-4 and FIPS 202. MD5 and SHA-1 are read, never made.</summary>
/// <param name="Name">Name for <see cref="IncrementalHash"/>.</param>
/// <param name="Oid">Object identifier.</param>
/// <param name="Length">Octets of a digest.</param>
/// <param name="Label">Name in reports: SHA256, SHA3-256 …</param>
public sealed record DigestAlgorithm(HashAlgorithmName Name, string Oid, int Length, string Label)
{
    public static readonly DigestAlgorithm Md5 = new(HashAlgorithmName.MD5, Oids.Md5, 16, "MD5");
    public static readonly DigestAlgorithm Sha1 = new(HashAlgorithmName.SHA1, Oids.Sha1, 20, "SHA1");
    public static readonly DigestAlgorithm Sha256 = new(HashAlgorithmName.SHA256, Oids.Sha256, 32, "SHA256");
    public static readonly DigestAlgorithm Sha384 = new(HashAlgorithmName.SHA384, Oids.Sha384, 48, "SHA384");
    public static readonly DigestAlgorithm Sha512 = new(HashAlgorithmName.SHA512, Oids.Sha512, 64, "SHA512");
    public static readonly DigestAlgorithm Sha3With256 = new(HashAlgorithmName.SHA3_256, Oids.Sha3With256, 32, "SHA3-256");
    public static readonly DigestAlgorithm Sha3With384 = new(HashAlgorithmName.SHA3_384, Oids.Sha3With384, 48, "SHA3-384");
    public static readonly DigestAlgorithm Sha3With512 = new(HashAlgorithmName.SHA3_512, Oids.Sha3With512, 64, "SHA3-512");

    private static readonly DigestAlgorithm[] All = [Md5, Sha1, Sha256, Sha384, Sha512, Sha3With256, Sha3With384, Sha3With512];

    /// <summary>False where the platform's library lacks the digest (SHA-3 on old systems).</summary>
    public bool IsSupported => this == Sha3With256 ? SHA3_256.IsSupported
        : this == Sha3With384 ? SHA3_384.IsSupported
        : this != Sha3With512 || SHA3_512.IsSupported;

    public static DigestAlgorithm? FromOid(string oid)
    {
        foreach (var algorithm in All)
        {
            if (algorithm.Oid == oid)
            {
                return algorithm;
            }
        }

        return null;
    }

    public static DigestAlgorithm Of(HashAlgorithmName name)
    {
        foreach (var algorithm in All)
        {
            if (algorithm.Name == name)
            {
                return algorithm;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(name), name.Name, "unknown digest");
    }

    public byte[] Hash(ReadOnlySpan<byte> data) => CryptographicOperations.HashData(Name, data);

    /// <summary>AlgorithmIdentifier without parameters (RFC 5754 §2: absent is the form to generate for SHA-2).</summary>
    public void WriteIdentifier(AsnWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oid);
        }
    }

    public override string ToString() => Label;
}
