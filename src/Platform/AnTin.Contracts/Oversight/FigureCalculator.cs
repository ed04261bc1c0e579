// The figure "documents issued in a month, by agency", from evidence entries alone.
//
// Rules (docs/specs/figures.md): a document counts in the month of its date of issue (+07:00), for the agency named in the entry;
// it counts once, by its first entry in the order of the log; paper documents entered in the register count as issued and neither
// personally signed nor sealed, unless their entry says so; an agency's name is the one its last entry of the month carries.

using System.Text.Json;
using AnTin.Contracts.Documents;

namespace AnTin.Contracts.Oversight;

/// <summary>What a figure reads of an evidence entry: the act and its details as they stand in the log.</summary>
public readonly record struct FigureEntry(string Act, JsonElement Details);

/// <summary>The figure of one month: rows by agency code, and the sum of the rows.</summary>
public sealed record IssuedDocumentsFigure(Period Period, IReadOnlyList<IssuedDocumentsRow> Rows)
{
    /// <summary>The rows added up; its code and name are empty.</summary>
    public IssuedDocumentsRow Total { get; } = new("", "", Rows.Sum(r => r.Issued), Rows.Sum(r => r.PersonallySigned), Rows.Sum(r => r.Sealed));
}

/// <summary>An entry that a figure counts is not in the shape of <see cref="DocumentIssuedDetails"/>.</summary>
public sealed class FigureFormatException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Recomputes figures from an exported log. Pure: the same entries always give the same figure.</summary>
public static class FigureCalculator
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
    };

    /// <summary>The figures of every month that has documents, oldest first.</summary>
    /// <param name="entries">In the order of the log; entries of other acts are passed over.</param>
    /// <exception cref="FigureFormatException">An issuing entry lacks a field or has one of the wrong kind.</exception>
    public static IReadOnlyList<IssuedDocumentsFigure> Compute(IEnumerable<FigureEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var seen = new HashSet<Guid>();
        var months = new SortedDictionary<Period, SortedDictionary<string, IssuedDocumentsRow>>();
        foreach (FigureEntry entry in entries)
        {
            if (Read(entry) is not { } issued || !seen.Add(issued.DocumentId))
                continue;
            var period = Period.Of(issued.IssuedOn);
            if (!months.TryGetValue(period, out SortedDictionary<string, IssuedDocumentsRow>? rows))
                months.Add(period, rows = new SortedDictionary<string, IssuedDocumentsRow>(StringComparer.Ordinal));
            rows[issued.OrganisationCode] = Add(rows.GetValueOrDefault(issued.OrganisationCode), issued);
        }
        return [.. months.Select(month => new IssuedDocumentsFigure(month.Key, [.. month.Value.Values]))];
    }

    /// <summary>The figure of one month; without rows when nothing was issued.</summary>
    /// <exception cref="FigureFormatException">As <see cref="Compute(IEnumerable{FigureEntry})"/>.</exception>
    public static IssuedDocumentsFigure Compute(IEnumerable<FigureEntry> entries, Period period) =>
        Compute(entries).FirstOrDefault(figure => figure.Period == period) ?? new IssuedDocumentsFigure(period, []);

    /// <summary>The document an entry issues; null for an entry of any other act.</summary>
    /// <exception cref="FigureFormatException">The details lack a field or have one of the wrong kind.</exception>
    public static DocumentIssuedDetails? Read(FigureEntry entry)
    {
        if (entry.Act is not (DocumentActs.Issued or DocumentActs.PaperRegistered))
            return null;
        try
        {
            return entry.Details.Deserialize<DocumentIssuedDetails>(Strict)
                ?? throw new FigureFormatException($"{entry.Act}: the details are null.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new FigureFormatException($"{entry.Act}: {e.Message}", e);
        }
    }

    /// <summary>A row with one more document.</summary>
    public static IssuedDocumentsRow Add(IssuedDocumentsRow? row, DocumentIssuedDetails issued)
    {
        ArgumentNullException.ThrowIfNull(issued);
        row ??= new IssuedDocumentsRow(issued.OrganisationCode, issued.OrganisationName, 0, 0, 0);
        return row with
        {
            OrganisationName = issued.OrganisationName,
            Issued = row.Issued + 1,
            PersonallySigned = row.PersonallySigned + (issued.PersonallySigned ? 1 : 0),
            Sealed = row.Sealed + (issued.Sealed ? 1 : 0),
        };
    }
}
