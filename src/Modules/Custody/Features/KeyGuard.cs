// Custody of private keys at rest. References: RFC 5958 (PKCS #8), RFC 8018 (PBES2, PBKDF2), NIST SP 800-38D (AES-GCM), NIST SP 800-132.
// Two locks in series: the holder's PIN stretches into the inner key, the store key (a file the database never sees) makes the outer one. A copy of
// the database alone is useless; with the store key too, a six-digit PIN still costs an attacker about a million stretchings of 600,000 rounds.
// Limits: RSA-2048; the platform's big-number memory is freed, not provably cleared; a managed string with the PIN lives until collected.
using System.Security.Cryptography;
using AnTin.Keys;
using AnTin.Modules.Custody.Domain;
using AnTin.Modules.Custody.Persistence;
using AnTin.X509;

namespace AnTin.Modules.Custody.Features;

/// <summary>The in-process KeyGuard. Keeps no key between calls: every use opens, signs, and wipes.</summary>
/// <param name="store">The outer lock.</param>
/// <param name="iterations">Rounds of stretching for keys sealed from now on; tests alone take fewer.</param>
internal sealed class KeyGuard(StoreKey store, int iterations = KeyGuard.Iterations) : IKeyGuard
{
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    // OWASP's 2023 figure for PBKDF2-HMAC-SHA-256; some 0.2 s on a server's core, paid once per signature.
    public const int Iterations = 600_000;

    private readonly PbeParameters _stretching = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterations);

    public GuardedKey Generate(Guid credential, string pin)
    {
        using var rsa = RSA.Create(2048);
        byte[] subjectPublicKeyInfo = rsa.ExportSubjectPublicKeyInfo();
        return new GuardedKey(subjectPublicKeyInfo, Seal(credential, subjectPublicKeyInfo, rsa.ExportEncryptedPkcs8PrivateKey(pin, _stretching)));
    }

    public KeyGuardAnswer SignHash(Guid credential, GuardedKey key, string pin, ReadOnlyMemory<byte> hash, SignatureScheme scheme)
    {
        using SoftwareKey? opened = Open(credential, key, pin);
        if (opened is null)
            return new KeyGuardAnswer(KeyGuardVerdict.WrongPin, null);
        return SignatureSchemes.For(opened.PublicKey).Contains(scheme)
            ? new KeyGuardAnswer(KeyGuardVerdict.Done, opened.SignHash(hash.Span, scheme))
            : new KeyGuardAnswer(KeyGuardVerdict.BadScheme, null);
    }

    public KeyGuardAnswer ChangePin(Guid credential, GuardedKey key, string pin, string newPin)
    {
        using SoftwareKey? opened = Open(credential, key, pin);
        return opened is null
            ? new KeyGuardAnswer(KeyGuardVerdict.WrongPin, null)
            : new KeyGuardAnswer(KeyGuardVerdict.Done, Seal(credential, key.SubjectPublicKeyInfo, opened.ExportEncryptedPkcs8(newPin, iterations)));
    }

    /// <returns>Null when the PIN is wrong.</returns>
    private SoftwareKey? Open(Guid credential, GuardedKey key, string pin)
    {
        byte[] encrypted = Unseal(credential, key);
        SoftwareKey opened;
        try
        {
            opened = SoftwareKey.FromEncryptedPkcs8(encrypted, pin);
        }
        catch (CryptographicException)
        {
            // The outer seal has just proved the bytes are ours, so the PIN is what is wrong.
            return null;
        }

        // One wrong PIN in 2^8 decrypts to a padding that looks right; the key behind it cannot be this one.
        if (opened.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo))
            return opened;
        opened.Dispose();
        return null;
    }

    // format ‖ nonce ‖ tag ‖ ciphertext; bound to the credential and its public key, so that rows cannot be swapped.
    private byte[] Seal(Guid credential, byte[] subjectPublicKeyInfo, byte[] encrypted)
    {
        byte[] result = new byte[1 + NonceBytes + TagBytes + encrypted.Length];
        result[0] = Format;
        Span<byte> nonce = result.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(store.Key, TagBytes);
        aes.Encrypt(nonce, encrypted, result.AsSpan(1 + NonceBytes + TagBytes), result.AsSpan(1 + NonceBytes, TagBytes), Binding(credential, subjectPublicKeyInfo));
        return result;
    }

    private byte[] Unseal(Guid credential, GuardedKey key)
    {
        try
        {
            ReadOnlySpan<byte> all = key.SealedKey;
            if (all.Length < 1 + NonceBytes + TagBytes || all[0] != Format)
                throw new CryptographicException("The sealed key is of an unknown format.");
            byte[] encrypted = new byte[all.Length - 1 - NonceBytes - TagBytes];
            using var aes = new AesGcm(store.Key, TagBytes);
            aes.Decrypt(
                all.Slice(1, NonceBytes), all[(1 + NonceBytes + TagBytes)..], all.Slice(1 + NonceBytes, TagBytes), encrypted,
                Binding(credential, key.SubjectPublicKeyInfo));
            return encrypted;
        }
        catch (CryptographicException e)
        {
            throw new SealedKeyDamagedException(credential, e);
        }
    }

    private static byte[] Binding(Guid credential, byte[] subjectPublicKeyInfo) =>
        [.. credential.ToByteArray(bigEndian: true), .. SHA256.HashData(subjectPublicKeyInfo)];
}
