using System.Text;
using AnTin.Formats.Tests.Support;
using AnTin.Pdf;
using AnTin.TestKit;

namespace AnTin.Formats.Tests.Placements;

public sealed class SignaturePlacementTests
{
    // Left end, baseline, size, text: a decision as Decree 30/2020/NĐ-CP presents it.
    private static readonly (double X, double Baseline, double Size, string Text)[] Decision =
    [
        (90, 70, 13, "ỦY BAN NHÂN DÂN"),
        (100, 86, 13, "TỈNH AN BÌNH"),
        (110, 120, 13, "Số:            /QĐ-UBND"),
        (300, 120, 13, "An Bình, ngày      tháng      năm 2026"),
        (240, 160, 14, "QUYẾT ĐỊNH"),
        (190, 180, 14, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"),
        (110, 210, 14, "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020;"),
        (110, 230, 14, "Giao ông Nguyễn Văn An, Phó Chủ tịch, chỉ đạo thực hiện Quyết định này./."),
        (90, 300, 11, "- Lưu: VT, KGVX."),
        (380, 280, 14, "KT. CHỦ TỊCH"),
        (375, 297, 14, "PHÓ CHỦ TỊCH"),
        (372, 390, 14, "Nguyễn Văn An"),
    ];

    private static SignaturePlacement Open(byte[] file) => new(Drawn.Open(file));

    private static SignaturePlacement OpenFixture(string name) =>
        Open(File.ReadAllBytes(Repository.PathOf("tests", "Formats.Tests", "Fixtures", name)));

    [Theory]
    [InlineData("Nguyễn Văn An", "as printed")]
    [InlineData("NGUYỄN VĂN AN", "in capitals")]
    [InlineData("nguyen van an", "without marks")]
    public void Signs_between_title_and_name_however_the_name_is_written(string name, string how)
    {
        foreach (var form in new[] { NormalizationForm.FormC, NormalizationForm.FormD })
        {
            var place = Open(Drawn.Document(Decision)).FindSigner(name.Normalize(form));
            Assert.True(place.Source == PlaceSource.TitleAndName, how);
            Assert.Equal("PHÓ CHỦ TỊCH … Nguyễn Văn An", place.FoundText);
            var middle = 372 + (FontStack.Tinos.Measure("Nguyễn Văn An", 14) / 2);
            Assert.Equal(middle, place.Seen.X + (place.Seen.Width / 2), 1.0);
            Assert.InRange(place.Seen.Y, 297, 310);
            Assert.InRange(place.Seen.Bottom, 365, 380);
        }
    }

    [Theory]
    [InlineData("/MediaBox [0 0 595 842] /Rotate 90")]
    [InlineData("/MediaBox [0 0 842 595] /Rotate 270")]
    [InlineData("/MediaBox [0 0 595 842] /Rotate 180")]
    [InlineData("/MediaBox [-20 -30 700 900] /CropBox [10 20 605 862]")]
    public void Finds_the_same_place_on_turned_and_cropped_pages(string page)
    {
        var straight = Open(Drawn.Document(Decision)).FindSigner("Nguyễn Văn An");
        var found = Open(TurnedDocument(page)).FindSigner("Nguyễn Văn An");
        Assert.Equal(PlaceSource.TitleAndName, found.Source);
        Assert.Equal(straight.Seen.X, found.Seen.X, 0.5);
        Assert.Equal(straight.Seen.Y, found.Seen.Y, 0.5);
        Assert.Equal(straight.Seen.Height, found.Seen.Height, 0.5);
    }

    [Fact]
    public void The_seal_covers_a_third_of_the_signature_on_its_left_in_real_size()
    {
        var placement = Open(Drawn.Document(Decision));
        var signature = placement.FindSigner("Nguyễn Văn An");
        var seal = placement.FindSeal(signature, 36);
        Assert.Equal(36 * 72 / 25.4, seal.Seen.Width, 0.001);
        Assert.Equal(seal.Seen.Width, seal.Seen.Height, 0.001);
        Assert.Equal(signature.Seen.X + (signature.Seen.Width / 3), seal.Seen.Right, 0.001);
        Assert.Equal(signature.Seen.Y + (signature.Seen.Height / 2), seal.Seen.Y + (seal.Seen.Height / 2), 0.001);
        // A picture of two to one stands in the middle of its box: the seal covers a third of the picture, not of the box.
        var picture = placement.FindSeal(signature, 36, signatureAspect: 1);
        Assert.Equal(
            signature.Seen.X + ((signature.Seen.Width - signature.Seen.Height) / 2) + (signature.Seen.Height / 3),
            picture.Seen.Right,
            0.001
        );
    }

    [Fact]
    public void Number_and_date_continue_the_printed_line()
    {
        var (number, date) = Open(Drawn.Document(Decision)).FindNumberAndDate();
        Assert.NotNull(number);
        Assert.NotNull(date);
        Assert.True(number.HasSymbol && !number.IsFilled && !date.IsFilled);
        Assert.Equal("2026", date.PrintedYear);
        Assert.Equal(13, number.FontSize, 0.1);

        var filled = Drawn.Stamp(
            Drawn.Document(Decision),
            (number.Place.Seen, Appearance.Create(number.Write("05"))),
            (date.Place.Seen, Appearance.Create(date.Write(new DateOnly(2026, 1, 9))))
        );
        Assert.Equal("ngày 09 tháng 01 năm 2026", DatePlace.Value(new DateOnly(2026, 1, 9)));
        Assert.Equal("ngày 19 tháng 3 năm 2026", DatePlace.Value(new DateOnly(2026, 3, 19)));
        Assert.Throws<ArgumentException>(() => date.Write(new DateOnly(2027, 1, 1)));
        Assert.True(filled.Length > 0);
    }

    [Fact]
    public async Task Filled_number_and_date_read_as_one_line()
    {
        Assert.SkipUnless(OutsideTool.Exists("pdftotext"), "pdftotext is not installed");
        foreach (var name in new[] { "chromium-decision.pdf", "libreoffice-decision.pdf", "qt-decision.pdf" })
        {
            var file = File.ReadAllBytes(Repository.PathOf("tests", "Formats.Tests", "Fixtures", name));
            var (number, date) = Open(file).FindNumberAndDate();
            var filled = Drawn.Stamp(
                file,
                (number!.Place.Seen, Appearance.Create(number.Write("05"))),
                (date!.Place.Seen, Appearance.Create(date.Write(new DateOnly(2026, 1, 9))))
            );
            using var folder = new TempFolder();
            var text = (await OutsideTool.RunAsync("pdftotext", "-layout", folder.Write("filled.pdf", filled), "-")).Output;
            Assert.Matches(@"Số:\s+05\s?/QĐ-UBND", text);
            Assert.Matches(@"An Bình, ngày\s+09\s+tháng\s+01\s+năm 2026", text);
        }
    }

    [Theory]
    [InlineData("Số: ......./UBND-VX", "An Bình, ngày ..... tháng ..... năm 20...", true, "20", "dots")]
    [InlineData("SỐ:____/QĐ-SNV", "An Bình, NGÀY     THÁNG     NĂM 202 ", true, "202", "capitals and underscores")]
    [InlineData("Số:", "ngày      tháng      năm", false, "", "no symbol, no year")]
    [InlineData("Số      /TB-UBND", "……, ngày …… tháng …… năm 2026", true, "2026", "no colon")]
    public void Finds_the_gaps_of_other_drafts(string numberLine, string dateLine, bool hasSymbol, string year, string what)
    {
        var (number, date) = Open(Drawn.Document([(90, 100, 13, numberLine), (320, 100, 13, dateLine)])).FindNumberAndDate();
        Assert.True(number is not null && date is not null, what);
        Assert.Equal((hasSymbol, year), (number.HasSymbol, date.PrintedYear));
        Assert.InRange(number.Place.Seen.X, 90, 125);
        Assert.True(number.Place.Seen.Width > 8);
        Assert.True(date.Day.Width > 8 && date.Month.Start > date.Day.Start + date.Day.Width);
        Assert.Equal(year.Length == 4, date.Year is null);
        Appearance.Create(date.Write(new DateOnly(2026, 12, 31)));
    }

    [Theory]
    [InlineData("Số: 12/QĐ-UBND", "An Bình, ngày 05 tháng 3 năm 2026", true)]
    [InlineData("Căn cứ Luật số 30/2020", "theo Quyết định ngày 05 tháng 3 năm 2020", false)]
    public void Tells_a_filled_line_from_a_reference_to_another_document(string first, string second, bool isLine)
    {
        var (number, date) = Open(Drawn.Document([(90, 100, 13, first), (320, 100, 13, second)])).FindNumberAndDate();
        Assert.Equal((isLine, isLine), (number is { IsFilled: true }, date is { IsFilled: true }));
    }

    [Fact]
    public void A_date_phrase_in_italics_is_filled_in_italics()
    {
        var (number, date) = OpenFixture("../../../samples/quyet-dinh-mau.pdf").FindNumberAndDate();
        Assert.True(date is { IsItalic: true });
        Assert.Same(FontStack.TinosItalic, date.Write(new DateOnly(2026, 1, 9)).Font);
        Assert.Same(FontStack.Tinos, number!.Write("05").Font);
        Assert.False(Open(Drawn.Document(Decision)).FindNumberAndDate().Date!.IsItalic);
    }

    [Fact]
    public void Initials_stand_after_the_closing_mark_or_the_filing_line()
    {
        var placement = Open(Drawn.Document(Decision));
        var content = placement.FindInitial();
        var form = placement.FindInitial(checksForm: true);
        var second = placement.FindInitial(checksForm: true, ordinal: 1);
        Assert.Equal((PlaceSource.ClosingMark, PlaceSource.FilingLine), (content.Source, form.Source));
        Assert.InRange(content.Seen.Y, 210, 230);
        Assert.InRange(form.Seen.X, 90 + FontStack.Tinos.Measure("- Lưu: VT, KGVX.", 11), 200);
        Assert.True(second.Seen.X >= form.Seen.Right);
    }

    [Fact]
    public void Without_the_name_the_lowest_title_counts_and_without_text_the_bottom_right()
    {
        var unknown = Open(Drawn.Document(Decision)).FindSigner("Trần Thị Không Có");
        Assert.Equal((PlaceSource.TitleAndName, "PHÓ CHỦ TỊCH … Nguyễn Văn An"), (unknown.Source, unknown.FoundText));
        var titleOnly = Open(Drawn.Document([(380, 280, 14, "GIÁM ĐỐC"), (100, 200, 14, "Kính gửi")])).FindSigner(null);
        Assert.Equal(PlaceSource.Title, titleOnly.Source);
        Assert.InRange(titleOnly.Seen.Y, 280, 300);
        var nameOnly = Open(Drawn.Document([(380, 400, 14, "TS. Lê Thị Bình"), (380, 420, 14, "Lê Thị Bình")])).FindSigner("Lê Thị Bình");
        Assert.Equal(PlaceSource.Name, nameOnly.Source);
        var empty = Open(Drawn.Page(""));
        Assert.Equal(PlaceSource.Fallback, empty.FindSigner("Ai Đó").Source);
        Assert.Equal(PlaceSource.Fallback, empty.FindInitial().Source);
        Assert.Null(empty.FindAnchor("CHỦ TỊCH"));
        Assert.Null(empty.FindNumberAndDate().Number);
    }

    [Fact]
    public void A_rank_before_the_name_and_a_note_in_the_room_do_not_matter()
    {
        var place = Open(
                Drawn.Document([
                    (350, 280, 14, "TL. GIÁM ĐỐC"),
                    (340, 297, 14, "TRƯỞNG PHÒNG"),
                    (345, 320, 12, "(Ký, ghi rõ họ tên)"),
                    (330, 390, 14, "Đại tá Đỗ Thị Mỹ"),
                ])
            )
            .FindSigner("Đỗ Thị Mỹ");
        Assert.Equal((PlaceSource.TitleAndName, "TRƯỞNG PHÒNG … Đại tá Đỗ Thị Mỹ"), (place.Source, place.FoundText));
    }

    [Fact]
    public void Two_signers_side_by_side_get_their_own_columns()
    {
        var placement = Open(
            Drawn.Document([
                (90, 280, 14, "GIÁM ĐỐC SỞ NỘI VỤ"),
                (370, 280, 14, "GIÁM ĐỐC SỞ TƯ PHÁP"),
                (110, 380, 14, "Trần Văn Bình"),
                (390, 380, 14, "Lê Thị Cúc"),
            ])
        );
        Assert.True(placement.FindSigner("Trần Văn Bình").Seen.Right < placement.FindSigner("Lê Thị Cúc").Seen.X);
    }

    [Fact]
    public void An_anchor_gets_the_roomier_side()
    {
        var placement = Open(Drawn.Document(Decision));
        var title = placement.FindAnchor("pho chu tich");
        var name = placement.FindAnchor("NGUYỄN VĂN AN");
        Assert.Equal(PlaceSource.Anchor, title?.Source);
        Assert.InRange(title!.Seen.Y, 297, 305);
        Assert.InRange(name!.Seen.Y, 390, 400);
    }

    [Theory]
    [InlineData("chromium-decision.pdf", "Nguyễn Thị Lấp Lánh")]
    [InlineData("libreoffice-decision.pdf", "Nguyễn Thị Lấp Lánh")]
    [InlineData("qt-decision.pdf", "NGUYỄN THỊ LẤP LÁNH")]
    [InlineData("ghostscript-distilled.pdf", "nguyen thi lap lanh")]
    [InlineData("pdftex-t5.pdf", "Nguyễn Văn An")]
    [InlineData("cairo-svg.pdf", "Trần Văn Bình")]
    public void Finds_the_block_in_files_of_many_producers(string file, string name) =>
        Assert.Equal(PlaceSource.TitleAndName, OpenFixture(file).FindSigner(name).Source);

    // The decision drawn so that it looks upright on a page that is turned.
    private static byte[] TurnedDocument(string page) => Drawn.Document(Decision, page);
}
