using System.Security.Cryptography;
using System.Text;
using AnTin.Platform.Evidence.Tree;
using CsCheck;

namespace AnTin.Platform.Tests.Evidence;

public sealed class SignedNoteTests
{
    private const string Name = "antin.example/log/test";

    [Fact]
    public void A_signed_checkpoint_opens_with_its_key()
    {
        using var key = new TestKey(Name);
        var checkpoint = new Checkpoint(Name, 12345, MerkleTree.HashLeaf([1]));
        string note = key.Sign(checkpoint.ToText());
        Assert.Equal(checkpoint, Checkpoint.Open(note, NoteVerifier.Parse(key.Verifier.ToString())));
        Assert.Equal(note, SignedNote.Parse(note).ToString());
    }

    [Fact]
    public void The_key_id_is_the_hash_of_the_public_key()
    {
        using var key = new TestKey(Name);
        string[] parts = key.Verifier.ToString().Split('+', 3);
        byte[] typed = Convert.FromBase64String(parts[2]);
        Assert.Equal(0x02, typed[0]);
        Assert.Equal(parts[1], Convert.ToHexStringLower(SHA256.HashData(typed.AsSpan(1)).AsSpan(0, 4)));
    }

    [Fact]
    public void Signatures_of_unknown_keys_are_ignored()
    {
        using var key = new TestKey(Name);
        using var witness = new TestKey("witness.example");
        var checkpoint = new Checkpoint(Name, 7, MerkleTree.HashLeaf([2]));
        SignedNote both = SignedNote.Parse(witness.Sign(checkpoint.ToText()));
        both = both with { Signatures = [.. both.Signatures, .. SignedNote.Parse(key.Sign(checkpoint.ToText())).Signatures] };
        Assert.Equal(checkpoint, Checkpoint.Open(both.ToString(), key.Verifier));
    }

    [Fact]
    public void One_false_signature_in_our_name_spoils_the_note()
    {
        using var key = new TestKey(Name);
        string text = new Checkpoint(Name, 7, MerkleTree.HashLeaf([2])).ToText();
        SignedNote note = SignedNote.Parse(key.Sign(text));
        note = note with { Signatures = [.. note.Signatures, note.Signatures[0] with { Value = new byte[70] }] };
        Assert.False(key.Verifier.Verify(note));
    }

    [Fact]
    public void A_checkpoint_of_another_log_is_refused()
    {
        using var key = new TestKey(Name);
        string note = key.Sign(new Checkpoint("other.example", 1, MerkleTree.HashLeaf([])).ToText());
        Assert.Throws<EvidenceFormatException>(() => Checkpoint.Open(note, key.Verifier));
    }

    [Fact]
    public void Any_changed_character_of_a_note_is_noticed()
    {
        using var key = new TestKey(Name);
        string note = key.Sign(new Checkpoint(Name, 99, MerkleTree.HashLeaf([3])).ToText());
        Gen.Select(Gen.Int[0, note.Length - 1], Gen.Char[' ', '~']).Sample((at, with) =>
        {
            if (note[at] == with)
                return;
            string changed = string.Concat(note.AsSpan(0, at), with.ToString(), note.AsSpan(at + 1));
            Assert.Throws<EvidenceFormatException>(() => Checkpoint.Open(changed, key.Verifier));
        }, iter: 2000);
    }

    [Fact]
    public void Nothing_but_the_format_exception_escapes_the_parsers() =>
        Gen.OneOf(Gen.String[Gen.Char, 0, 200], Gen.String[Gen.Char["\n\u2014 +ab=01"], 0, 60]).Sample(text =>
        {
            Swallow(() => SignedNote.Parse(text));
            Swallow(() => Checkpoint.Parse(text));
            Swallow(() => NoteVerifier.Parse(text));
            Swallow(() => EvidenceRecord.Decode(text, "fuzz"));
        }, iter: 20_000);

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<EvidenceFormatException>(() => new NoteVerifier(Name, key.ExportSubjectPublicKeyInfo()));
    }

    private static void Swallow(Action parse)
    {
        try
        {
            parse();
        }
        catch (EvidenceFormatException)
        {
        }
    }
}

/// <summary>A signer made for one test.</summary>
internal sealed class TestKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestKey(string name) => Verifier = new NoteVerifier(name, _key.ExportSubjectPublicKeyInfo());

    public NoteVerifier Verifier { get; }

    public string Sign(string text)
    {
        byte[] signature = _key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new SignedNote(text, [new NoteSignature(Verifier.Name, Verifier.KeyId, signature)]).ToString();
    }

    public void Dispose() => _key.Dispose();
}
