using System.Text.Json;
using System.Text.Json.Serialization;
using AnTin.Contracts.Platform;

namespace AnTin.Modules.Documents.Domain;

/// <summary>The boxes of a document's flow.</summary>
internal enum BoxKind
{
    Number = 0,
    Date = 1,
    Initial = 2,
    Signature = 3,
    Seal = 4,
}

/// <summary>A place on a page, in points of the page's default user space (origin bottom left, before /Rotate).</summary>
/// <param name="Page">From 1.</param>
internal sealed record Box(int Page, double Left, double Bottom, double Width, double Height)
{
    [JsonIgnore]
    public double Right => Left + Width;

    [JsonIgnore]
    public double Top => Bottom + Height;
}

/// <summary>Where number, date, initial, signature and seal stand. Found from the text, corrected by people, fixed at freeze.</summary>
/// <param name="Found">Whether the text of the page showed the places, or defaults were taken.</param>
internal sealed record Placement(Box Number, Box Date, Box Initial, Box Signature, Box Seal, bool Found)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public Box this[BoxKind kind] => kind switch
    {
        BoxKind.Number => Number,
        BoxKind.Date => Date,
        BoxKind.Initial => Initial,
        BoxKind.Signature => Signature,
        BoxKind.Seal => Seal,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public Placement With(BoxKind kind, Box box) => kind switch
    {
        BoxKind.Number => this with { Number = box },
        BoxKind.Date => this with { Date = box },
        BoxKind.Initial => this with { Initial = box },
        BoxKind.Signature => this with { Signature = box },
        BoxKind.Seal => this with { Seal = box },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static Placement FromJson(string json) =>
        JsonSerializer.Deserialize<Placement>(json, Json) ?? throw new InvalidOperationException("A stored placement is empty.");

    public static Text Name(BoxKind kind) => kind switch
    {
        BoxKind.Number => new("Số", "Number"),
        BoxKind.Date => new("Ngày, tháng", "Day and month"),
        BoxKind.Initial => new("Ký nháy", "Initial"),
        BoxKind.Signature => new("Chữ ký", "Signature"),
        BoxKind.Seal => new("Con dấu", "Seal"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
