using System.Globalization;
using System.Text.Json;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Oversight;
using static AnTin.Modules.Tests.Oversight.IssuedEntries;

namespace AnTin.Modules.Tests.Oversight;

public sealed class FigureCalculatorTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private static readonly Period November = new(2026, 11);

    private static Guid Document(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    [Fact]
    public void No_entries_give_no_rows_and_an_empty_total()
    {
        IssuedDocumentsFigure figure = FigureCalculator.Compute([], November);

        Assert.Empty(figure.Rows);
        Assert.Equal(new IssuedDocumentsRow("", "", 0, 0, 0), figure.Total);
        Assert.Null(figure.Total.PersonalRate);
        Assert.Null(figure.Total.SealRate);
    }

    [Fact]
    public void Counts_by_agency_and_adds_the_rows_up()
    {
        IssuedDocumentsFigure figure = FigureCalculator.Compute(
            [
                Entry(Details(Document(1), "H99.06", "Sở B", Day, 1)),
                Entry(Details(Document(2), "H99.05", "Sở A", Day, 1)),
                Entry(Details(Document(3), "H99.05", "Sở A", Day, 2, signed: false)),
                Entry(Details(Document(4), "H99.05", "Sở A", Day, 3, signed: false, isSealed: false), DocumentActs.PaperRegistered),
            ],
            November);

        Assert.Equal(
            [new IssuedDocumentsRow("H99.05", "Sở A", 3, 1, 2), new IssuedDocumentsRow("H99.06", "Sở B", 1, 1, 1)],
            figure.Rows);
        Assert.Equal(new IssuedDocumentsRow("", "", 4, 2, 3), figure.Total);
        Assert.Equal(33.33m, figure.Rows[0].PersonalRate);
        Assert.Equal(66.67m, figure.Rows[0].SealRate);
    }

    [Fact]
    public void A_document_counts_once_by_its_first_entry()
    {
        IssuedDocumentsFigure figure = FigureCalculator.Compute(
            [
                Entry(Details(Document(1), "H99.05", "Sở A", Day, 1, signed: false)),
                Entry(Details(Document(1), "H99.05", "Sở A", Day, 1, signed: true)),
                Entry(Details(Document(1), "H99.06", "Sở B", Day.AddMonths(1), 1)),
            ],
            November);

        Assert.Equal([new IssuedDocumentsRow("H99.05", "Sở A", 1, 0, 1)], figure.Rows);
    }

    [Fact]
    public void The_date_of_issue_decides_the_month_and_months_come_oldest_first()
    {
        IReadOnlyList<IssuedDocumentsFigure> figures = FigureCalculator.Compute(
            [
                Entry(Details(Document(1), "H99.05", "Sở A", new DateOnly(2026, 12, 1), 3)),
                Entry(Details(Document(2), "H99.05", "Sở A", new DateOnly(2026, 11, 30), 2)),
                Entry(Details(Document(3), "H99.05", "Sở A", new DateOnly(2025, 12, 31), 9)),
            ]);

        Assert.Equal(["2025-12", "2026-11", "2026-12"], figures.Select(f => f.Period.ToString()));
    }

    [Fact]
    public void An_agency_carries_the_name_of_its_last_entry_in_the_month()
    {
        IssuedDocumentsFigure figure = FigureCalculator.Compute(
            [Entry(Details(Document(1), "H99.05", "Tên cũ", Day, 1)), Entry(Details(Document(2), "H99.05", "Tên mới", Day, 2))],
            November);

        Assert.Equal("Tên mới", Assert.Single(figure.Rows).OrganisationName);
    }

    [Fact]
    public void Entries_of_other_acts_are_passed_over_whatever_they_carry()
    {
        FigureEntry[] others = [new(DocumentActs.Signed, JsonElement.Parse("{}")), new("account.signed-in", JsonElement.Parse("[1,2]"))];

        Assert.Empty(FigureCalculator.Compute(others));
    }

    public static TheoryData<string, string> Malformed => new()
    {
        { "no details at all", "null" },
        { "an empty object", "{}" },
        { "a list", "[]" },
        { "a field left out", """{"documentId":"00000001-0000-0000-0000-000000000001","organisationCode":"H","organisationName":"n","year":2026,"number":1,"symbol":"s","issuedOn":"2026-11-20","title":"t","personallySigned":true}""" },
        { "a name that is null", """{"documentId":"00000001-0000-0000-0000-000000000001","organisationCode":"H","organisationName":null,"year":2026,"number":1,"symbol":"s","issuedOn":"2026-11-20","title":"t","personallySigned":true,"sealed":true}""" },
        { "a date that is none", """{"documentId":"00000001-0000-0000-0000-000000000001","organisationCode":"H","organisationName":"n","year":2026,"number":1,"symbol":"s","issuedOn":"2026-02-30","title":"t","personallySigned":true,"sealed":true}""" },
        { "a flag written as text", """{"documentId":"00000001-0000-0000-0000-000000000001","organisationCode":"H","organisationName":"n","year":2026,"number":1,"symbol":"s","issuedOn":"2026-11-20","title":"t","personallySigned":"true","sealed":true}""" },
        { "a number beyond an integer", """{"documentId":"00000001-0000-0000-0000-000000000001","organisationCode":"H","organisationName":"n","year":99999999999,"number":1,"symbol":"s","issuedOn":"2026-11-20","title":"t","personallySigned":true,"sealed":true}""" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Refuses_an_issuing_entry_it_cannot_read(string description, string details)
    {
        var entry = new FigureEntry(DocumentActs.Issued, JsonElement.Parse(details));

        FigureFormatException refused = Assert.Throws<FigureFormatException>(() => FigureCalculator.Compute([entry]));
        Assert.True(refused.Message.StartsWith(DocumentActs.Issued, StringComparison.Ordinal), description);
    }

    [Theory]
    [InlineData(1, 3, "33.33")]
    [InlineData(2, 3, "66.67")]
    [InlineData(1, 800, "0.13")]
    [InlineData(3, 800, "0.38")]
    [InlineData(7, 7, "100")]
    [InlineData(0, 9, "0")]
    public void Rates_are_rounded_half_up_to_two_decimals(int part, int whole, string expected) =>
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), new IssuedDocumentsRow("", "", whole, part, 0).PersonalRate);

    [Theory]
    [InlineData("2026-11", true)]
    [InlineData("0001-01", true)]
    [InlineData("2026-13", false)]
    [InlineData("2026-00", false)]
    [InlineData("2026-1", false)]
    [InlineData("26-11", false)]
    [InlineData("2026-11-01", false)]
    [InlineData(" 2026-11", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_period_is_exactly_year_and_month(string? text, bool valid)
    {
        Assert.Equal(valid, Period.TryParse(text, out Period period));
        Assert.True(!valid || period.ToString() == text);
    }

    [Fact]
    public void Periods_step_over_years_and_stop_at_the_ends_of_the_calendar()
    {
        Assert.Equal(new Period(2027, 1), new Period(2026, 12).Plus(1));
        Assert.Equal(new Period(2025, 12), new Period(2026, 1).Plus(-1));
        Assert.Equal(new Period(1, 1), new Period(1, 2).Plus(-5));
        Assert.Equal(new Period(9999, 12), new Period(9999, 12).Plus(1));
        Assert.True(new Period(2026, 11) < new Period(2027, 1));
    }
}
