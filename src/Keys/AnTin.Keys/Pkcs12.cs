// PKCS #12 key files. References: RFC 7292, RFC 8018 (PBES2). Written: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256, MAC with SHA-256;
// OpenSSL 3 and current Windows and Android read it. Read: that, and the 3DES files of older tools. Limits: password mode only;
// one private key a file; RC2-40 certificate bags where the platform has RC2.
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Keys;

/// <summary>A credential from a key file. The caller owns and disposes the key.</summary>
/// <param name="Key">The private key.</param>
/// <param name="Certificate">The certificate of that key.</param>
/// <param name="Chain">The other certificates of the file, issuers first found first.</param>
public sealed record Pkcs12Content(SoftwareKey Key, Certificate Certificate, IReadOnlyList<Certificate> Chain);

public static class Pkcs12
{
    // A key file holds a key and a short chain; larger input is not one.
    private const int MaxBytes = 1 << 20;

    /// <exception cref="KeyFileException">Wrong password, malformed, or no usable key with its certificate.</exception>
    public static Pkcs12Content Load(ReadOnlyMemory<byte> file, string password)
    {
        if (file.Length > MaxBytes)
        {
            throw new KeyFileException(KeyFileProblem.Malformed, "larger than a key file can be");
        }

        var info = Decode(file);
        if (info.IntegrityMode != Pkcs12IntegrityMode.Password || !VerifyMac(info, password))
        {
            throw new KeyFileException(KeyFileProblem.WrongPassword, "the password does not open the key file");
        }

        var certificates = new List<Certificate>();
        SoftwareKey? key = null;
        try
        {
            foreach (var safe in info.AuthenticatedSafe)
            {
                key = ReadSafe(safe, password, certificates) ?? key;
            }
        }
        catch (Exception e) when (IsRefusal(e) && e is not KeyFileException)
        {
            key?.Dispose();
            throw new KeyFileException(KeyFileProblem.Malformed, "the key file's content cannot be read", e);
        }

        if (key is null)
        {
            throw new KeyFileException(KeyFileProblem.NoPrivateKey, "the key file holds no private key");
        }

        var own = certificates.Find(c => c.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span))
            ?? certificates.Find(c => SameKey(c.PublicKey, key.PublicKey));
        if (own is null)
        {
            key.Dispose();
            throw new KeyFileException(KeyFileProblem.NoCertificate, "the key file holds no certificate of its key");
        }

        return new Pkcs12Content(key, own, [.. certificates.Where(c => !c.Equals(own)).Distinct()]);
    }

    /// <summary>Writes a key file.</summary>
    /// <param name="key">The private key.</param>
    /// <param name="certificate">Its certificate.</param>
    /// <param name="chain">Issuers to carry along.</param>
    /// <param name="password">Opens the file.</param>
    /// <param name="friendlyName">Shown by certificate stores; null for none.</param>
    /// <param name="iterations">Rounds of key derivation, for encryption and for the MAC.</param>
    public static byte[] Save(SoftwareKey key, Certificate certificate, IEnumerable<Certificate> chain, string password,
        string? friendlyName = null, int iterations = 100_000)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(chain);
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterations);
        var id = new Pkcs9LocalKeyId(certificate.PublicKey.KeyIdentifier());
        var keys = new Pkcs12SafeContents();
        var keyBag = new Pkcs12ShroudedKeyBag(key.ExportEncryptedPkcs8(password, iterations), skipCopy: true);
        Label(keyBag, id, friendlyName);
        keys.AddSafeBag(keyBag);

        var certificates = new Pkcs12SafeContents();
        var leaf = new Pkcs12CertBag(X509CertificateType(), OctetString(certificate));
        Label(leaf, id, friendlyName);
        certificates.AddSafeBag(leaf);
        foreach (var issuer in chain.Where(c => !c.Equals(certificate)).Distinct())
        {
            certificates.AddSafeBag(new Pkcs12CertBag(X509CertificateType(), OctetString(issuer)));
        }

        var builder = new Pkcs12Builder();
        builder.AddSafeContentsEncrypted(certificates, password, encryption);
        builder.AddSafeContentsUnencrypted(keys);
        builder.SealWithMac(password, HashAlgorithmName.SHA256, iterations);
        return builder.Encode();
    }

    private static Pkcs12Info Decode(ReadOnlyMemory<byte> file)
    {
        try
        {
            return Pkcs12Info.Decode(file, out _);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new KeyFileException(KeyFileProblem.Malformed, "not a PKCS #12 file", e);
        }
    }

    // The platform lets its ASN.1 exception out for some malformed files.
    private static bool IsRefusal(Exception e) => e is CryptographicException or System.Formats.Asn1.AsnContentException;

    private static bool VerifyMac(Pkcs12Info info, string password)
    {
        try
        {
            // An empty password has two encodings in the field: two zero octets, and none.
            return info.VerifyMac(password) || (password.Length == 0 && info.VerifyMac((string?)null));
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new KeyFileException(KeyFileProblem.Malformed, "the key file's integrity code cannot be computed", e);
        }
    }

    private static SoftwareKey? ReadSafe(Pkcs12SafeContents safe, string password, List<Certificate> certificates)
    {
        if (safe.ConfidentialityMode == Pkcs12ConfidentialityMode.Password)
        {
            safe.Decrypt(password);
        }

        SoftwareKey? key = null;
        foreach (var bag in safe.GetBags())
        {
            switch (bag)
            {
                case Pkcs12ShroudedKeyBag shrouded:
                    key ??= SoftwareKey.FromEncryptedPkcs8(shrouded.EncryptedPkcs8PrivateKey, password);
                    break;
                case Pkcs12KeyBag plain:
                    key ??= SoftwareKey.FromPkcs8(plain.Pkcs8PrivateKey.Span);
                    break;
                case Pkcs12CertBag { IsX509Certificate: true } bagged:
                    certificates.Add(ReadCertificate(bagged));
                    break;
            }
        }

        return key;
    }

    private static Certificate ReadCertificate(Pkcs12CertBag bag)
    {
        try
        {
            return Certificate.Parse(Asn1Reader.Ber(bag.EncodedCertificate, "certBag").ReadOctetString("certValue"));
        }
        catch (Asn1FormatException e)
        {
            throw new KeyFileException(KeyFileProblem.Malformed, "a certificate of the key file cannot be read", e);
        }
    }

    // Two encodings of one key: the parameters of the algorithm may be written differently.
    private static bool SameKey(SubjectPublicKeyInfo left, SubjectPublicKeyInfo right) =>
        left.Kind == right.Kind && left.IsUsable && left.KeyBits.Span.SequenceEqual(right.KeyBits.Span);

    private static Oid X509CertificateType() => new("1.2.840.113549.1.9.22.1");

    private static byte[] OctetString(Certificate certificate) => Der.Wrap(Der.OctetString, certificate.RawData);

    private static void Label(Pkcs12SafeBag bag, Pkcs9LocalKeyId id, string? friendlyName)
    {
        bag.Attributes.Add(id);
        if (friendlyName is not null)
        {
            bag.Attributes.Add(new AsnEncodedData("1.2.840.113549.1.9.20",
                Der.Encode(w => w.WriteCharacterString(System.Formats.Asn1.UniversalTagNumber.BMPString, friendlyName))));
        }
    }
}
