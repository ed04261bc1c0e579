// SubjectPublicKeyInfo of RFC 5280 §4.1.2.7; RSA keys RFC 3279 §2.3.1 and RFC 4055 §1.2, EC keys RFC 5480 with named curves
// P-256, P-384, P-521, and brainpool (RFC 5639) for reading what European signers made. Other keys are carried and named, never used.
using System.Security.Cryptography;
using AnTin.Asn1;

namespace AnTin.X509;

public enum PublicKeyKind
{
    Unknown,
    Rsa,
    EcP256,
    EcP384,
    EcP521,
    EcBrainpoolP256,
    EcBrainpoolP384,
    EcBrainpoolP512,
}

/// <summary>A parsed public key. Immutable and safe to share between threads.</summary>
public sealed class SubjectPublicKeyInfo
{
    // The platform's key object is not promised to be thread-safe: one idle object is kept, a second thread makes its own.
    private AsymmetricAlgorithm? _idle;

    private SubjectPublicKeyInfo(ReadOnlyMemory<byte> rawData, AlgorithmIdentifier algorithm, ReadOnlyMemory<byte> keyBits)
    {
        RawData = rawData;
        Algorithm = algorithm;
        KeyBits = keyBits;
        switch (algorithm.Oid)
        {
            case Oids.RsaEncryption or Oids.RsaPss:
                ReadRsa();
                break;
            case Oids.EcPublicKey:
                ReadEc();
                break;
        }
    }

    public ReadOnlyMemory<byte> RawData { get; }

    public AlgorithmIdentifier Algorithm { get; }

    /// <summary>Content of the subjectPublicKey BIT STRING.</summary>
    public ReadOnlyMemory<byte> KeyBits { get; }

    public PublicKeyKind Kind { get; private set; }

    /// <summary>Size of the modulus or of the curve; 0 when the key is not understood.</summary>
    public int Bits { get; private set; }

    /// <summary>Big-endian RSA modulus without leading zeros; empty for other keys.</summary>
    public ReadOnlyMemory<byte> Modulus { get; private set; }

    /// <summary>Big-endian RSA public exponent without leading zeros; empty for other keys.</summary>
    public ReadOnlyMemory<byte> Exponent { get; private set; }

    public static SubjectPublicKeyInfo Parse(ReadOnlyMemory<byte> der)
    {
        var reader = Asn1Reader.Der(der, "SubjectPublicKeyInfo", Asn1Limits.Small);
        var value = Read(reader, "SubjectPublicKeyInfo");
        reader.End();
        return value;
    }

    internal static SubjectPublicKeyInfo Read(Asn1Reader reader, string name)
    {
        var raw = reader.PeekEncoded(name);
        var sequence = reader.ReadSequence(name);
        var algorithm = AlgorithmIdentifier.Read(sequence, "algorithm");
        var bits = sequence.ReadBitStringOctets("subjectPublicKey");
        sequence.End();
        return new SubjectPublicKeyInfo(raw, algorithm, bits);
    }

    /// <summary>The key is one of ours and its numbers are not absurd.</summary>
    public bool IsUsable => Kind != PublicKeyKind.Unknown;

    /// <summary>SHA-1 of the key bits: method (1) of RFC 5280 §4.2.1.2, also the key hash of OCSP.</summary>
    public byte[] KeyIdentifier() => DigestAlgorithm.Sha1.Hash(KeyBits.Span);

    /// <summary>Runs <paramref name="use"/> with the platform's key object; throws CryptographicException when it refuses the key.</summary>
    internal TResult WithKey<TState, TResult>(TState state, Func<AsymmetricAlgorithm, TState, TResult> use)
    {
        var key = Interlocked.Exchange(ref _idle, null) ?? Import();
        var result = use(key, state);
        var displaced = Interlocked.Exchange(ref _idle, key);
        displaced?.Dispose();
        return result;
    }

    private AsymmetricAlgorithm Import()
    {
        if (Kind == PublicKeyKind.Rsa)
        {
            return RSA.Create(new RSAParameters { Modulus = Modulus.ToArray(), Exponent = Exponent.ToArray() });
        }

        var curve = Kind switch
        {
            PublicKeyKind.EcP256 => ECCurve.NamedCurves.nistP256,
            PublicKeyKind.EcP384 => ECCurve.NamedCurves.nistP384,
            PublicKeyKind.EcP521 => ECCurve.NamedCurves.nistP521,
            PublicKeyKind.EcBrainpoolP256 => ECCurve.NamedCurves.brainpoolP256r1,
            PublicKeyKind.EcBrainpoolP384 => ECCurve.NamedCurves.brainpoolP384r1,
            PublicKeyKind.EcBrainpoolP512 => ECCurve.NamedCurves.brainpoolP512r1,
            _ => throw new CryptographicException("the public key is of a kind that is not supported"),
        };
        var point = KeyBits.Span;
        var size = (point.Length - 1) / 2;
        return ECDsa.Create(new ECParameters
        {
            Curve = curve,
            Q = new ECPoint { X = point.Slice(1, size).ToArray(), Y = point[(1 + size)..].ToArray() },
        });
    }

    private void ReadRsa()
    {
        Asn1Reader sequence;
        ReadOnlyMemory<byte> modulus, exponent;
        try
        {
            var reader = Asn1Reader.Der(KeyBits, "RSAPublicKey", Asn1Limits.Small);
            sequence = reader.ReadSequence("RSAPublicKey");
            modulus = TrimZeros(sequence.ReadIntegerBytes("modulus"));
            exponent = TrimZeros(sequence.ReadIntegerBytes("publicExponent"));
            sequence.End();
            reader.End();
        }
        catch (Asn1FormatException)
        {
            // The certificate is still readable; its key is not usable.
            return;
        }

        // Fail closed on absurd numbers: modulus of 512 to 16384 bits and odd, exponent odd, above 1 and within 64 bits
        // (a giant exponent is a known way to burn a verifier's time).
        if (modulus.Length is < 64 or > 2048 || (modulus.Span[^1] & 1) == 0)
        {
            return;
        }

        if (exponent.Length is < 1 or > 8 || (exponent.Span[^1] & 1) == 0 || (exponent.Length == 1 && exponent.Span[0] < 3))
        {
            return;
        }

        Modulus = modulus;
        Exponent = exponent;
        Bits = (modulus.Length * 8) - System.Numerics.BitOperations.LeadingZeroCount((uint)modulus.Span[0]) + 24;
        Kind = PublicKeyKind.Rsa;
    }

    private void ReadEc()
    {
        string curve;
        try
        {
            // RFC 5480 §2.1.1: namedCurve is the only choice; explicit parameters are refused (they allow forged generators).
            var reader = Asn1Reader.Der(Algorithm.Parameters, "ECParameters", Asn1Limits.Small);
            curve = reader.ReadOid("namedCurve");
            reader.End();
        }
        catch (Asn1FormatException)
        {
            return;
        }

        var (kind, bits) = curve switch
        {
            Oids.CurveP256 => (PublicKeyKind.EcP256, 256),
            Oids.CurveP384 => (PublicKeyKind.EcP384, 384),
            Oids.CurveP521 => (PublicKeyKind.EcP521, 521),
            Oids.CurveBrainpoolP256 => (PublicKeyKind.EcBrainpoolP256, 256),
            Oids.CurveBrainpoolP384 => (PublicKeyKind.EcBrainpoolP384, 384),
            Oids.CurveBrainpoolP512 => (PublicKeyKind.EcBrainpoolP512, 512),
            _ => (PublicKeyKind.Unknown, 0),
        };

        // Uncompressed points only (RFC 5480 §2.2 makes compression optional, nobody issues it).
        var expected = 1 + (2 * ((bits + 7) / 8));
        if (kind != PublicKeyKind.Unknown && KeyBits.Length == expected && KeyBits.Span[0] == 4)
        {
            Kind = kind;
            Bits = bits;
        }
    }

    private static ReadOnlyMemory<byte> TrimZeros(ReadOnlyMemory<byte> integer)
    {
        // A negative INTEGER is no modulus; give nothing so that the key is not used.
        if (integer.IsEmpty || integer.Span[0] >= 0x80)
        {
            return default;
        }

        var zeros = 0;
        while (zeros < integer.Length && integer.Span[zeros] == 0)
        {
            zeros++;
        }

        return integer[zeros..];
    }
}
