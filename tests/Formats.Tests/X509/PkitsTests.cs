using System.Text.Json;
using AnTin.TestKit;
using AnTin.X509;

namespace AnTin.Formats.Tests.X509;

/// <summary>NIST PKITS through path validation. What differs is listed with its reason; a listed case that comes right fails too.</summary>
public sealed class PkitsTests
{
    private static readonly Dictionary<string, string> Exceptions = LoadExceptions();

    [Fact]
    public void Agrees_with_every_case_of_PKITS_or_says_why_not()
    {
        Assert.SkipWhen(Repository.Corpora is null, "the foreign corpora are not beside the repository");
        var root = Path.Combine(Repository.Corpora, "pki", "pkits");
        using var table = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "cases.json")));
        var at = table.RootElement.GetProperty("time").GetDateTimeOffset();
        var differences = new List<string>();
        var count = 0;
        foreach (var item in table.RootElement.GetProperty("cases").EnumerateArray())
        {
            count++;
            var id = item.GetProperty("id").GetString() + " " + item.GetProperty("settings").GetRawText().Replace(" ", "", StringComparison.Ordinal);
            var expected = item.GetProperty("valid").GetBoolean();
            var result = Run(root, item, at);
            var excused = Exceptions.ContainsKey(id);
            if (result.IsValid != expected != excused)
            {
                differences.Add($"{id} {item.GetProperty("title").GetString()}: expected {expected}, got {result.Status} {result.Failure}, {(excused ? "listed" : "not listed")}");
            }
        }

        Assert.Equal(249, count);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static PathResult Run(string root, JsonElement item, DateTimeOffset at)
    {
        var certificates = item.GetProperty("certs").EnumerateArray().Select(n => ReadCertificate(root, n.GetString()!)).ToList();
        var crls = item.GetProperty("crls").EnumerateArray()
            .Select(n => CertificateRevocationList.Parse(File.ReadAllBytes(Path.Combine(root, "crls", n.GetString() + ".crl"))))
            .ToList();
        var settings = item.GetProperty("settings");
        var options = PathOptions.Default with
        {
            InitialPolicies = settings.TryGetProperty("SetInitialPolicySet", out var set) ? Policies(set) : [],
            InitialExplicitPolicy = settings.TryGetProperty("SetInitialExplicitPolicy", out _),
            InitialPolicyMappingInhibit = settings.TryGetProperty("SetInitialPolicyMappingInhibit", out _),
            InitialAnyPolicyInhibit = settings.TryGetProperty("SetInitialInhibitAnyPolicy", out _),
        };
        return PathValidator.Validate(certificates[^1], certificates[1..^1], [new TrustAnchor(certificates[0], TrustClass.Other)], crls, [], at, options);
    }

    private static Certificate ReadCertificate(string root, string name) =>
        Certificate.Parse(File.ReadAllBytes(Path.Combine(root, "certs", name + ".crt")));

    private static List<string> Policies(JsonElement set) =>
        [.. set.EnumerateArray().SelectMany(p => p.GetString()!.Split(',')).Select(p => p == "anyPolicy"
            ? "2.5.29.32.0"
            : "2.16.840.1.101.3.2.1.48." + p["NIST-test-policy-".Length..])];

    private static Dictionary<string, string> LoadExceptions()
    {
        var path = Repository.PathOf("tests", "Formats.Tests", "X509", "pkits-exceptions.json");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))!;
    }
}
