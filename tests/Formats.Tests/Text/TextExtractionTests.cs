using System.Text;
using AnTin.Formats.Tests.Support;
using AnTin.Pdf;
using AnTin.TestKit;
using AnTin.TestKit.Pdf;

namespace AnTin.Formats.Tests.Text;

public sealed class TextExtractionTests
{
    private const string Fonts =
        "<< /Font << /H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /C << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >> >> >>";

    private static IReadOnlyList<TextLine> Lines(
        string content,
        string resources = Fonts,
        string page = "/MediaBox [0 0 595 842]",
        params string[] more
    )
    {
        var document = Drawn.Open(Drawn.Page(content, page, resources, more));
        return PdfTextExtractor.Extract(document, document.GetPage(0));
    }

    [Theory]
    [InlineData("BT /C 10 Tf 50 700 Td (abc) Tj ET", "abc@50,142", "Td and Tj")]
    [InlineData("BT /C 10 Tf 12 TL 50 700 Td (abc) Tj T* (def) Tj ET", "abc@50,142|def@50,154", "TL and T*")]
    [InlineData(
        "BT /C 10 Tf 50 700 TD (abc) Tj 0 -20 TD (def) Tj T* (ghi) Tj ET",
        "abc@50,142|def@50,162|ghi@50,182",
        "TD sets the leading"
    )]
    [InlineData("BT /C 10 Tf 14 TL 50 700 Td (abc) ' (def) ' ET", "abc@50,156|def@50,170", "apostrophe")]
    [InlineData("BT /C 10 Tf 14 TL 50 700 Td 5 2 (a b) \" ET", "a b@50,156", "quotation mark")]
    [InlineData("BT /C 10 Tf 1 0 0 1 50 700 Tm (abc) Tj 1 0 0 1 80 700 Tm (def) Tj ET", "abc def@50,142", "Tm; a gap is a blank")]
    [InlineData("BT /C 10 Tf 50 700 Td [(ab) -3000 (cd)] TJ ET", "ab@50,142|cd@92,142", "TJ over a wide gap")]
    [InlineData("BT /C 10 Tf 50 700 Td [(ab) -400 (cd) 50 (ef)] TJ ET", "ab cdef@50,142", "TJ kerning")]
    [InlineData(
        "q 2 0 0 2 10 20 cm BT /C 10 Tf 20 300 Td (abc) Tj ET Q BT /C 10 Tf 50 700 Td (def) Tj ET",
        "def@50,142|abc@50,222",
        "q, cm, Q"
    )]
    [InlineData("BT /C 10 Tf 3 Tc 50 Tz 50 700 Td (abc) Tj 0 Tc 100 Tz (x) Tj ET", "abcx@50,142", "Tc and Tz")]
    [InlineData("BT /C 10 Tf 50 700 Td (a\\(b\\)\\\\\\101\\\nc) Tj <4142> Tj ET", "a(b)\\AcAB@50,142", "escapes and hexadecimal strings")]
    [InlineData("BT /C 10 Tf 0 1 -1 0 300 400 Tm (up) Tj ET", "up~270", "turned text")]
    [InlineData(
        "BT /C 10 Tf 50 700 Td (abc) Tj ET BI /W 4 /H 4 /BPC 8 /CS /G ID \u0001 EI EI\u0002\u0003)(<<[ EI BT /C 10 Tf 50 680 Td (def) Tj ET",
        "abc@50,142|def@50,162",
        "an inline image whose data holds EI and brackets"
    )]
    [InlineData(
        "BT /C 10 Tf 50 700 Td (abc) Tj ET BI /W 4 /H 4 /F /Fl ID \u0091\u0092 EI \u00ff\u00fe)( \nEI\nBT /C 10 Tf 50 680 Td (def) Tj ET",
        "abc@50,142|def@50,162",
        "a packed inline image"
    )]
    [InlineData("/Span << /ActualText (zzz) /X [1 2] >> BDC BT /C 10 Tf 50 700 Td (abc) Tj ET EMC", "abc@50,142", "marked content")]
    [InlineData("BT /C 10 Tf 50 700 Td (abc) Tj 0.3 0 Td (abc) Tj ET", "abc@50,142", "bold by printing twice")]
    [InlineData("BT /C 10 Tf 50 700 Td (E = mc) Tj 6 Tf /C 6 Tf 3 Ts (2) Tj ET", "E = mc2@50,142", "a superscript stays in its line")]
    [InlineData("BT /C 10 Tf 700 700 Td (outside) Tj ET BT /C 10 Tf 50 700 Td (in) Tj ET", "in@50,142", "text outside the page")]
    [InlineData("BT /Nope 10 Tf 50 700 Td (abc) Tj ET", "", "a font that is not there")]
    [InlineData(") ) ] >> } { BT /C 10 Tf 50 700 Td (abc) Tj ET (open", "abc@50,142", "stray brackets and an open string")]
    [InlineData(
        "1 2 3 Tj Td Tm BT /C Tf 1e5 --5 Td /C 10 Tf 1 0 0 1 50 700 Tm (abc) Tj ET Q Q Q",
        "abc@50,142",
        "operators with wrong operands"
    )]
    public void Follows_the_text_operators(string content, string expected, string what)
    {
        var found = string.Join(
            '|',
            Lines(content)
                .Select(line =>
                    line.Rotation == 0
                        ? $"{line.Text}@{Math.Round(line.Seen.X)},{Math.Round(line.Baseline)}"
                        : $"{line.Text}~{line.Rotation}"
                )
        );
        Assert.True(expected == found, $"{what}: expected {expected}, found {found}");
    }

    [Theory]
    [InlineData(
        "<< /Type /Encoding /Differences [65 /abreve /acircumflexacute /Ohorn /uhorndotbelow /dcroat /uni1EA1 /u1EF9 /f_i /a.sc /eacute] >>",
        "ăấƠựđạỹfiaé"
    )]
    [InlineData("/MacRomanEncoding", "ABCDEFGHIJ")]
    [InlineData("<< /BaseEncoding /WinAnsiEncoding /Differences [66 /Adieresis 70 /Scedilla] >>", "AÄCDEŞGHIJ")]
    public void Reads_encodings_and_differences(string encoding, string expected)
    {
        var line = Assert.Single(
            Lines(
                "BT /F 10 Tf 50 700 Td (ABCDEFGHIJ) Tj ET",
                $"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding {encoding} >> >> >>"
            )
        );
        Assert.Equal(expected, line.Text);
    }

    [Theory]
    [InlineData("begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <1EA4> <42> <00660066> endbfchar", "(AB)", "Ấff")]
    [InlineData(
        "begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0041> <0043> <00E2> endbfrange",
        "<004100420043>",
        "âãä"
    )]
    [InlineData(
        "begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0041> <0042> [<0110> <D83DDE00>] endbfrange",
        "<00410042>",
        "Đ😀"
    )]
    public void Reads_maps_to_Unicode(string map, string shown, string expected)
    {
        var isSimple = map.Contains("<00> <FF>", StringComparison.Ordinal);
        var font = isSimple
            ? "/Subtype /TrueType /BaseFont /X /FirstChar 65 /Widths [500 500 500]"
            : "/Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500 >>]";
        var line = Assert.Single(
            Lines(
                $"BT /F 10 Tf 50 700 Td {shown} Tj ET",
                $"<< /Font << /F << /Type /Font {font} /ToUnicode 6 0 R >> >> >>",
                more: [$"<< /Length {map.Length} >>\nstream\n{map}\nendstream"]
            )
        );
        Assert.Equal(expected, line.Text);
    }

    [Fact]
    public void Marks_drawn_on_their_own_join_their_letter()
    {
        const string map =
            "begincodespacerange <0000> <FFFF> endcodespacerange 5 beginbfchar <0001> <0065> <0002> <0302> <0003> <0301> <0004> <0064> <0005> <0323> endbfchar";
        var line = Assert.Single(
            Lines(
                "BT /F 10 Tf 50 700 Td <0004000100020003000400010005> Tj ET",
                "<< /Font << /F << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<< /Subtype /CIDFontType2 /DW 500 /W [2 3 0 5 [0]] >>] >> >> >>",
                more: [$"<< /Length {map.Length} >>\nstream\n{map}\nendstream"]
            )
        );
        Assert.Equal("dếdẹ", line.Text);
        Assert.Equal(line.Text.Length, line.Glyphs.Count);
    }

    [Fact]
    public void Forms_bring_their_matrix_and_resources()
    {
        const string form = "BT /G 10 Tf 0 0 Td (inner) Tj ET";
        var lines = Lines(
            "/Fm Do",
            "<< /XObject << /Fm 6 0 R >> >>",
            more:
            [
                $"<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Matrix [1 0 0 1 50 700] /Resources << /Font << /G << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >> /Length {form.Length} >>\nstream\n{form}\nendstream",
            ]
        );
        Assert.Equal(("inner", 50.0, 142.0), (lines[0].Text, Math.Round(lines[0].Seen.X), Math.Round(lines[0].Baseline)));
    }

    [Fact]
    public void A_form_that_shows_itself_ends()
    {
        const string form = "BT /C 10 Tf 50 700 Td (x) Tj ET /Fm Do /Fm Do";
        var resources = Fonts[..^2] + "/XObject << /Fm 6 0 R >> >>";
        var file = Drawn.Page(
            "/Fm Do",
            "/MediaBox [0 0 595 842]",
            resources,
            $"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 5 0 R /Length {form.Length} >>\nstream\n{form}\nendstream"
        );
        var document = Drawn.Open(file);
        var glyphs = PdfTextExtractor.ExtractGlyphs(document, document.GetPage(0), new TextLimits { FormDepth = 4 });
        Assert.Equal(1 + 2 + 4 + 8, glyphs.Count);
        var limited = Assert.Throws<PdfFormatException>(() =>
            PdfTextExtractor.Extract(document, document.GetPage(0), new TextLimits { Operators = 10_000 })
        );
        Assert.Equal("limit.text-operators", limited.Code);
    }

    [Fact]
    public void More_characters_than_allowed_are_refused()
    {
        var document = Drawn.Open(Drawn.Page("BT /C 10 Tf 50 700 Td (" + new string('x', 200) + ") Tj ET", resources: Fonts));
        Assert.Equal(
            "limit.text-glyphs",
            Assert
                .Throws<PdfFormatException>(() => PdfTextExtractor.Extract(document, document.GetPage(0), new TextLimits { Glyphs = 100 }))
                .Code
        );
    }

    [Fact]
    public void Upright_text_of_a_turned_page_is_turned_as_seen_and_back()
    {
        var sideways = Assert.Single(Lines("BT /C 10 Tf 50 700 Td (abc) Tj ET", page: "/MediaBox [0 0 595 842] /Rotate 90"));
        Assert.Equal(90, sideways.Rotation);
        var upright = Assert.Single(Lines("BT /C 10 Tf 0 1 -1 0 100 200 Tm (abc) Tj ET", page: "/MediaBox [0 0 595 842] /Rotate 90"));
        Assert.Equal((0, 200.0, 100.0), (upright.Rotation, Math.Round(upright.Seen.X), Math.Round(upright.Baseline)));
    }

    [Fact]
    public void What_appearances_write_is_read_back_letter_by_letter()
    {
        var text = string.Join(' ', Formats.Tests.Fonts.VietnameseLetters.All.Chunk(20).Select(letters => string.Concat(letters)));
        var document = Drawn.Open(Drawn.Document([(40, 100, 6, text)]));
        var line = Assert.Single(PdfTextExtractor.Extract(document, document.GetPage(0)));
        Assert.Equal(text, line.Text);
        Assert.Equal(100, line.Baseline, 0.01);
        Assert.Equal(6, line.FontSize, 0.01);
    }

    [Fact]
    public void Damaged_files_give_text_or_a_format_error_and_nothing_else()
    {
        var random = new Random(42);
        foreach (
            var path in Directory
                .EnumerateFiles(Repository.PathOf("tests", "Formats.Tests", "Fixtures"), "*.pdf")
                .Order(StringComparer.Ordinal)
        )
        {
            var original = File.ReadAllBytes(path);
            for (var round = 0; round < 20; round++)
            {
                var damaged = (byte[])original.Clone();
                for (var i = 0; i < 1 + (round % 10); i++)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                ReadAll(damaged);
            }
        }
    }

    [Fact]
    public void Damaged_content_gives_text_or_a_format_error_and_nothing_else()
    {
        const string content =
            "q 1 0 0 1 5 5 cm BT /C 10 Tf 14 TL 50 700 Td [(ab) -300 <6364>] TJ 5 2 (x) \" (y) ' T* ET Q BI /W 1 /H 1 ID \u0001 EI /Fm Do";
        const string Noise = "()<>[]/{}% .0-9EIDTjqQ\n\\\"'";
        var random = new Random(43);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = content.ToCharArray();
            for (var i = 0; i < 1 + (round % 6); i++)
                bytes[random.Next(bytes.Length)] = Noise[random.Next(Noise.Length)];
            ReadAll(Drawn.Page(new string(bytes), resources: Fonts));
        }
    }

    private static void ReadAll(byte[] file)
    {
        try
        {
            var document = Drawn.Open(file);
            for (var index = 0; index < Math.Min(document.PageCount, 5); index++)
                PdfTextExtractor.Extract(document, document.GetPage(index));
        }
        catch (PdfFormatException)
        {
            // The one exception that may come.
        }
    }
}
