using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AnTin.Contracts.Oversight;

/// <summary>A calendar month in Vietnam's time; written <c>YYYY-MM</c>.</summary>
public readonly record struct Period : IComparable<Period>
{
    /// <exception cref="ArgumentOutOfRangeException">Not a month of the years 1 to 9999.</exception>
    public Period(int year, int month)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        ArgumentOutOfRangeException.ThrowIfLessThan(month, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(month, 12);
        Year = year;
        Month = month;
    }

    public int Year { get; }

    public int Month { get; }

    public static Period Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>Takes exactly <c>YYYY-MM</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Period period)
    {
        period = default;
        if (!DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            return false;
        period = Of(day);
        return true;
    }

    /// <summary>So many months later, or earlier when negative; stops at the ends of the calendar.</summary>
    public Period Plus(int months)
    {
        int index = Math.Clamp((Year * 12) + Month - 1 + months, 12, (9999 * 12) + 11);
        return new Period(index / 12, (index % 12) + 1);
    }

    public int CompareTo(Period other) => (Year, Month).CompareTo((other.Year, other.Month));

    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;

    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;

    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}");
}
