// GeneralName of RFC 5280 §4.2.1.6. Text of e-mail, DNS and URI is IA5; SmtpUTF8Mailbox (RFC 9598) stays encoded in OtherName.
using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

public enum GeneralNameKind
{
    OtherName = 0,
    Email = 1,
    Dns = 2,
    X400Address = 3,
    DirectoryName = 4,
    EdiPartyName = 5,
    Uri = 6,
    IpAddress = 7,
    RegisteredId = 8,
}

/// <param name="Kind">Choice, numbered as its tag.</param>
/// <param name="Encoded">The whole value as encoded.</param>
/// <param name="Text">E-mail, DNS name, URI or dotted registered identifier; else null.</param>
/// <param name="Directory">The directory name, when it is one.</param>
/// <param name="Octets">Content of an IP address (4 or 16 octets; with a mask 8 or 32).</param>
public sealed record GeneralName(
    GeneralNameKind Kind, ReadOnlyMemory<byte> Encoded, string? Text = null, DistinguishedName? Directory = null, ReadOnlyMemory<byte> Octets = default)
{
    public static GeneralName Email(string address) => Make(GeneralNameKind.Email, address);

    public static GeneralName Uri(string uri) => Make(GeneralNameKind.Uri, uri);

    public static GeneralName Dns(string name) => Make(GeneralNameKind.Dns, name);

    public static GeneralName OfDirectory(DistinguishedName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
        {
            writer.WriteEncodedValue(name.RawData.Span);
        }

        return new GeneralName(GeneralNameKind.DirectoryName, writer.Encode(), Directory: name);
    }

    internal static IReadOnlyList<GeneralName> ReadAll(Asn1Reader sequence)
    {
        var names = new List<GeneralName>();
        while (sequence.HasData)
        {
            names.Add(Read(sequence));
        }

        return names;
    }

    internal static GeneralName Read(Asn1Reader reader)
    {
        var tag = reader.PeekTag("GeneralName");
        var encoded = reader.PeekEncoded("GeneralName");
        if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue is < 0 or > 8)
        {
            throw reader.Fail("GeneralName", "unknown choice");
        }

        var kind = (GeneralNameKind)tag.TagValue;
        var context = new Asn1Tag(TagClass.ContextSpecific, tag.TagValue);
        switch (kind)
        {
            case GeneralNameKind.Email or GeneralNameKind.Dns or GeneralNameKind.Uri:
                return new GeneralName(kind, encoded, reader.ReadText("name", context, UniversalTagNumber.IA5String));
            case GeneralNameKind.DirectoryName:
                var inner = reader.ReadExplicit("directoryName", 4);
                var name = DistinguishedName.Read(inner, "directoryName");
                inner.End();
                return new GeneralName(kind, encoded, Directory: name);
            case GeneralNameKind.IpAddress:
                return new GeneralName(kind, encoded, Octets: reader.ReadOctetString("iPAddress", context));
            case GeneralNameKind.RegisteredId:
                return new GeneralName(kind, encoded, reader.ReadOid("registeredID", context));
            default:
                reader.ReadEncoded("GeneralName");
                return new GeneralName(kind, encoded);
        }
    }

    private static GeneralName Make(GeneralNameKind kind, string text)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(UniversalTagNumber.IA5String, text, new Asn1Tag(TagClass.ContextSpecific, (int)kind));
        return new GeneralName(kind, writer.Encode(), text);
    }
}
