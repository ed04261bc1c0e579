using System.Text.Json;
using AnTin.Contracts.Platform;
using AnTin.Platform.Evidence.Tree;
using CsCheck;

namespace AnTin.Platform.Tests.Evidence;

public sealed class EvidenceRecordTests
{
    private static readonly DateTimeOffset At = new(2026, 7, 31, 23, 59, 59, 123, 456, TimeSpan.FromHours(7));

    [Fact]
    public void The_leaf_is_the_one_of_the_specification()
    {
        var entry = new EvidenceEntry("document.sealed", new Actor(new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]), "Võ Thị Kim Ngân"), At)
        {
            OrganisationId = new Guid(3, 0, 0, new byte[8]),
            Subject = new EvidenceSubject("document", "d1"),
            DocumentSha256 = new string('a', 64),
            CertificateSha256 = new string('b', 64),
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["số"] = 12, ["a"] = "x\n\"y\"", ["list"] = new object?[] { true, null } },
        };
        string leaf = EvidenceRecord.Encode(new Guid(9, 0, 0, new byte[8]), new string('c', 32), entry);
        Assert.Equal(
            """{"act":"document.sealed","actor":{"account":"00000001-0000-0000-0000-000000000000","name":"Võ Thị Kim Ngân","person":"00000002-0000-0000-0000-000000000000"},"at":"2026-07-31T16:59:59.123456Z","certificate":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","details":{"a":"x\n\"y\"","list":[true,null],"số":12},"document":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","id":"00000009-0000-0000-0000-000000000000","organisation":"00000003-0000-0000-0000-000000000000","salt":"cccccccccccccccccccccccccccccccc","subject":{"id":"d1","kind":"document"},"v":1}""",
            leaf);
        EvidenceRecord record = EvidenceRecord.Decode(leaf, "test");
        Assert.Equal((entry.Act, entry.Actor, entry.At.ToUniversalTime()), (record.Act, record.Actor, record.At));
        Assert.Equal((entry.OrganisationId, entry.Subject, entry.DocumentSha256, entry.CertificateSha256),
            (record.OrganisationId, record.Subject, record.DocumentSha256, record.CertificateSha256));
        Assert.Equal(12, record.Details.GetProperty("số").GetInt32());
    }

    [Fact]
    public void Any_text_survives_and_has_one_spelling() =>
        Gen.String.Sample(text =>
        {
            string json;
            try
            {
                json = CanonicalJson.Write(text);
            }
            catch (ArgumentException)
            {
                Assert.Contains(text, char.IsSurrogate);
                return;
            }
            Assert.Equal(text, CanonicalJson.Read(json, "test").GetString());
            Assert.Equal(text, JsonSerializer.Deserialize<string>(json));
        }, iter: 5000);

    [Theory]
    [InlineData("{\"b\":1,\"a\":2}", "keys out of order")]
    [InlineData("{\"a\":1, \"b\":2}", "white space")]
    [InlineData("{\"a\":1.0}", "a fraction")]
    [InlineData("{\"a\":1e2}", "an exponent")]
    [InlineData("{\"a\":\"\\u0041\"}", "an escaped letter")]
    [InlineData("{\"a\":\"\\/\"}", "an escaped slash")]
    [InlineData("{\"a\":1,\"a\":1}", "a repeated key")]
    [InlineData("{\"a\":9007199254740993}", "beyond 2^53")]
    [InlineData("{\"a\":-0}", "minus nothing")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", "too deep")]
    [InlineData("{\"a\":\"\\ud800\"}", "half a character")]
    [InlineData("{} ", "trailing space")]
    [InlineData("", "nothing")]
    public void Other_spellings_are_refused(string json, string why)
    {
        EvidenceFormatException e = Assert.Throws<EvidenceFormatException>(() => CanonicalJson.Read(json, "here"));
        Assert.True(e.Path == "here", why);
    }

    [Theory]
    [InlineData("Document.Signed")]
    [InlineData("signed")]
    [InlineData("document..signed")]
    [InlineData("")]
    public void A_malformed_act_is_a_bug_of_the_caller(string act) =>
        Assert.Throws<ArgumentException>(() => EvidenceRecord.Encode(Guid.Empty, "", new EvidenceEntry(act, Actor.System, At)));

    [Fact]
    public void A_fraction_in_the_details_is_a_bug_of_the_caller()
    {
        var entry = new EvidenceEntry("a.b", Actor.System, At) { Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x"] = 0.5 } };
        Assert.Throws<ArgumentException>(() => EvidenceRecord.Encode(Guid.Empty, "", entry));
    }

    [Fact]
    public void An_entry_that_fits_no_bundle_is_a_bug_of_the_caller()
    {
        var entry = new EvidenceEntry("a.b", Actor.System, At) { Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x"] = new string('x', 65_536) } };
        Assert.Throws<ArgumentException>(() => EvidenceRecord.Encode(Guid.Empty, "", entry));
    }

    [Fact]
    public void An_unknown_field_is_refused() =>
        Assert.Throws<EvidenceFormatException>(() => EvidenceRecord.Decode(
            """{"act":"a.b","actor":{"name":"x"},"at":"2026-07-31T16:59:59.123456Z","extra":1,"id":"00000009-0000-0000-0000-000000000000","v":1}""", "test"));
}
