// The rules of a verification as data. References: ETSI EN 319 102-1 V1.4.1 §5.1.4.1 (constraints), ETSI TS 119 312 V1.5.1 and NIST
// SP 800-131A Rev. 2 (algorithms and until when). Form of the policy file: {"name": "...", "levels": {"check.id": "fail|warn|inform|ignore"},
// "sealPolicies": ["oid"], "algorithms": [{"name": "SHA1", "until": "2013-12-31"}, {"name": "RSA", "bits": 2048, "until": null}]}.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AnTin.Signatures;

/// <summary>What a failed check means. The first is the default of anything unknown: deny.</summary>
public enum PolicyLevel
{
    /// <summary>Decides the indication.</summary>
    Fail = 0,

    /// <summary>Is shown as a warning.</summary>
    Warn = 1,

    /// <summary>Is shown.</summary>
    Inform = 2,

    /// <summary>Is not shown.</summary>
    Ignore = 3,
}

/// <summary>Until when an algorithm counts as safe for signatures.</summary>
/// <param name="Name">Digest label (SHA256 …) or key family (RSA, EC).</param>
/// <param name="MinBits">Least key size this row speaks about; 0 for digests. Of several rows the largest that fits counts.</param>
/// <param name="Until">Last day; null while no end is known.</param>
public sealed record AlgorithmRule(string Name, int MinBits, DateOnly? Until);

public sealed record ValidationPolicy
{
    public static ValidationPolicy Default { get; } = new()
    {
        Name = "AnTin",
        Algorithms =
        [
            // SP 800-131A Rev. 2, table 8 and §3: SHA-1 and 80-bit keys are disallowed for making signatures after 2013.
            new AlgorithmRule("MD5", 0, new DateOnly(2004, 8, 17)),
            new AlgorithmRule("SHA1", 0, new DateOnly(2013, 12, 31)),
            new AlgorithmRule("SHA256", 0, null),
            new AlgorithmRule("SHA384", 0, null),
            new AlgorithmRule("SHA512", 0, null),
            new AlgorithmRule("SHA3-256", 0, null),
            new AlgorithmRule("SHA3-384", 0, null),
            new AlgorithmRule("SHA3-512", 0, null),
            new AlgorithmRule("RSA", 1024, new DateOnly(2013, 12, 31)),
            new AlgorithmRule("RSA", 2048, null),
            new AlgorithmRule("EC", 256, null),
        ],
    };

    public required string Name { get; init; }

    /// <summary>Levels that differ from a check's own; by check identifier. Checks of cryptography and form cannot be lowered.</summary>
    public IReadOnlyDictionary<string, PolicyLevel> Levels { get; init; } = new Dictionary<string, PolicyLevel>(StringComparer.Ordinal);

    /// <summary>Certificate policies that mark an organisation's seal. Empty: the form of the subject decides.</summary>
    public IReadOnlyList<string> SealPolicies { get; init; } = [];

    public required IReadOnlyList<AlgorithmRule> Algorithms { get; init; }

    /// <summary>Reads a policy file; what it leaves out is as in <see cref="Default"/>.</summary>
    /// <exception cref="FormatException">Not a policy: malformed JSON, an unknown member, level or check.</exception>
    public static ValidationPolicy Parse(ReadOnlySpan<byte> json)
    {
        PolicyFile file;
        try
        {
            file = JsonSerializer.Deserialize(json, PolicyFileContext.Default.PolicyFile) ?? throw new FormatException("the policy is null");
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }

        foreach (var id in file.Levels?.Keys ?? Enumerable.Empty<string>())
        {
            if (!SignatureChecks.All.Any(c => c.Id == id))
            {
                throw new FormatException($"the policy names a check that does not exist: {id}");
            }
        }

        return new ValidationPolicy
        {
            Name = file.Name ?? Default.Name,
            Levels = file.Levels ?? Default.Levels,
            SealPolicies = file.SealPolicies ?? [],
            Algorithms = file.Algorithms is null ? Default.Algorithms : [.. file.Algorithms.Select(a => new AlgorithmRule(a.Name, a.Bits, a.Until))],
        };
    }

    /// <summary>Last day on which a digest is safe; null: no end known. Unknown digests were never safe.</summary>
    internal DateOnly? DigestUntil(string label) => Until(Algorithms.Where(a => a.Name == label && a.MinBits == 0));

    /// <summary>Last day on which a key is safe; keys below every row were never safe.</summary>
    internal DateOnly? KeyUntil(string family, int bits) => Until(Algorithms.Where(a => a.Name == family && a.MinBits > 0 && bits >= a.MinBits));

    private static DateOnly? Until(IEnumerable<AlgorithmRule> rules) => rules.MaxBy(r => r.MinBits) is { } rule ? rule.Until : DateOnly.MinValue;

    internal sealed record PolicyFile(string? Name, Dictionary<string, PolicyLevel>? Levels, List<string>? SealPolicies, List<AlgorithmRow>? Algorithms);

    internal sealed record AlgorithmRow(string Name, DateOnly? Until, int Bits = 0);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ValidationPolicy.PolicyFile))]
internal sealed partial class PolicyFileContext : JsonSerializerContext;
