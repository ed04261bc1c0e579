// Verification of signature values. References: RFC 8017 §8.2.2 (PKCS #1 v1.5) and §8.1.2 (PSS), FIPS 186-5 §6.4.2 (ECDSA).
// Never throws on a hostile key or signature: what cannot be checked is not valid.
using System.Numerics;
using System.Security.Cryptography;
using AnTin.Asn1;

namespace AnTin.X509;

public enum SignatureCheck
{
    Valid,
    Invalid,

    /// <summary>The algorithm, its parameters or its digest are not known to the library or to the platform.</summary>
    UnsupportedAlgorithm,

    /// <summary>The key is of another family than the algorithm, or not usable at all.</summary>
    UnusableKey,
}

public static class SignatureVerification
{
    public static bool Verify(SubjectPublicKeyInfo key, AlgorithmIdentifier algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        Check(key, algorithm, data, signature) == SignatureCheck.Valid;

    public static bool VerifyHash(SubjectPublicKeyInfo key, SignatureScheme scheme, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) =>
        CheckHash(key, SignatureAlgorithm.From(scheme), hash, signature) == SignatureCheck.Valid;

    public static SignatureCheck Check(SubjectPublicKeyInfo key, AlgorithmIdentifier algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        SignatureAlgorithm? known;
        try
        {
            known = SignatureAlgorithm.From(algorithm);
        }
        catch (Asn1FormatException)
        {
            return SignatureCheck.UnsupportedAlgorithm;
        }

        return known is null ? SignatureCheck.UnsupportedAlgorithm : Check(key, known, data, signature);
    }

    public static SignatureCheck Check(SubjectPublicKeyInfo key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        if (!algorithm.Digest.IsSupported)
        {
            return SignatureCheck.UnsupportedAlgorithm;
        }

        Span<byte> hash = stackalloc byte[64];
        var written = CryptographicOperations.HashData(algorithm.Digest.Name, data, hash);
        return CheckHash(key, algorithm, hash[..written], signature);
    }

    public static SignatureCheck CheckHash(SubjectPublicKeyInfo key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(algorithm);
        var rsa = algorithm.Family is SignatureFamily.RsaPkcs1 or SignatureFamily.RsaPss;
        if (!key.IsUsable || rsa != (key.Kind == PublicKeyKind.Rsa))
        {
            return SignatureCheck.UnusableKey;
        }

        // RFC 4055 §1.2: a key marked id-RSASSA-PSS must not be used with another scheme.
        if (key.Algorithm.Oid == Oids.RsaPss && algorithm.Family != SignatureFamily.RsaPss)
        {
            return SignatureCheck.UnusableKey;
        }

        if (!algorithm.Digest.IsSupported || !algorithm.MaskDigest.IsSupported)
        {
            return SignatureCheck.UnsupportedAlgorithm;
        }

        if (hash.Length != algorithm.Digest.Length)
        {
            return SignatureCheck.Invalid;
        }

        try
        {
            var valid = algorithm.Family switch
            {
                SignatureFamily.RsaPkcs1 => WithRsa(key, hash, signature, algorithm.Digest.Name, RSASignaturePadding.Pkcs1),
                SignatureFamily.RsaPss when algorithm.MaskDigest == algorithm.Digest && algorithm.SaltLength == algorithm.Digest.Length =>
                    WithRsa(key, hash, signature, algorithm.Digest.Name, RSASignaturePadding.Pss),
                SignatureFamily.RsaPss => PssWithOtherParameters(key, algorithm, hash, signature),
                _ => WithEcdsa(key, hash, signature),
            };
            return valid ? SignatureCheck.Valid : SignatureCheck.Invalid;
        }
        catch (CryptographicException)
        {
            return SignatureCheck.Invalid;
        }
        catch (PlatformNotSupportedException)
        {
            return SignatureCheck.UnsupportedAlgorithm;
        }
    }

    private static bool WithRsa(SubjectPublicKeyInfo key, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature,
        HashAlgorithmName name, RSASignaturePadding padding)
    {
        // RFC 8017 §8.2.2 step 1: the signature is exactly as long as the modulus.
        if (signature.Length != key.Modulus.Length)
        {
            return false;
        }

        return key.WithKey(new RsaCall(hash.ToArray(), signature.ToArray(), name, padding),
            static (platform, call) => ((RSA)platform).VerifyHash(call.Hash, call.Signature, call.Name, call.Padding));
    }

    private static bool WithEcdsa(SubjectPublicKeyInfo key, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (!IsStrictEcdsaValue(signature))
        {
            return false;
        }

        return key.WithKey((Hash: hash.ToArray(), Signature: signature.ToArray()),
            static (platform, call) => ((ECDsa)platform).VerifyHash(call.Hash, call.Signature, DSASignatureFormat.Rfc3279DerSequence));
    }

    // Ecdsa-Sig-Value is DER: two positive INTEGERs and nothing else.
    private static bool IsStrictEcdsaValue(ReadOnlySpan<byte> signature)
    {
        if (signature.Length is < 8 or > 160)
        {
            return false;
        }

        try
        {
            var reader = Asn1Reader.Der(signature.ToArray(), "Ecdsa-Sig-Value", Asn1Limits.Small);
            var sequence = reader.ReadSequence("Ecdsa-Sig-Value");
            var r = sequence.ReadInteger("r");
            var s = sequence.ReadInteger("s");
            sequence.End();
            reader.End();
            return r.Sign > 0 && s.Sign > 0;
        }
        catch (Asn1FormatException)
        {
            return false;
        }
    }

    // EMSA-PSS-VERIFY (RFC 8017 §9.1.2) for salt lengths and mask digests that the platform's verifier does not take.
    private static bool PssWithOtherParameters(SubjectPublicKeyInfo key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != key.Modulus.Length)
        {
            return false;
        }

        var modulus = new BigInteger(key.Modulus.Span, isUnsigned: true, isBigEndian: true);
        var value = new BigInteger(signature, isUnsigned: true, isBigEndian: true);
        if (value >= modulus)
        {
            return false;
        }

        var exponent = new BigInteger(key.Exponent.Span, isUnsigned: true, isBigEndian: true);
        var message = BigInteger.ModPow(value, exponent, modulus).ToByteArray(isUnsigned: true, isBigEndian: true);
        var emBits = key.Bits - 1;
        var emLength = (emBits + 7) / 8;
        if (message.Length > emLength)
        {
            return false;
        }

        var em = new byte[emLength];
        message.CopyTo(em.AsSpan(emLength - message.Length));
        return IsPssEncoding(em, emBits, algorithm, hash);
    }

    private static bool IsPssEncoding(byte[] em, int emBits, SignatureAlgorithm algorithm, ReadOnlySpan<byte> hash)
    {
        var hashLength = algorithm.Digest.Length;
        var salt = algorithm.SaltLength;
        if (em.Length < hashLength + salt + 2 || em[^1] != 0xbc)
        {
            return false;
        }

        var maskedLength = em.Length - hashLength - 1;
        var h = em.AsSpan(maskedLength, hashLength);
        var db = em.AsSpan(0, maskedLength).ToArray();
        var spareBits = (8 * em.Length) - emBits;
        if (spareBits > 0 && db[0] >> (8 - spareBits) != 0)
        {
            return false;
        }

        XorMask(db, h, algorithm.MaskDigest);
        db[0] &= (byte)(0xff >> spareBits);
        var zeros = maskedLength - salt - 1;
        if (db.AsSpan(0, zeros).ContainsAnyExcept((byte)0) || db[zeros] != 1)
        {
            return false;
        }

        var block = new byte[8 + hashLength + salt];
        hash.CopyTo(block.AsSpan(8));
        db.AsSpan(zeros + 1).CopyTo(block.AsSpan(8 + hashLength));
        return CryptographicOperations.FixedTimeEquals(algorithm.Digest.Hash(block), h);
    }

    // MGF1 (RFC 8017 §B.2.1).
    private static void XorMask(byte[] target, ReadOnlySpan<byte> seed, DigestAlgorithm digest)
    {
        var input = new byte[seed.Length + 4];
        seed.CopyTo(input);
        for (int counter = 0, at = 0; at < target.Length; counter++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(seed.Length), counter);
            foreach (var b in digest.Hash(input))
            {
                if (at == target.Length)
                {
                    break;
                }

                target[at++] ^= b;
            }
        }
    }

    private readonly record struct RsaCall(byte[] Hash, byte[] Signature, HashAlgorithmName Name, RSASignaturePadding Padding);
}
