using System.Text.Json;
using AnTin.TestKit;
using AnTin.X509;

namespace AnTin.Formats.Tests.X509;

/// <summary>Project Wycheproof: no signature that must be refused is accepted, and every valid one is.</summary>
public sealed class WycheproofTests
{
    [Theory]
    [InlineData("rsa_signature_2048_sha256_test")]
    [InlineData("rsa_signature_3072_sha256_test")]
    [InlineData("rsa_signature_4096_sha512_test")]
    [InlineData("rsa_pss_2048_sha256_mgf1_32_test")]
    [InlineData("rsa_pss_3072_sha256_mgf1_32_test")]
    [InlineData("rsa_pss_4096_sha512_mgf1_64_test")]
    [InlineData("ecdsa_secp256r1_sha256_test")]
    [InlineData("ecdsa_secp384r1_sha384_test")]
    public void Agrees_with_Wycheproof(string file)
    {
        Assert.SkipWhen(Repository.Corpora is null, "the foreign corpora are not beside the repository");
        using var table = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Corpora, "pki", "wycheproof", file + ".json")));
        var wrong = new List<string>();
        var checkedCount = 0;
        foreach (var group in table.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var (key, algorithm) = ReadGroup(group);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                checkedCount++;
                var message = Convert.FromHexString(test.GetProperty("msg").GetString()!);
                var signature = Convert.FromHexString(test.GetProperty("sig").GetString()!);
                var accepted = SignatureVerification.Check(key, algorithm, message, signature) == SignatureCheck.Valid;
                var expected = test.GetProperty("result").GetString();
                if (expected != "acceptable" && accepted != (expected == "valid"))
                {
                    wrong.Add($"{test.GetProperty("tcId")} {test.GetProperty("comment")}: {expected}, accepted {accepted}");
                }
            }
        }

        Assert.True(checkedCount > 50, "the table is not empty");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The platform's verifier takes one salt length; ours takes the others: each such vector is right under its own length and no other.</summary>
    [Theory]
    [InlineData("rsa_pss_2048_sha256_mgf1_32_test", 0)]
    [InlineData("rsa_pss_2048_sha256_mgf1_32_test", 20)]
    [InlineData("rsa_pss_2048_sha256_mgf1_32_test", 31)]
    [InlineData("rsa_pss_2048_sha256_mgf1_32_test", 222)]
    [InlineData("rsa_pss_4096_sha512_mgf1_64_test", 0)]
    [InlineData("rsa_pss_4096_sha512_mgf1_64_test", 20)]
    [InlineData("rsa_pss_4096_sha512_mgf1_64_test", 446)]
    public void Takes_another_salt_length_only_when_it_is_stated(string file, int salt)
    {
        Assert.SkipWhen(Repository.Corpora is null, "the foreign corpora are not beside the repository");
        using var table = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Corpora, "pki", "wycheproof", file + ".json")));
        var accepted = new List<string>();
        foreach (var group in table.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var (key, algorithm) = ReadGroup(group);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var message = Convert.FromHexString(test.GetProperty("msg").GetString()!);
                var signature = Convert.FromHexString(test.GetProperty("sig").GetString()!);
                if (SignatureVerification.Check(key, algorithm with { SaltLength = salt }, message, signature) == SignatureCheck.Valid)
                {
                    accepted.Add(test.GetProperty("comment").GetString()!);
                }
            }
        }

        Assert.Equal([$"s_len changed to {salt}"], accepted);
    }

    private static (SubjectPublicKeyInfo Key, SignatureAlgorithm Algorithm) ReadGroup(JsonElement group)
    {
        var der = group.TryGetProperty("publicKeyDer", out var d) ? d : group.GetProperty("keyDer");
        var key = SubjectPublicKeyInfo.Parse(Convert.FromHexString(der.GetString()!));
        var digest = Digest(group.GetProperty("sha").GetString()!);
        return (key, group.GetProperty("type").GetString() switch
        {
            "RsassaPssVerify" => SignatureAlgorithm.Pss(digest) with { SaltLength = group.GetProperty("sLen").GetInt32(), MaskDigest = Digest(group.GetProperty("mgfSha").GetString()!) },
            "EcdsaVerify" => SignatureAlgorithm.Ecdsa(digest),
            _ => SignatureAlgorithm.Pkcs1(digest),
        });
    }

    private static DigestAlgorithm Digest(string name) => name switch
    {
        "SHA-256" => DigestAlgorithm.Sha256,
        "SHA-384" => DigestAlgorithm.Sha384,
        "SHA-512" => DigestAlgorithm.Sha512,
        _ => throw new NotSupportedException(name),
    };
}
