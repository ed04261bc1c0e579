using System.Security.Cryptography;
using System.Text.Json;
using AnTin.Platform.Evidence.Tree;
using AnTin.TestKit;

namespace AnTin.Platform.Tests.Evidence;

/// <summary>The published proofs of transparency-dev (corpora pki/tlog): each says whether it must be accepted.</summary>
public sealed class MerkleVectorTests
{
    private static string? Folder => Repository.Corpora is { } corpora ? Path.Combine(corpora, "pki", "tlog") : null;

    [Fact]
    public void Inclusion_proofs_are_judged_as_the_vectors_say()
    {
        int count = Walk("inclusion", vector => Judge(vector, v => MerkleTree.VerifyInclusion(
            Number(v, "leafIdx"), Number(v, "treeSize"), Hash(v, "leafHash"), Proof(v), Hash(v, "root"))));
        Assert.Equal(98, count);
    }

    [Fact]
    public void Consistency_proofs_are_judged_as_the_vectors_say()
    {
        int count = Walk("consistency", vector => Judge(vector, v => MerkleTree.VerifyConsistency(
            Number(v, "size1"), Number(v, "size2"), Hash(v, "root1"), Hash(v, "root2"), Proof(v))));
        Assert.Equal(98, count);
    }

    private static int Walk(string kind, Action<JsonElement> check)
    {
        Assert.SkipWhen(Folder is null, "the corpora are not beside the repository");
        int count = 0;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Folder!, kind), "*.json", SearchOption.AllDirectories))
        {
            using var vector = JsonDocument.Parse(File.ReadAllText(file));
            check(vector.RootElement);
            count++;
        }
        return count;
    }

    private static void Judge(JsonElement vector, Func<JsonElement, bool> verify) =>
        Assert.True(verify(vector) != vector.GetProperty("wantErr").GetBoolean(), vector.GetProperty("desc").GetString());

    // The vectors count in unsigned 64 bits; what we cannot count is negative here.
    private static long Number(JsonElement vector, string name) => unchecked((long)vector.GetProperty(name).GetUInt64());

    private static MerkleHash Hash(JsonElement vector, string name) => Hash(vector.GetProperty(name));

    // Some vectors have other bytes in the place of hashes: texts, where only their being equal matters, or nothing at
    // all, which no tree can have as a hash and which here is never twice the same.
    private static MerkleHash Hash(JsonElement value)
    {
        byte[] bytes = value.ValueKind == JsonValueKind.Null ? [] : value.GetBytesFromBase64();
        return bytes.Length switch
        {
            MerkleHash.Size => new MerkleHash(bytes),
            0 => new MerkleHash(RandomNumberGenerator.GetBytes(MerkleHash.Size)),
            _ => new MerkleHash(SHA256.HashData(bytes)),
        };
    }

    private static MerkleHash[] Proof(JsonElement vector) =>
        vector.GetProperty("proof") is { ValueKind: JsonValueKind.Array } proof ? [.. proof.EnumerateArray().Select(Hash)] : [];
}
