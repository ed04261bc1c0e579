using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.Formats.Tests.Asn1;

public sealed class Asn1ReaderTests
{
    [Theory]
    [InlineData("0500", "one NULL", true)]
    [InlineData("050000", "data after the value", false)]
    [InlineData("05", "no length", false)]
    [InlineData("0501", "content missing", false)]
    [InlineData("0581", "length cut short", false)]
    [InlineData("058100", "length not minimal", false)]
    [InlineData("", "nothing", false)]
    public void Reads_exactly_one_DER_value(string hex, string what, bool good)
    {
        void Read()
        {
            var reader = Asn1Reader.Der(Convert.FromHexString(hex), "value");
            reader.ReadNull("null");
            reader.End();
        }

        if (good)
        {
            Read();
        }
        else
        {
            Assert.True(Record.Exception(Read) is Asn1FormatException, what);
        }
    }

    [Fact]
    public void An_error_tells_offset_and_path()
    {
        var reader = Asn1Reader.Der(Convert.FromHexString("300830060201050401FF"), "Outer");
        var inner = reader.ReadSequence("list").ReadSequence("item");
        Assert.Equal(5, inner.ReadInt32("number"));
        var error = Assert.Throws<Asn1FormatException>(() => inner.ReadInt32("second"));
        Assert.Equal(7, error.Offset);
        Assert.Equal("Outer/list/item/second", error.Path);
    }

    [Theory]
    [InlineData("020100", 0)]
    [InlineData("0201FF", -1)]
    [InlineData("02020080", 128)]
    [InlineData("02047FFFFFFF", int.MaxValue)]
    [InlineData("020480000000", int.MinValue)]
    public void Integers(string hex, int value) => Assert.Equal(value, Asn1Reader.Der(Convert.FromHexString(hex), "v").ReadInt32("i"));

    [Fact]
    public void An_integer_too_large_is_refused_and_stays_unread()
    {
        var reader = Asn1Reader.Der(Convert.FromHexString("02050100000000"), "v");
        Assert.Throws<Asn1FormatException>(() => reader.ReadInt32("i"));
        Assert.Equal(0x100000000, reader.ReadInteger("i"));
    }

    [Theory]
    [InlineData("0C03E1BB87", "ệ")]
    [InlineData("1E021EC7", "ệ")]
    [InlineData("1303412642", "A&B")]
    [InlineData("1401E9", "é")]
    [InlineData("1C0400001EC7", "ệ")]
    public void Text_of_every_type(string hex, string text) => Assert.Equal(text, Asn1Reader.Der(Convert.FromHexString(hex), "v").ReadText("t"));

    [Theory]
    [InlineData("0C01FF")]
    [InlineData("1E02D800")]
    [InlineData("1E0141")]
    [InlineData("0401AA")]
    public void Text_that_is_not_text_is_refused(string hex) =>
        Assert.Throws<Asn1FormatException>(() => Asn1Reader.Der(Convert.FromHexString(hex), "v").ReadText("t"));

    [Theory]
    [InlineData("170D3439303130313030303030305A", 2049)]
    [InlineData("170D3530303130313030303030305A", 1950)]
    [InlineData("180F32303530303130313030303030305A", 2050)]
    public void Times(string hex, int year) => Assert.Equal(year, Asn1Reader.Der(Convert.FromHexString(hex), "v").ReadTime("t").Year);

    [Fact]
    public void Nesting_and_number_of_values_are_bounded()
    {
        byte[] deep = [5, 0];
        for (var i = 0; i < 100; i++)
        {
            deep = Der.Wrap(Der.Sequence, deep);
        }

        Assert.Contains("nesting", Assert.Throws<Asn1FormatException>(() => Walk(Asn1Reader.Ber(deep, "v"))).Message, StringComparison.Ordinal);
        Assert.Contains("nesting", Assert.Throws<Asn1FormatException>(() => DerTranscoder.Transcode(deep)).Message, StringComparison.Ordinal);
        var wide = Asn1Reader.Der(Der.Wrap(Der.Sequence, new byte[] { 5, 0, 5, 0, 5, 0 }), "v", new Asn1Limits(100, 10, 3)).ReadSequence("s");
        wide.ReadNull("a");
        wide.ReadNull("b");
        Assert.Throws<Asn1FormatException>(() => wide.ReadNull("c"));
        Assert.Throws<Asn1FormatException>(() => Asn1Reader.Der(new byte[101], "v", new Asn1Limits(100, 10, 3)));
    }

    [Theory]
    [InlineData("3080050005000000", "300405000500", "indefinite length")]
    [InlineData("24800401410401420000", "04024142", "constructed octet string")]
    [InlineData("238003020041030204400000", "0303044140", "constructed bit string")]
    [InlineData("31050201050500", "31050201050500", "a set in order")]
    [InlineData("310505000201 05", "31050201050500", "a set out of order")]
    [InlineData("010101", "0101FF", "TRUE is FF")]
    [InlineData("3081020500", "30020500", "minimal length")]
    public void BER_becomes_DER(string ber, string der, string what)
    {
        var result = DerTranscoder.Transcode(Convert.FromHexString(ber.Replace(" ", "", StringComparison.Ordinal)));
        Assert.True(der == Convert.ToHexString(result), $"{what}: {Convert.ToHexString(result)}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(1 << 24)]
    public void Headers_are_what_the_platform_writes(int length)
    {
        var ours = Der.Wrap(Der.OctetString, new byte[length]);
        var theirs = Der.Encode(w => w.WriteOctetString(new byte[length]));
        Assert.Equal(theirs.Length, ours.Length);
        Assert.True(theirs.AsSpan().SequenceEqual(ours));
        Assert.Equal(ours.Length, Der.Size(length));
    }

    private static void Walk(Asn1Reader reader)
    {
        while (reader.HasData)
        {
            if (reader.PeekTag("t").HasSameClassAndValue(Asn1Tag.Sequence))
            {
                Walk(reader.ReadSequence("s"));
            }
            else
            {
                reader.ReadEncoded("v");
            }
        }
    }
}
