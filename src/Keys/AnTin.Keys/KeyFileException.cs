using System.Security.Cryptography;

namespace AnTin.Keys;

public enum KeyFileProblem
{
    WrongPassword,
    Malformed,
    NoPrivateKey,
    NoCertificate,
    UnsupportedKey,
}

/// <summary>A key file cannot be used, and why. The message never holds the password or key material.</summary>
public sealed class KeyFileException(KeyFileProblem problem, string message, Exception? inner = null) : CryptographicException(message, inner)
{
    public KeyFileProblem Problem { get; } = problem;
}
