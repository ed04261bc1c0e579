using System.Globalization;
using System.Text;
using AnTin.Pdf;
using AnTin.TestKit.Pdf;
using CsCheck;

namespace AnTin.Formats.Tests.Pdf;

public sealed class PdfObjectTests
{
    private static readonly Gen<PdfObject> Leaf = Gen.OneOf<PdfObject>(
        Gen.Long.Select(n => (PdfObject)new PdfInteger(n == long.MinValue ? 0 : n % 1_000_000_000_000_000_000)),
        Gen.Int[-99_999_999, 99_999_999].Select(n => (PdfObject)new PdfReal(((2 * n) + 1) / 100_000.0)),
        Gen.Bool.Select(b => (PdfObject)PdfBoolean.Of(b)),
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Bool).Select((bytes, hex) => (PdfObject)new PdfString(bytes, hex)),
        Gen.Char['\u0001', '\u00FF'].Array[0, 20].Select(c => (PdfObject)new PdfName(new string(c))),
        Gen.Select(Gen.Int[1, 1000], Gen.Int[0, 65535]).Select((n, g) => (PdfObject)new PdfReference(n, g)),
        Gen.Const((PdfObject)PdfNull.Instance));

    private static readonly Gen<PdfObject> Any = Gen.Recursive<PdfObject>((depth, inner) => depth > 3
        ? Leaf
        : Gen.Frequency(
            (3, Leaf),
            (1, inner.Array[0, 5].Select(items => (PdfObject)new PdfArray(items))),
            (1, Gen.Select(Gen.Char['a', 'z'].Array[1, 3], inner).Array[0, 5].Select(Dictionary))));

    public static TheoryData<string, string> Spellings => new()
    {
        { "+17", "+17" }, { "007", "007" }, { "-0", "-0" }, { ".5", ".5" }, { "4.", "4." }, { "-.002", "-.002" }, { "1.10", "1.10" }, { "0.0", "0.0" },
        { "595.276", "595.276" }, { "123456789012345678901234567890", "123456789012345678901234567890" },
        { "(a\\(b\\)\\n\\053\\\r\nc)", "(a\\(b\\)\n+c)" }, { "(one\r\ntwo\rthree)", "(one\ntwo\nthree)" }, { "(nested (twice (over)))", "(nested \\(twice \\(over\\)\\))" },
        { "<48 65 6c6C 6F7>", "<48656C6C6F70>" }, { "/A#20B#", "/A#20B#23" }, { "/", "/" }, { "[/a/b(c)<64>1 0 R 2 0]", "[/a /b (c) <64> 1 0 R 2 0]" },
        { "<</K null/L true>>", "<</L true>>" }, { "% remark\n12 % more\r", "12" },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Reads_and_rewrites(string source, string written)
    {
        var document = PdfDocument.Open(new MemorySource(MiniPdf.Table("<< /Pages 2 0 R >>", "<< /Count 0 /Kids [] >>", source)));
        Assert.Equal(written, Rewrite(document, document.GetObject(3)));
    }

    [Fact]
    public void Any_object_reads_back_as_it_was_written() => Any.Sample(
        value =>
        {
            var document = PdfDocument.Open(new MemorySource(MiniPdf.Table("<< /Pages 2 0 R >>", "<< /Count 0 /Kids [] >>", "null")));
            var increment = new PdfIncrement(document);
            var holder = new PdfArray(value);
            var reference = increment.Add(holder);
            byte[] file = [.. ((MemorySource)document.Source).Bytes.ToArray(), .. increment.Build()];
            var again = PdfDocument.Open(new MemorySource(file));
            return again.Resolve(reference).Equals(holder) && again.LastRevision.Fault is null && RevisionScan.Of(again, 1).IsWellFormed;
        },
        iter: 2_000);

    [Theory]
    [InlineData("D\u1ea7u t\u01b0", "\u00fe\u00ff\0D\u001e\u00a7\0u\0 \0t\u0001\u00b0")]
    [InlineData("plain", "plain")]
    public void Text_strings_are_ascii_or_utf16(string text, string bytes)
    {
        var made = PdfString.FromText(text);
        Assert.Equal(bytes, Encoding.Latin1.GetString(made.Bytes.Span));
        Assert.Equal(text, made.ToText());
    }

    [Fact]
    public void Text_strings_in_doc_encoding_and_utf8_are_read()
    {
        Assert.Equal("\u2022 \u20AC", new PdfString(new byte[] { 0x80, 0x20, 0xA0 }).ToText());
        Assert.Equal("ấn tín", new PdfString((byte[])[0xEF, 0xBB, 0xBF, .. "ấn tín"u8]).ToText());
    }

    [Fact]
    public void What_was_read_cannot_be_changed_in_place()
    {
        var document = PdfDocument.Open(new MemorySource(MiniPdf.Table("<< /Pages 2 0 R /A [1] >>", "<< /Count 0 /Kids [] >>")));
        Assert.Throws<InvalidOperationException>(() => document.Catalog["X"] = PdfNull.Instance);
        Assert.Throws<InvalidOperationException>(() => document.Get<PdfArray>(document.Catalog, "A")!.Add(PdfNull.Instance));
        var copy = document.Catalog.Copy();
        copy["A"] = PdfNull.Instance;
        Assert.Null(copy["A"]);
        Assert.NotNull(document.Catalog["A"]);
    }

    [Fact]
    public void A_large_dictionary_finds_every_key()
    {
        var dictionary = new PdfDictionary();
        for (var i = 0; i < 200; i++) dictionary[string.Create(CultureInfo.InvariantCulture, $"K{i}")] = new PdfInteger(i);
        Assert.True(dictionary.Remove("K7"));
        for (var i = 0; i < 200; i++) Assert.Equal(i == 7 ? null : new PdfInteger(i), dictionary[string.Create(CultureInfo.InvariantCulture, $"K{i}")]);
    }

    private static PdfObject Dictionary((char[] Key, PdfObject Value)[] entries)
    {
        var made = new PdfDictionary();
        foreach (var (key, value) in entries) made[new string(key)] = value;
        return made;
    }

    private static string Rewrite(PdfDocument document, PdfObject value)
    {
        var increment = new PdfIncrement(document);
        increment.Replace(new PdfReference(3, 0), value);
        var text = Encoding.Latin1.GetString(increment.Build());
        var start = text.IndexOf("obj\n", StringComparison.Ordinal) + 4;
        return text[start..text.IndexOf("\nendobj", StringComparison.Ordinal)];
    }
}
