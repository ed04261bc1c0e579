using System.Text.Json;

namespace AnTin.Bench;

/// <summary>One figure with what it is held against; printed as one JSON object a line.</summary>
internal sealed record Measurement(string Name, string Unit, double Value, string Baseline, double BaselineValue, double Ratio)
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Print() => Console.WriteLine(JsonSerializer.Serialize(
        this with { Value = Round(Value), BaselineValue = Round(BaselineValue), Ratio = Round(Ratio) }, CamelCase));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    // Four significant digits say more than the machine does.
    private static double Round(double value) => value == 0 ? 0 : Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
