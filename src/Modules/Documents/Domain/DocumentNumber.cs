using System.Globalization;
using AnTin.Contracts.Platform;

namespace AnTin.Modules.Documents.Domain;

/// <summary>
/// How number, symbol and date of an issued document are written.
/// NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.3 (number and symbol) and II.4 (place and date); Điều 15 (one series a year).
/// </summary>
internal static class DocumentNumber
{
    /// <summary>Digits below 10 carry a leading zero.</summary>
    public static string Digits(int number) =>
        number.ToString(number < 10 ? "00" : "0", CultureInfo.InvariantCulture);

    /// <summary>What follows the number: <c>/QĐ-SXD</c>; a kind without an abbreviation gives <c>/SXD</c>.</summary>
    /// <param name="unit">The drafting unit of a công văn, as in <c>12/UBND-VX</c>; may be empty.</param>
    public static string SymbolTail(DocumentKind kind, string organisationSymbol, string unit = "")
    {
        string tail = kind.Abbreviation.Length == 0 ? $"/{organisationSymbol}" : $"/{kind.Abbreviation}-{organisationSymbol}";
        return unit.Length == 0 ? tail : $"{tail}-{unit}";
    }

    /// <summary>The whole: <c>05/QĐ-SXD</c>.</summary>
    public static string Symbol(int number, string symbolTail) => Digits(number) + symbolTail;

    /// <summary>Days below 10 carry a leading zero.</summary>
    public static string Day(DateOnly date) => date.Day.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>Months 1 and 2 carry a leading zero, the others do not.</summary>
    public static string Month(DateOnly date) =>
        date.Month.ToString(date.Month <= 2 ? "00" : "0", CultureInfo.InvariantCulture);

    public static string Year(DateOnly date) => date.Year.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary><c>ngày 05 tháng 02 năm 2026</c>.</summary>
    public static string DateInWords(DateOnly date) => $"ngày {Day(date)} tháng {Month(date)} năm {Year(date)}";

    /// <summary>The calendar day in Vietnam, which decides the year of the register and the month of a figure.</summary>
    public static DateOnly DayInVietnam(DateTimeOffset instant) =>
        DateOnly.FromDateTime(instant.ToOffset(Text.VietnamOffset).DateTime);
}
