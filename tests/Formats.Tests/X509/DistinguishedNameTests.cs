using System.Formats.Asn1;
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Formats.Tests.X509;

public sealed class DistinguishedNameTests
{
    [Theory]
    [InlineData("CN", "Sở  Nội   vụ", "sở nội vụ", true, "case and runs of spaces do not count")]
    [InlineData("CN", " Sở Nội vụ ", "Sở Nội vụ", true, "spaces at the ends do not count")]
    [InlineData("CN", "Sở Nội vụ", "So Noi vu", false, "marks do count")]
    [InlineData("CN", "Hòa", "Hòa", true, "composed and decomposed letters are the same")]
    [InlineData("CN", "ABC", "ABC", true, "full-width letters are compatible")]
    [InlineData("CN", "A B", "AB", false, "a space inside counts")]
    public void Values_compare_as_RFC_5280_says(string type, string left, string right, bool same, string why)
    {
        Assert.Equal("CN", type);
        var a = Build((Oids.CommonName, UniversalTagNumber.UTF8String, left));
        var b = Build((Oids.CommonName, UniversalTagNumber.UTF8String, right));
        Assert.True(a.Equals(b) == same, why);
        Assert.True((a.ComparisonKey == b.ComparisonKey) == same, why);
    }

    [Fact]
    public void The_string_type_does_not_count_but_the_order_does()
    {
        var utf8 = Build((Oids.Country, UniversalTagNumber.UTF8String, "VN"), (Oids.Organization, UniversalTagNumber.UTF8String, "Ban"));
        var printable = Build((Oids.Country, UniversalTagNumber.PrintableString, "VN"), (Oids.Organization, UniversalTagNumber.BMPString, "BAN"));
        var turned = Build((Oids.Organization, UniversalTagNumber.UTF8String, "Ban"), (Oids.Country, UniversalTagNumber.UTF8String, "VN"));
        Assert.Equal(utf8, printable);
        Assert.Equal(utf8.GetHashCode(), printable.GetHashCode());
        Assert.NotEqual(utf8, turned);
    }

    [Fact]
    public void A_value_cannot_pretend_to_be_two_attributes()
    {
        var one = Build((Oids.CommonName, UniversalTagNumber.UTF8String, "A\u00012.5.4.10=b"));
        var two = Build((Oids.CommonName, UniversalTagNumber.UTF8String, "A"), (Oids.Organization, UniversalTagNumber.UTF8String, "b"));
        Assert.NotEqual(one, two);
    }

    [Theory]
    [InlineData("a,b", "CN=a\\,b")]
    [InlineData("#a", "CN=\\#a")]
    [InlineData(" a ", "CN=\\ a\\ ")]
    [InlineData("a+b=c;\"<>\\", "CN=a\\+b=c\\;\\\"\\<\\>\\\\")]
    [InlineData("ỦY BAN", "CN=ỦY BAN")]
    public void Text_is_escaped_as_RFC_4514_says(string value, string text) =>
        Assert.Equal(text, Build((Oids.CommonName, UniversalTagNumber.UTF8String, value)).ToString());

    [Fact]
    public void Attributes_that_are_not_text_stay_encoded()
    {
        var name = DistinguishedName.Parse(Convert.FromHexString("300E310C300A06032A0304A003020105"));
        Assert.Null(Assert.Single(name.Attributes).Value);
        Assert.Equal("1.2.3.4=#a003020105", name.ToString());
    }

    private static DistinguishedName Build(params (string Oid, UniversalTagNumber Type, string Value)[] parts) =>
        DistinguishedName.Parse(Der.Encode(w =>
        {
            using (w.PushSequence())
            {
                foreach (var (oid, type, value) in parts)
                {
                    using (w.PushSetOf())
                    using (w.PushSequence())
                    {
                        w.WriteObjectIdentifier(oid);
                        w.WriteCharacterString(type, value);
                    }
                }
            }
        }));
}
