using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Features;

namespace AnTin.Modules.Tests.Documents;

/// <summary>How numbers, symbols, dates and file names are written (NĐ 30/2020, Phụ lục I).</summary>
public sealed class WritingTests
{
    [Theory]
    [InlineData(1, "quyet-dinh", "SXD", "01/QĐ-SXD")]
    [InlineData(9, "to-trinh", "SKHCN", "09/TTr-SKHCN")]
    [InlineData(10, "quy-dinh", "UBND", "10/QyĐ-UBND")]
    [InlineData(123, "cong-van", "UBND", "123/UBND")]
    public void Symbols_have_two_digits_below_ten(int number, string kind, string organisation, string symbol) =>
        Assert.Equal(symbol, DocumentNumber.Symbol(number, DocumentNumber.SymbolTail(DocumentKinds.Find(kind)!, organisation)));

    [Fact]
    public void A_letter_names_its_drafting_unit() =>
        Assert.Equal("12/UBND-VX", DocumentNumber.Symbol(12, DocumentNumber.SymbolTail(DocumentKinds.Find("cong-van")!, "UBND", "VX")));

    [Theory]
    [InlineData(2026, 1, 5, "ngày 05 tháng 01 năm 2026")]
    [InlineData(2026, 2, 28, "ngày 28 tháng 02 năm 2026")]
    [InlineData(2026, 3, 9, "ngày 09 tháng 3 năm 2026")]
    [InlineData(2026, 12, 31, "ngày 31 tháng 12 năm 2026")]
    public void Days_below_ten_and_months_one_and_two_have_a_leading_zero(int year, int month, int day, string text) =>
        Assert.Equal(text, DocumentNumber.DateInWords(new DateOnly(year, month, day)));

    [Fact]
    public void The_day_turns_at_midnight_in_Vietnam()
    {
        Assert.Equal(new DateOnly(2026, 12, 31), DocumentNumber.DayInVietnam(new DateTimeOffset(2026, 12, 31, 16, 59, 59, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2027, 1, 1), DocumentNumber.DayInVietnam(new DateTimeOffset(2026, 12, 31, 17, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void There_are_the_29_kinds_of_the_decree()
    {
        Assert.Equal(29, DocumentKinds.All.Count);
        Assert.Equal(29, DocumentKinds.All.Select(kind => kind.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(27, DocumentKinds.All.Where(kind => kind.Abbreviation.Length > 0).Select(kind => kind.Abbreviation).Distinct(StringComparer.Ordinal).Count());
        Assert.All(DocumentKinds.All, kind => Assert.Matches("^[a-z-]+$", kind.Code));
    }

    [Theory]
    [InlineData("Quyết định số 5.pdf", "Quyet-dinh-so-5.pdf")]
    [InlineData("C:\\Users\\a\\Đề án.PDF", "De-an.pdf")]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData("a\r\nSet-Cookie: x.pdf", "a-Set-Cookie-x.pdf")]
    [InlineData("", "van-ban.pdf")]
    [InlineData("…", "van-ban.pdf")]
    public void File_names_are_plain_and_safe(string given, string safe) => Assert.Equal(safe, FileNames.Safe(given));

    [Fact]
    public void File_names_have_at_most_50_characters() => Assert.Equal(50, FileNames.Safe(new string('a', 300)).Length);
}
