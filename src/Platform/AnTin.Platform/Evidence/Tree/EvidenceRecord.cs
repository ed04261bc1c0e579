// The leaf of the evidence log: docs/specs/evidence-log.md §2.

using System.Globalization;
using System.Text;
using System.Text.Json;
using AnTin.Contracts.Platform;

namespace AnTin.Platform.Evidence.Tree;

/// <summary>One entry of the log as decoded from its canonical bytes.</summary>
public sealed record EvidenceRecord
{
    /// <summary>C2SP entry bundles give an entry a 16-bit length.</summary>
    public const int MaxLeafBytes = ushort.MaxValue;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const long Version = 1;

    public required Guid Id { get; init; }

    public required string Act { get; init; }

    public required Actor Actor { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>32 hex digits of randomness: leaf hashes alone tell nothing about an entry. Empty in public logs.</summary>
    public required string Salt { get; init; }

    public Guid? OrganisationId { get; init; }

    public EvidenceSubject? Subject { get; init; }

    public string? DocumentSha256 { get; init; }

    public string? CertificateSha256 { get; init; }

    public required JsonElement Details { get; init; }

    /// <exception cref="ArgumentException">The entry cannot be put on record as it is.</exception>
    public static string Encode(Guid id, string salt, EvidenceEntry entry)
    {
        Require(IsAct(entry.Act), "an act is subject.verb in lower case");
        Require(entry.DocumentSha256 is null || IsHex(entry.DocumentSha256, 64), "the document hash is not 64 hex digits");
        Require(entry.CertificateSha256 is null || IsHex(entry.CertificateSha256, 64), "the certificate hash is not 64 hex digits");
        Require(entry.Subject is null || IsToken(entry.Subject.Kind), "a subject's kind is a word in lower case");
        Dictionary<string, object?> leaf = new(StringComparer.Ordinal)
        {
            ["v"] = Version,
            ["id"] = id,
            ["act"] = entry.Act,
            ["at"] = entry.At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
            ["actor"] = Present(("account", entry.Actor.AccountId), ("name", entry.Actor.Name), ("person", entry.Actor.PersonId)),
        };
        AddPresent(leaf, "salt", salt.Length == 0 ? null : salt);
        AddPresent(leaf, "organisation", entry.OrganisationId);
        AddPresent(leaf, "subject", entry.Subject is { } subject ? Present(("id", subject.Id), ("kind", subject.Kind)) : null);
        AddPresent(leaf, "document", entry.DocumentSha256);
        AddPresent(leaf, "certificate", entry.CertificateSha256);
        AddPresent(leaf, "details", entry.Details.Count == 0 ? null : entry.Details);
        string json = CanonicalJson.Write(leaf);
        Require(Encoding.UTF8.GetByteCount(json) <= MaxLeafBytes, "longer than 65,535 bytes");
        return json;
    }

    /// <exception cref="EvidenceFormatException">Not a leaf of version 1 in canonical form.</exception>
    public static EvidenceRecord Decode(string leaf, string path)
    {
        var fields = new Fields(CanonicalJson.Read(leaf, path), path,
            ["v", "id", "act", "at", "actor", "salt", "organisation", "subject", "document", "certificate", "details"]);
        if (fields.Integer("v") != Version)
            throw new EvidenceFormatException(path, "unknown version");
        var actor = new Fields(fields.Object("actor"), path + ".actor", ["account", "name", "person"]);
        Fields? subject = fields.Has("subject") ? new Fields(fields.Object("subject"), path + ".subject", ["id", "kind"]) : null;
        var record = new EvidenceRecord
        {
            Id = fields.OptionalId("id") ?? throw new EvidenceFormatException(path, "no id"),
            Act = fields.Text("act"),
            At = fields.Time("at", TimeFormat),
            Actor = new Actor(actor.OptionalId("account"), actor.OptionalId("person"), actor.Text("name")),
            Salt = fields.OptionalText("salt") ?? "",
            OrganisationId = fields.OptionalId("organisation"),
            Subject = subject is null ? null : new EvidenceSubject(subject.Text("kind"), subject.Text("id")),
            DocumentSha256 = fields.OptionalText("document"),
            CertificateSha256 = fields.OptionalText("certificate"),
            Details = fields.Has("details") ? fields.Object("details") : EmptyObject,
        };
        bool sound = IsAct(record.Act)
            && (record.DocumentSha256 is null || IsHex(record.DocumentSha256, 64))
            && (record.CertificateSha256 is null || IsHex(record.CertificateSha256, 64))
            && (record.Salt.Length == 0 || IsHex(record.Salt, 32));
        return sound ? record : throw new EvidenceFormatException(path, "an act, hash or salt is malformed");
    }

    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}");

    private static Dictionary<string, object?> Present(params ReadOnlySpan<(string Key, object? Value)> fields)
    {
        Dictionary<string, object?> map = new(StringComparer.Ordinal);
        foreach ((string key, object? value) in fields)
            AddPresent(map, key, value);
        return map;
    }

    private static void AddPresent(Dictionary<string, object?> map, string key, object? value)
    {
        if (value is not null)
            map[key] = value;
    }

    private static bool IsAct(string act) => act.Contains('.', StringComparison.Ordinal) && act.Split('.').All(IsToken);

    private static bool IsToken(string word) =>
        word.Length is > 0 and <= 64 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsHex(string hex, int length) =>
        hex.Length == length && hex.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new ArgumentException($"Evidence entry: {message}.");
    }

    private sealed class Fields
    {
        private readonly JsonElement _object;
        private readonly string _path;

        public Fields(JsonElement element, string path, string[] known)
        {
            if (element.ValueKind != JsonValueKind.Object)
                throw new EvidenceFormatException(path, "not an object");
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (!known.Contains(property.Name, StringComparer.Ordinal))
                    throw new EvidenceFormatException($"{path}.{property.Name}", "unknown field");
            }
            _object = element;
            _path = path;
        }

        public bool Has(string name) => _object.TryGetProperty(name, out _);

        public long Integer(string name) =>
            Get(name, JsonValueKind.Number).TryGetInt64(out long value) ? value : throw Wrong(name);

        public JsonElement Object(string name) => Get(name, JsonValueKind.Object);

        public string Text(string name) => Get(name, JsonValueKind.String).GetString()!;

        public string? OptionalText(string name) => Has(name) ? Text(name) : null;

        public Guid? OptionalId(string name)
        {
            if (OptionalText(name) is not { } text)
                return null;
            return Guid.TryParseExact(text, "D", out Guid id) && id.ToString("D", CultureInfo.InvariantCulture) == text
                ? id
                : throw Wrong(name);
        }

        public DateTimeOffset Time(string name, string format) =>
            DateTimeOffset.TryParseExact(Text(name), format, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
                ? at
                : throw Wrong(name);

        private JsonElement Get(string name, JsonValueKind kind) =>
            _object.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : throw Wrong(name);

        private EvidenceFormatException Wrong(string name) => new($"{_path}.{name}", "missing or of the wrong kind");
    }
}
