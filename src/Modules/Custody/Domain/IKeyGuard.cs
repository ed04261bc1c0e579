using AnTin.X509;

namespace AnTin.Modules.Custody.Domain;

/// <summary>A fresh key: what may be shown, and what only a KeyGuard can open.</summary>
internal sealed record GuardedKey(byte[] SubjectPublicKeyInfo, byte[] SealedKey);

internal enum KeyGuardVerdict
{
    Done = 0,
    WrongPin = 1,

    /// <summary>The key is not of the kind the scheme needs.</summary>
    BadScheme = 2,
}

/// <param name="Value">Signature, or the key sealed anew; null unless done.</param>
internal sealed record KeyGuardAnswer(KeyGuardVerdict Verdict, byte[]? Value);

/// <summary>
/// The one place where a key in custody is in the clear, for the time of one call. It knows neither people nor documents nor
/// how many tries are left: whoever calls has counted the try already. In-process for now; the same interface will stand
/// before a process of its own.
/// </summary>
internal interface IKeyGuard
{
    GuardedKey Generate(Guid credential, string pin);

    /// <exception cref="SealedKeyDamagedException">The sealed key is not one of this store, or was altered.</exception>
    KeyGuardAnswer SignHash(Guid credential, GuardedKey key, string pin, ReadOnlyMemory<byte> hash, SignatureScheme scheme);

    /// <summary>Opens with the old PIN and seals with the new one.</summary>
    /// <exception cref="SealedKeyDamagedException">The sealed key is not one of this store, or was altered.</exception>
    KeyGuardAnswer ChangePin(Guid credential, GuardedKey key, string pin, string newPin);
}

/// <summary>A sealed key cannot be opened with this store's key: the row was altered or belongs to another store.</summary>
internal sealed class SealedKeyDamagedException(Guid credential, Exception inner)
    : Exception($"The sealed key of credential {credential:D} was altered or belongs to another store.", inner);
