using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>
/// Builds subject names in encoding order. Country and serial numbers are PrintableString, e-mail IA5String, all else UTF8String
/// (RFC 5280 §4.1.2.4, Appendix A).
/// </summary>
public sealed class NameBuilder
{
    private readonly List<(string Oid, string Value)> _attributes = [];

    public NameBuilder Add(string oid, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            _attributes.Add((oid, value.Trim()));
        }

        return this;
    }

    public NameBuilder Country(string? value) => Add(Oids.Country, value);

    public NameBuilder Locality(string? value) => Add(Oids.Locality, value);

    public NameBuilder Organization(string? value) => Add(Oids.Organization, value);

    public NameBuilder OrganizationalUnit(string? value) => Add(Oids.OrganizationalUnit, value);

    public NameBuilder CommonName(string? value) => Add(Oids.CommonName, value);

    public NameBuilder Email(string? value) => Add(Oids.EmailAddress, value);

    /// <summary>
    /// A person in the form used by official-duty certificates: C, L (province), O (first-level body), OU (lower bodies, higher first), CN, E.
    /// </summary>
    public static DistinguishedName Officer(string commonName, string province, string organization, IEnumerable<string> units, string? email = null)
    {
        ArgumentNullException.ThrowIfNull(units);
        var builder = new NameBuilder().Country("VN").Locality(province).Organization(organization);
        foreach (var unit in units)
        {
            builder.OrganizationalUnit(unit);
        }

        return builder.CommonName(commonName).Email(email).Build();
    }

    /// <summary>An organisation (the seal key): C, L, O (the parent body), CN (the body itself).</summary>
    public static DistinguishedName Seal(string body, string province, string? parent) =>
        new NameBuilder().Country("VN").Locality(province).Organization(parent).CommonName(body).Build();

    public DistinguishedName Build()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var (oid, value) in _attributes)
            {
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                    writer.WriteCharacterString(StringType(oid), value);
                }
            }
        }

        return DistinguishedName.Parse(writer.Encode());
    }

    private static UniversalTagNumber StringType(string oid) => oid switch
    {
        Oids.Country or Oids.SerialNumber => UniversalTagNumber.PrintableString,
        Oids.EmailAddress or Oids.DomainComponent => UniversalTagNumber.IA5String,
        _ => UniversalTagNumber.UTF8String,
    };
}
