using System.Security.Cryptography;

namespace AnTin.Modules.Custody.Persistence;

/// <summary>
/// The 256-bit key that seals every key in custody, in a file only its owner can read. Trusted: with it and the database a
/// thief has what is left to guess, the PINs. It is made once, with the first use; losing it loses every key in custody.
/// </summary>
internal sealed class StoreKey(string file)
{
    private const int Bytes = 32;

    private readonly Lock _gate = new();
    private byte[]? _key;

    /// <exception cref="StoreKeyException">The file is there but is not a key.</exception>
    public ReadOnlySpan<byte> Key
    {
        get
        {
            lock (_gate)
            {
                return _key ??= Read() ?? Create();
            }
        }
    }

    private byte[]? Read()
    {
        if (!File.Exists(file))
            return null;
        byte[] key = File.ReadAllBytes(file);
        return key.Length == Bytes ? key : throw new StoreKeyException(file);
    }

    private byte[] Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        byte[] key = RandomNumberGenerator.GetBytes(Bytes);
        string aside = file + ".new-" + Guid.CreateVersion7().ToString("N", null);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(aside, options))
        {
            stream.Write(key);
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, file, overwrite: false);
            return key;
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process was first; its key is the one.
            File.Delete(aside);
            return Read()!;
        }
    }
}

/// <summary>The store key's file is not 32 octets: without the right one no key in custody can be used.</summary>
internal sealed class StoreKeyException(string file)
    : Exception($"{file} is not a store key. Restore it from its backup; a new one would make every key in custody useless.");
