namespace AnTin.X509;

/// <summary>
/// A private key, wherever it lives: memory, HSM, token, SIM, remote service. The one interface through which AnTin signs.
/// </summary>
public interface ISigningKey
{
    /// <summary>DER SubjectPublicKeyInfo of the matching public key.</summary>
    ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    SignatureScheme DefaultScheme { get; }

    /// <summary>
    /// Signs a digest computed with the scheme's hash. RSA gives an octet string as long as the modulus; ECDSA gives the DER form
    /// (Ecdsa-Sig-Value, RFC 3279 §2.2.3). A software key completes synchronously.
    /// </summary>
    ValueTask<byte[]> SignHashAsync(ReadOnlyMemory<byte> hash, SignatureScheme scheme, CancellationToken cancellationToken);
}
