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

/// <summary>A place on a page as it is seen: points from the visible top left corner, y downwards, after rotation and cropping.</summary>
/// <param name="Page">From 1.</param>
internal sealed record Box(int Page, double X, double Y, double Width, double Height);

/// <summary>How the number is written into its box.</summary>
/// <param name="FontSize">Of the printed line, points.</param>
/// <param name="HasSymbol">The symbol is printed after the gap, so the box takes the bare number.</param>
/// <param name="IsFilled">A number is printed there already.</param>
internal sealed record NumberWriting(double FontSize, bool HasSymbol, bool IsFilled);

/// <summary>A gap in the printed date phrase, from the left edge of its box, points.</summary>
internal sealed record Gap(double Start, double Width);

/// <summary>How the date is written into the printed phrase; the box spans the phrase.</summary>
/// <param name="Year">Gap for the digits of the year that are missing; null when all are printed.</param>
/// <param name="PrintedYear">The digits of the year that are printed.</param>
/// <param name="IsFilled">Day and month are printed already.</param>
/// <param name="IsItalic">The phrase is printed in italics; what is filled in follows it.</param>
internal sealed record DateWriting(double FontSize, Gap Day, Gap Month, Gap? Year, string PrintedYear, bool IsFilled, bool IsItalic = false);

/// <summary>Where number, date, initial, signature and seal stand. Found from the text, corrected by people, fixed at freeze.</summary>
/// <param name="NumberText">Null when the number line was not found: number and symbol are written whole.</param>
/// <param name="DateText">Null when the date phrase was not found: the date is written in words, whole.</param>
/// <param name="SignatureFound">Whether the text showed where the leader signs.</param>
internal sealed record Placement(
    Box Number, Box Date, Box Initial, Box Signature, Box Seal, NumberWriting? NumberText, DateWriting? DateText, bool SignatureFound)
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
