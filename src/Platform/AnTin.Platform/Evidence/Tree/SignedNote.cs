// Signed notes and checkpoints.
// References: C2SP signed-note and tlog-checkpoint (c2sp.org); signature type 0x02 (ECDSA, as in transparency-dev:
// key ID = SHA-256(SubjectPublicKeyInfo)[:4], ASN.1 ECDSA signature over SHA-256 of the text).
// Limits: verifies P-256 only, ignores signatures of unknown keys as the specification says; notes up to 64 KiB.

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AnTin.Platform.Evidence.Tree;

/// <summary>A text with signature lines. Nothing in it means anything before a known key verified it.</summary>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const int MaxLength = 64 * 1024;
    private const string LinePrefix = "\u2014 ";

    /// <exception cref="EvidenceFormatException">Not a signed note.</exception>
    public static SignedNote Parse(string note)
    {
        if (note.Length > MaxLength)
            throw Malformed("longer than 64 KiB");
        if (note.Any(c => c < ' ' && c != '\n') || note.Contains('\uFFFD', StringComparison.Ordinal))
            throw Malformed("contains control characters or broken UTF-8");
        int blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 1 || blank + 2 == note.Length || !note.EndsWith('\n'))
            throw Malformed("lacks the blank line before the signatures, or the last newline");
        string[] lines = note[(blank + 2)..^1].Split('\n');
        return new SignedNote(note[..(blank + 1)], [.. lines.Select(ParseLine)]);
    }

    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (NoteSignature signature in Signatures)
        {
            byte[] bytes = new byte[4 + signature.Value.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
            signature.Value.Span.CopyTo(bytes.AsSpan(4));
            note.Append(LinePrefix).Append(signature.KeyName).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }
        return note.ToString();
    }

    private static NoteSignature ParseLine(string line)
    {
        string[] parts = line.StartsWith(LinePrefix, StringComparison.Ordinal) ? line[LinePrefix.Length..].Split(' ') : [];
        if (parts.Length != 2 || !NoteVerifier.IsName(parts[0]))
            throw Malformed("a signature line is not '\u2014 name base64'");
        byte[] bytes = NoteVerifier.FromBase64(parts[1], "note");
        if (bytes.Length < 5)
            throw Malformed("a signature is too short");
        return new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4));
    }

    private static EvidenceFormatException Malformed(string message) => new("note", message);
}

public sealed record NoteSignature(string KeyName, uint KeyId, ReadOnlyMemory<byte> Value);

/// <summary>A public key of a log with its name: <c>name+keyid+base64(0x02 || SPKI)</c>.</summary>
public sealed class NoteVerifier
{
    private const byte EcdsaType = 0x02;
    private readonly byte[] _spki;

    public NoteVerifier(string name, ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        if (!IsName(name))
            throw new EvidenceFormatException("vkey", "the key name is empty or has spaces or '+'");
        Name = name;
        _spki = subjectPublicKeyInfo.ToArray();
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(_spki));
        using ECDsa key = Import();
    }

    public string Name { get; }

    public uint KeyId { get; }

    /// <exception cref="EvidenceFormatException">Not a verifier key, or not of ECDSA P-256.</exception>
    public static NoteVerifier Parse(string vkey)
    {
        string[] parts = vkey.Trim().Split('+', 3);
        if (parts.Length != 3)
            throw new EvidenceFormatException("vkey", "not name+keyid+key");
        byte[] key = FromBase64(parts[2], "vkey");
        if (key.Length < 2 || key[0] != EcdsaType)
            throw new EvidenceFormatException("vkey", "not an ECDSA key (type 0x02)");
        var verifier = new NoteVerifier(parts[0], key.AsSpan(1));
        if (!uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint id) || id != verifier.KeyId)
            throw new EvidenceFormatException("vkey", "the key id does not belong to the key");
        return verifier;
    }

    public override string ToString() =>
        $"{Name}+{KeyId.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([EcdsaType, .. _spki])}";

    /// <summary>
    /// True when this key signed the note. A line that claims this key and does not verify makes the whole note worthless.
    /// </summary>
    public bool Verify(SignedNote note)
    {
        List<NoteSignature> own = [.. note.Signatures.Where(s => s.KeyId == KeyId && s.KeyName == Name)];
        using ECDsa key = Import();
        byte[] text = Encoding.UTF8.GetBytes(note.Text);
        return own.Count > 0 && own.TrueForAll(s =>
            key.VerifyData(text, s.Value.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    internal static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+');

    internal static byte[] FromBase64(string text, string path)
    {
        try
        {
            byte[] bytes = Convert.FromBase64String(text);
            // One spelling only: no white space, no stray bits.
            return Convert.ToBase64String(bytes) == text ? bytes : throw new EvidenceFormatException(path, "base64 is not canonical");
        }
        catch (FormatException e)
        {
            throw new EvidenceFormatException(path, "base64 is malformed", e);
        }
    }

    private ECDsa Import()
    {
        ECDsa? key = null;
        try
        {
            key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(_spki, out int read);
            if (read != _spki.Length || key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != "1.2.840.10045.3.1.7")
                throw new CryptographicException("not a P-256 key");
            return key;
        }
        catch (CryptographicException e)
        {
            key?.Dispose();
            throw new EvidenceFormatException("vkey", "the public key is not an ECDSA P-256 SubjectPublicKeyInfo", e);
        }
    }
}

/// <summary>The head of a tree: C2SP tlog-checkpoint without extension lines.</summary>
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root)
{
    /// <summary>The text to be signed.</summary>
    public string ToText() => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Root}\n";

    /// <exception cref="EvidenceFormatException">Not a checkpoint's text.</exception>
    public static Checkpoint Parse(string text)
    {
        string[] lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length != 0 || lines[..^1].Any(line => line.Length == 0))
            throw Malformed("not three lines");
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            || size > MerkleTree.MaxSize || size.ToString(CultureInfo.InvariantCulture) != lines[1])
            throw Malformed("the size is not a decimal number");
        byte[] root = NoteVerifier.FromBase64(lines[2], "checkpoint");
        if (root.Length != MerkleHash.Size)
            throw Malformed("the root has not 32 bytes");
        return new Checkpoint(lines[0], size, new MerkleHash(root));
    }

    /// <summary>Parses and verifies; <paramref name="key"/>'s name must be the origin.</summary>
    /// <exception cref="EvidenceFormatException">Malformed, of another log, or not signed by the key.</exception>
    public static Checkpoint Open(string note, NoteVerifier key)
    {
        SignedNote signed = SignedNote.Parse(note);
        if (!key.Verify(signed))
            throw Malformed($"no valid signature of {key.Name}");
        Checkpoint checkpoint = Parse(signed.Text);
        return checkpoint.Origin == key.Name ? checkpoint : throw Malformed($"belongs to {checkpoint.Origin}, not {key.Name}");
    }

    private static EvidenceFormatException Malformed(string message) => new("checkpoint", message);
}
