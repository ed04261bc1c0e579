using System.Globalization;

namespace AnTin.Modules.Oversight.Domain;

internal static class Percent
{
    /// <summary><c>66,67 %</c> or <c>66.67 %</c>; a dash when there is nothing to take a part of.</summary>
    public static string Show(decimal? rate, CultureInfo culture) =>
        rate is { } value ? value.ToString("0.00", culture) + " %" : "–";

    /// <summary>For an SVG attribute, which knows no comma.</summary>
    public static string Width(decimal? rate) => (rate ?? 0).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
