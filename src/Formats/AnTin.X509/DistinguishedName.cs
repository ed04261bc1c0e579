// Names of subjects and issuers. References: RFC 5280 §4.1.2.4 and §7.1 (comparison), RFC 4518 (preparation of strings),
// RFC 4514 (text form). Limit: of the string preparation, mapping and case folding are those of .NET's NFKC and invariant lower case.
using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>One attribute of a name. <paramref name="Value"/> is null when it is not a character string; then only <paramref name="Encoded"/> speaks.</summary>
public sealed record NameAttribute(string Oid, string? Value, ReadOnlyMemory<byte> Encoded);

/// <summary>A name as a sequence of sets of attributes, in the order of the certificate. Equal by RFC 5280 §7.1, not by text.</summary>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private readonly IReadOnlyList<IReadOnlyList<NameAttribute>> _rdns;
    private string? _comparisonKey;

    private DistinguishedName(ReadOnlyMemory<byte> rawData, IReadOnlyList<IReadOnlyList<NameAttribute>> rdns)
    {
        RawData = rawData;
        _rdns = rdns;
    }

    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The relative names, outermost (country) first as encoded.</summary>
    public IReadOnlyList<IReadOnlyList<NameAttribute>> RelativeNames => _rdns;

    public IEnumerable<NameAttribute> Attributes => _rdns.SelectMany(rdn => rdn);

    public bool IsEmpty => _rdns.Count == 0;

    public string? CommonName => Last(Oids.CommonName);

    public string? Organization => First(Oids.Organization);

    /// <summary>Organisational units in the order of the certificate (level 2 before level 3 in official-duty subjects).</summary>
    public IReadOnlyList<string> OrganizationalUnits => All(Oids.OrganizationalUnit);

    public string? Locality => First(Oids.Locality);

    public string? Country => First(Oids.Country);

    public string? Email => First(Oids.EmailAddress);

    /// <summary>What a person reads first: the common name, else the innermost text there is.</summary>
    public string DisplayName => CommonName ?? Attributes.LastOrDefault(a => a.Value is not null)?.Value ?? ToString();

    public IReadOnlyList<string> All(string oid) => [.. Attributes.Where(a => a.Oid == oid && a.Value is not null).Select(a => a.Value!)];

    public string? First(string oid) => Attributes.FirstOrDefault(a => a.Oid == oid && a.Value is not null)?.Value;

    private string? Last(string oid) => Attributes.LastOrDefault(a => a.Oid == oid && a.Value is not null)?.Value;

    public static DistinguishedName Parse(ReadOnlyMemory<byte> der)
    {
        var reader = Asn1Reader.Der(der, "Name", Asn1Limits.Small);
        var name = Read(reader, "Name");
        reader.End();
        return name;
    }

    internal static DistinguishedName Read(Asn1Reader reader, string name, Asn1Tag? tag = null)
    {
        var raw = reader.PeekEncoded(name);
        return new DistinguishedName(raw, ReadRdns(reader.ReadSequence(name, tag)));
    }

    private static List<IReadOnlyList<NameAttribute>> ReadRdns(Asn1Reader sequence)
    {
        var rdns = new List<IReadOnlyList<NameAttribute>>();
        while (sequence.HasData)
        {
            rdns.Add(ReadRdn(sequence.ReadSet("RelativeDistinguishedName")));
        }

        return rdns;
    }

    internal static IReadOnlyList<NameAttribute> ReadRdn(Asn1Reader set)
    {
        var attributes = new List<NameAttribute>(1);
        while (set.HasData)
        {
            var pair = set.ReadSequence("AttributeTypeAndValue");
            var oid = pair.ReadOid("type");
            var encoded = pair.PeekEncoded("value");
            var tag = pair.PeekTag("value");
            string? text = null;
            if (tag.TagClass == TagClass.Universal && IsText((UniversalTagNumber)tag.TagValue))
            {
                text = pair.ReadText(Oids.NameOf(oid));
            }
            else
            {
                pair.ReadEncoded("value");
            }

            pair.End();
            attributes.Add(new NameAttribute(oid, text, encoded));
        }

        if (attributes.Count == 0)
        {
            throw set.Fail("RelativeDistinguishedName", "at least one attribute expected");
        }

        return attributes;
    }

    private static bool IsText(UniversalTagNumber type) => type is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
        or UniversalTagNumber.IA5String or UniversalTagNumber.TeletexString or UniversalTagNumber.BMPString
        or UniversalTagNumber.UniversalString or UniversalTagNumber.NumericString or UniversalTagNumber.VisibleString;

    /// <summary>A name that begins with all relative names of <paramref name="other"/> (subtree test of RFC 5280 §4.2.1.10).</summary>
    public bool StartsWith(DistinguishedName other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other._rdns.Count <= _rdns.Count
            && Enumerable.Range(0, other._rdns.Count).All(i => KeyOf(_rdns[i]) == KeyOf(other._rdns[i]));
    }

    /// <summary>The issuer's name continued by one relative name (distribution points given relative to the CRL issuer).</summary>
    internal DistinguishedName Append(IReadOnlyList<NameAttribute> rdn)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var part in _rdns.Append(rdn))
            {
                using (writer.PushSetOf())
                {
                    foreach (var attribute in part)
                    {
                        using (writer.PushSequence())
                        {
                            writer.WriteObjectIdentifier(attribute.Oid);
                            writer.WriteEncodedValue(attribute.Encoded.Span);
                        }
                    }
                }
            }
        }

        return new DistinguishedName(writer.Encode(), [.. _rdns, rdn]);
    }

    public bool Equals(DistinguishedName? other) => other is not null
        && (RawData.Span.SequenceEqual(other.RawData.Span) || ComparisonKey == other.ComparisonKey);

    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    public override int GetHashCode() => ComparisonKey.GetHashCode(StringComparison.Ordinal);

    /// <summary>Equal for names that match by RFC 5280 §7.1; fit for dictionaries, not for showing.</summary>
    public string ComparisonKey => _comparisonKey ??= string.Join('\u0001', _rdns.Select(KeyOf));

    private static string KeyOf(IReadOnlyList<NameAttribute> rdn)
    {
        var parts = rdn.Select(a => a.Oid + "=" + (a.Value is null ? "#" + Convert.ToHexString(a.Encoded.Span) : Prepare(a.Value)));
        return string.Join('\u0002', rdn.Count == 1 ? parts : parts.Order(StringComparer.Ordinal));
    }

    // RFC 5280 §7.1: compatibility composition, case folded, white space trimmed and each run of it one space.
    private static string Prepare(string value)
    {
        string folded;
        try
        {
            folded = value.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Text with code points that cannot be normalised matches only itself.
            folded = value;
        }

        var text = new StringBuilder(folded.Length);
        var gap = false;
        foreach (var c in folded)
        {
            if (char.IsWhiteSpace(c))
            {
                gap = true;
                continue;
            }

            // RFC 4518 §2.2: controls, soft hyphen and variation selectors are mapped to nothing.
            var category = char.GetUnicodeCategory(c);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format || c is >= '\uFE00' and <= '\uFE0F')
            {
                continue;
            }

            if (gap && text.Length > 0)
            {
                text.Append(' ');
            }

            gap = false;
            text.Append(c);
        }

        return text.ToString();
    }

    /// <summary>RFC 4514 text, innermost relative name first: "CN=…,OU=…,O=…,C=VN".</summary>
    public override string ToString() =>
        string.Join(',', _rdns.Reverse().Select(rdn => string.Join('+', rdn.Select(Describe))));

    private static string Describe(NameAttribute attribute) => Oids.NameOf(attribute.Oid) + "="
        + (attribute.Value is null ? "#" + Convert.ToHexStringLower(attribute.Encoded.Span) : Escape(attribute.Value));

    // RFC 4514 §2.4.
    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var edge = (i == 0 && c is ' ' or '#' && i == 0) || (i == value.Length - 1 && c == ' ');
            if (c == '\0')
            {
                text.Append("\\00");
                continue;
            }

            if (edge || c is '"' or '+' or ',' or ';' or '<' or '>' or '\\')
            {
                text.Append('\\');
            }

            text.Append(c);
        }

        return text.ToString();
    }
}
