using System.Security.Cryptography;
using System.Text;
using AnTin.Platform.Evidence.Tree;

namespace AnTin.Platform.Evidence;

/// <summary>Signs the checkpoints of one log. Its key is not the authority's: it vouches for order, not for people.</summary>
public interface ICheckpointSigner
{
    string Log { get; }

    NoteVerifier Verifier { get; }

    /// <summary>The complete signed note.</summary>
    ValueTask<string> SignAsync(Checkpoint checkpoint, CancellationToken ct);
}

/// <summary>
/// A key in a file of the data folder (PKCS#8 PEM, readable by the owner only). Whoever owns it can sign a second
/// history; older checkpoints kept elsewhere expose that.
/// </summary>
internal sealed class FileCheckpointSigner : ICheckpointSigner, IDisposable
{
    private readonly ECDsa _key;

    private FileCheckpointSigner(string log, string origin, ECDsa key)
    {
        Log = log;
        _key = key;
        Verifier = new NoteVerifier(origin, key.ExportSubjectPublicKeyInfo());
    }

    public string Log { get; }

    public NoteVerifier Verifier { get; }

    /// <summary>Reads the key, or makes one when there is none; the head row pins it, so a vanished key is noticed.</summary>
    public static FileCheckpointSigner Open(string log, string origin, string file)
    {
        if (!File.Exists(file))
            Create(file);
        ECDsa key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return new FileCheckpointSigner(log, origin, key);
    }

    public ValueTask<string> SignAsync(Checkpoint checkpoint, CancellationToken ct)
    {
        string text = checkpoint.ToText();
        byte[] signature = _key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return ValueTask.FromResult(new SignedNote(text, [new NoteSignature(Verifier.Name, Verifier.KeyId, signature)]).ToString());
    }

    public void Dispose() => _key.Dispose();

    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string temporary = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, file, overwrite: false);
    }
}
