// Signature algorithms as they are read from certificates, CRLs, OCSP responses and CMS.
// References: RFC 4055 and RFC 8017 (RSA, PSS parameters), RFC 5758 (ECDSA), RFC 8692/NIST OIDs (SHA-3), RFC 5652 §10.1.2 (in CMS
// the digest may stand apart from rsaEncryption). Limits: DSA and EdDSA are named but not verified.
using System.Formats.Asn1;
using System.Security.Cryptography;
using AnTin.Asn1;

namespace AnTin.X509;

public enum SignatureFamily
{
    RsaPkcs1,
    RsaPss,
    Ecdsa,
}

/// <param name="Family">Kind of signature.</param>
/// <param name="Digest">Digest of the signed data.</param>
/// <param name="MaskDigest">Digest inside MGF1; only for PSS, else the same as <paramref name="Digest"/>.</param>
/// <param name="SaltLength">Octets of salt; only for PSS, else 0.</param>
public sealed record SignatureAlgorithm(SignatureFamily Family, DigestAlgorithm Digest, DigestAlgorithm MaskDigest, int SaltLength)
{
    public static SignatureAlgorithm Pkcs1(DigestAlgorithm digest) => new(SignatureFamily.RsaPkcs1, digest, digest, 0);

    public static SignatureAlgorithm Pss(DigestAlgorithm digest) => new(SignatureFamily.RsaPss, digest, digest, digest.Length);

    public static SignatureAlgorithm Ecdsa(DigestAlgorithm digest) => new(SignatureFamily.Ecdsa, digest, digest, 0);

    public static SignatureAlgorithm From(SignatureScheme scheme)
    {
        var digest = DigestAlgorithm.Of(scheme.HashName());
        return scheme.Family() switch
        {
            SignatureFamily.RsaPkcs1 => Pkcs1(digest),
            SignatureFamily.RsaPss => Pss(digest),
            _ => Ecdsa(digest),
        };
    }

    /// <summary>Name in reports: RSA-PKCS1, RSA-PSS, ECDSA.</summary>
    public string FamilyName => Family switch
    {
        SignatureFamily.RsaPkcs1 => "RSA-PKCS1",
        SignatureFamily.RsaPss => "RSA-PSS",
        _ => "ECDSA",
    };

    /// <summary>The algorithm of a certificate, CRL or OCSP signature; null when the library does not know it.</summary>
    /// <exception cref="Asn1FormatException">PSS parameters are malformed.</exception>
    public static SignatureAlgorithm? From(AlgorithmIdentifier identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        if (identifier.Oid == Oids.RsaPss)
        {
            return ReadPss(identifier.Parameters);
        }

        // RFC 4055 §5, RFC 5758 §3.2: PKCS #1 v1.5 has NULL (absence is tolerated), ECDSA has no parameters (NULL is tolerated).
        if (!identifier.HasNoParameters)
        {
            return null;
        }

        return identifier.Oid switch
        {
            Oids.RsaSha256 => Pkcs1(DigestAlgorithm.Sha256),
            Oids.RsaSha384 => Pkcs1(DigestAlgorithm.Sha384),
            Oids.RsaSha512 => Pkcs1(DigestAlgorithm.Sha512),
            Oids.RsaSha1 or Oids.RsaSha1Oiw => Pkcs1(DigestAlgorithm.Sha1),
            Oids.RsaMd5 => Pkcs1(DigestAlgorithm.Md5),
            Oids.RsaSha3With256 => Pkcs1(DigestAlgorithm.Sha3With256),
            Oids.RsaSha3With384 => Pkcs1(DigestAlgorithm.Sha3With384),
            Oids.RsaSha3With512 => Pkcs1(DigestAlgorithm.Sha3With512),
            Oids.EcdsaSha256 => Ecdsa(DigestAlgorithm.Sha256),
            Oids.EcdsaSha384 => Ecdsa(DigestAlgorithm.Sha384),
            Oids.EcdsaSha512 => Ecdsa(DigestAlgorithm.Sha512),
            Oids.EcdsaSha1 => Ecdsa(DigestAlgorithm.Sha1),
            Oids.EcdsaSha3With256 => Ecdsa(DigestAlgorithm.Sha3With256),
            Oids.EcdsaSha3With384 => Ecdsa(DigestAlgorithm.Sha3With384),
            Oids.EcdsaSha3With512 => Ecdsa(DigestAlgorithm.Sha3With512),
            _ => null,
        };
    }

    /// <summary>
    /// The algorithm of a CMS SignerInfo. `rsaEncryption` and `ecPublicKey` take the digest named beside them (RFC 3370 §3.2);
    /// otherwise the digests must agree, and null is given when they do not.
    /// </summary>
    public static SignatureAlgorithm? FromCms(AlgorithmIdentifier signature, AlgorithmIdentifier digest)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(digest);
        var named = DigestAlgorithm.FromOid(digest.Oid);
        if (named is null)
        {
            return null;
        }

        if (signature.Oid == Oids.RsaEncryption)
        {
            return Pkcs1(named);
        }

        if (signature.Oid == Oids.EcPublicKey)
        {
            return Ecdsa(named);
        }

        var algorithm = From(signature);
        return algorithm?.Digest == named ? algorithm : null;
    }

    /// <summary>Writes the AlgorithmIdentifier that certificates and CMS carry for this algorithm.</summary>
    public void WriteIdentifier(AsnWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        using (writer.PushSequence())
        {
            switch (Family)
            {
                case SignatureFamily.RsaPkcs1:
                    writer.WriteObjectIdentifier(RsaOid());
                    writer.WriteNull();
                    break;
                case SignatureFamily.Ecdsa:
                    writer.WriteObjectIdentifier(EcdsaOid());
                    break;
                default:
                    writer.WriteObjectIdentifier(Oids.RsaPss);
                    WritePss(writer);
                    break;
            }
        }
    }

    public byte[] EncodeIdentifier()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        WriteIdentifier(writer);
        return writer.Encode();
    }

    private string RsaOid() => Digest.Label switch
    {
        "SHA1" => Oids.RsaSha1,
        "SHA256" => Oids.RsaSha256,
        "SHA384" => Oids.RsaSha384,
        "SHA512" => Oids.RsaSha512,
        "SHA3-256" => Oids.RsaSha3With256,
        "SHA3-384" => Oids.RsaSha3With384,
        "SHA3-512" => Oids.RsaSha3With512,
        _ => Oids.RsaMd5,
    };

    private string EcdsaOid() => Digest.Label switch
    {
        "SHA1" => Oids.EcdsaSha1,
        "SHA256" => Oids.EcdsaSha256,
        "SHA384" => Oids.EcdsaSha384,
        "SHA512" => Oids.EcdsaSha512,
        "SHA3-256" => Oids.EcdsaSha3With256,
        "SHA3-384" => Oids.EcdsaSha3With384,
        "SHA3-512" => Oids.EcdsaSha3With512,
        _ => throw new InvalidOperationException("no ECDSA identifier for " + Digest.Label),
    };

    // RSASSA-PSS-params of RFC 4055 §3.1. DER leaves out fields that hold their defaults (SHA-1, MGF1 with SHA-1, 20, 1).
    private void WritePss(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            if (Digest != DigestAlgorithm.Sha1)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    WriteWithNull(writer, Digest);
                }
            }

            if (MaskDigest != DigestAlgorithm.Sha1)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.RsaMgf1);
                    WriteWithNull(writer, MaskDigest);
                }
            }

            if (SaltLength != 20)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
                {
                    writer.WriteInteger(SaltLength);
                }
            }
        }
    }

    // RFC 4055 §2.1: inside PSS parameters the digest identifiers are written with NULL; both forms are read.
    private static void WriteWithNull(AsnWriter writer, DigestAlgorithm digest)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(digest.Oid);
            writer.WriteNull();
        }
    }

    private static SignatureAlgorithm? ReadPss(ReadOnlyMemory<byte> parameters)
    {
        // RFC 4055 §3.1: in an algorithm identifier of a signature the parameters MUST be present.
        if (parameters.IsEmpty)
        {
            return null;
        }

        var outer = Asn1Reader.Ber(parameters, "RSASSA-PSS-params", Asn1Limits.Small);
        var reader = outer.ReadSequence("params");
        DigestAlgorithm? digest = DigestAlgorithm.Sha1, mask = DigestAlgorithm.Sha1;
        var salt = 20;
        var trailer = 1;
        if (reader.NextIsContext(0))
        {
            digest = KnownDigest(AlgorithmIdentifier.Read(reader.ReadExplicit("hashAlgorithm", 0), "hash"));
        }

        if (reader.NextIsContext(1))
        {
            var generator = AlgorithmIdentifier.Read(reader.ReadExplicit("maskGenAlgorithm", 1), "mgf");
            mask = generator.Oid == Oids.RsaMgf1 && !generator.Parameters.IsEmpty
                ? KnownDigest(AlgorithmIdentifier.Parse(generator.Parameters))
                : null;
        }

        if (reader.NextIsContext(2))
        {
            salt = reader.ReadExplicit("saltLength", 2).ReadInt32("salt");
        }

        if (reader.NextIsContext(3))
        {
            trailer = reader.ReadExplicit("trailerField", 3).ReadInt32("trailer");
        }

        reader.End();
        outer.End();
        if (digest is null || mask is null || trailer != 1 || salt is < 0 or > 1024)
        {
            return null;
        }

        return new SignatureAlgorithm(SignatureFamily.RsaPss, digest, mask, salt);
    }

    private static DigestAlgorithm? KnownDigest(AlgorithmIdentifier identifier) =>
        identifier.HasNoParameters ? DigestAlgorithm.FromOid(identifier.Oid) : null;
}
