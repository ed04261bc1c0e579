using System.Text.Json;
using System.Text.Json.Serialization;
using AnTin.TestKit;

namespace AnTin.Conformance;

/// <summary>One known difference from a corpus.</summary>
/// <param name="Case">Name of the file or case.</param>
/// <param name="Expected">What the corpus says.</param>
/// <param name="Actual">What we say.</param>
/// <param name="Reason">Why, from the standard or from a limit that is stated.</param>
public sealed record KnownDifference(string Case, string Expected, string Actual, string Reason);

/// <summary>
/// Known differences of one corpus: tests/Conformance/exceptions/NAME.json. A difference that is not listed fails, a listed one that has
/// gone fails too, and so does a listed one that differs in another way than written.
/// </summary>
public sealed class ExceptionList
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private readonly Dictionary<string, KnownDifference> _known;
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);

    private ExceptionList(IEnumerable<KnownDifference> known) => _known = known.ToDictionary(k => k.Case, StringComparer.Ordinal);

    public static ExceptionList Load(string name) =>
        new(JsonSerializer.Deserialize<List<KnownDifference>>(File.ReadAllText(Repository.PathOf("tests", "Conformance", "exceptions", name + ".json")), Form)!);

    public void Compare(string id, string expected, string actual, string detail)
    {
        _met.Add(id);
        var known = _known.GetValueOrDefault(id);
        if (expected == actual)
        {
            if (known is not null)
            {
                _faults.Add($"{id}: is right now; take it out of the list");
            }
        }
        else if (known is null || known.Expected != expected || known.Actual != actual)
        {
            _faults.Add($"{id}: expected {expected}, actual {actual}; {detail}");
        }
    }

    /// <summary>Fails with every difference that is not as listed.</summary>
    public void Conclude()
    {
        _faults.AddRange(_known.Keys.Where(k => !_met.Contains(k)).Select(k => $"{k}: listed but not in the corpus"));
        Assert.True(_faults.Count == 0, $"{_faults.Count} unlisted:\n" + string.Join('\n', _faults));
    }
}
