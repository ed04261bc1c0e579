// Certificate and CRL extensions as values. Reference: RFC 5280 §4.2.1 and §5.2; RFC 6960 §4.2.2.2.1.
using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>One extension as encoded. <paramref name="Value"/> is the content of extnValue.</summary>
public sealed record Extension(string Oid, bool Critical, ReadOnlyMemory<byte> Value)
{
    internal static List<Extension> ReadAll(Asn1Reader sequence)
    {
        var all = new List<Extension>();
        while (sequence.HasData)
        {
            var item = sequence.ReadSequence("Extension");
            var oid = item.ReadOid("extnID");

            // RFC 5280 §4.1: critical DEFAULT FALSE. An explicit FALSE is not DER but common; it is read as what it says.
            var critical = item.NextIs(Asn1Tag.Boolean) && item.ReadBoolean("critical");
            var value = item.ReadOctetString("extnValue");
            item.End();
            all.Add(new Extension(oid, critical, value));
        }

        return all;
    }
}

/// <summary>Key usage bits of RFC 5280 §4.2.1.3 (bit n of the BIT STRING is flag 1 &lt;&lt; n).</summary>
[Flags]
public enum KeyUsages
{
    None = 0,
    DigitalSignature = 1 << 0,
    NonRepudiation = 1 << 1,
    KeyEncipherment = 1 << 2,
    DataEncipherment = 1 << 3,
    KeyAgreement = 1 << 4,
    KeyCertSign = 1 << 5,
    CrlSign = 1 << 6,
    EncipherOnly = 1 << 7,
    DecipherOnly = 1 << 8,
}

public sealed record BasicConstraints(bool IsCa, int? PathLength)
{
    internal static BasicConstraints Parse(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "basicConstraints", Asn1Limits.Small);
        var sequence = reader.ReadSequence("BasicConstraints");
        reader.End();
        var ca = sequence.NextIs(Asn1Tag.Boolean) && sequence.ReadBoolean("cA");
        int? length = sequence.HasData ? sequence.ReadInt32("pathLenConstraint") : null;
        sequence.End();
        if (length < 0)
        {
            throw reader.Fail("pathLenConstraint", "negative");
        }

        return new BasicConstraints(ca, length);
    }
}

public sealed record AuthorityKeyIdentifier(ReadOnlyMemory<byte>? KeyIdentifier, IReadOnlyList<GeneralName> Issuer, string? SerialNumber)
{
    internal static AuthorityKeyIdentifier Parse(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "authorityKeyIdentifier", Asn1Limits.Small);
        var sequence = reader.ReadSequence("AuthorityKeyIdentifier");
        reader.End();
        ReadOnlyMemory<byte>? key = null;
        IReadOnlyList<GeneralName> issuer = [];
        string? serial = null;
        if (sequence.NextIsContext(0))
        {
            key = sequence.ReadOctetString("keyIdentifier", new Asn1Tag(TagClass.ContextSpecific, 0));
        }

        if (sequence.NextIsContext(1))
        {
            issuer = GeneralName.ReadAll(sequence.ReadSequence("authorityCertIssuer", new Asn1Tag(TagClass.ContextSpecific, 1)));
        }

        if (sequence.NextIsContext(2))
        {
            serial = Convert.ToHexStringLower(
                sequence.ReadIntegerBytes("authorityCertSerialNumber", new Asn1Tag(TagClass.ContextSpecific, 2)).Span);
        }

        sequence.End();
        return new AuthorityKeyIdentifier(key, issuer, serial);
    }
}

/// <summary>Where a CRL is found and which part of the certificates it covers (RFC 5280 §4.2.1.13).</summary>
public sealed record DistributionPoint(DistributionPointName? Name, RevocationReasons? Reasons, IReadOnlyList<GeneralName> CrlIssuer)
{
    public IEnumerable<string> Urls => Name?.FullName.Where(n => n.Kind == GeneralNameKind.Uri).Select(n => n.Text!) ?? [];

    internal static IReadOnlyList<DistributionPoint> ParseAll(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "cRLDistributionPoints", Asn1Limits.Small);
        var sequence = reader.ReadSequence("CRLDistributionPoints");
        reader.End();
        var points = new List<DistributionPoint>();
        while (sequence.HasData)
        {
            var point = sequence.ReadSequence("DistributionPoint");
            var name = point.NextIsContext(0) ? DistributionPointName.Read(point.ReadExplicit("distributionPoint", 0)) : null;
            RevocationReasons? reasons = point.NextIsContext(1) ? RevocationReasonText.ReadFlags(point, "reasons", 1) : null;
            IReadOnlyList<GeneralName> issuer = point.NextIsContext(2)
                ? GeneralName.ReadAll(point.ReadSequence("cRLIssuer", new Asn1Tag(TagClass.ContextSpecific, 2)))
                : [];
            point.End();
            points.Add(new DistributionPoint(name, reasons, issuer));
        }

        return points;
    }
}

/// <summary>DistributionPointName: a full name, or a relative name below the CRL issuer's.</summary>
public sealed record DistributionPointName(IReadOnlyList<GeneralName> FullName, IReadOnlyList<NameAttribute>? RelativeName)
{
    internal static DistributionPointName Read(Asn1Reader choice)
    {
        DistributionPointName value;
        if (choice.NextIsContext(0))
        {
            value = new DistributionPointName(
                GeneralName.ReadAll(choice.ReadSequence("fullName", new Asn1Tag(TagClass.ContextSpecific, 0))), null);
        }
        else
        {
            var set = choice.ReadSet("nameRelativeToCRLIssuer", new Asn1Tag(TagClass.ContextSpecific, 1));
            value = new DistributionPointName([], DistinguishedName.ReadRdn(set));
        }

        choice.End();
        return value;
    }
}

public sealed record AccessDescription(string Method, GeneralName Location)
{
    internal static IReadOnlyList<AccessDescription> ParseAll(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "authorityInfoAccess", Asn1Limits.Small);
        var sequence = reader.ReadSequence("AuthorityInfoAccess");
        reader.End();
        var all = new List<AccessDescription>();
        while (sequence.HasData)
        {
            var item = sequence.ReadSequence("AccessDescription");
            all.Add(new AccessDescription(item.ReadOid("accessMethod"), GeneralName.Read(item)));
            item.End();
        }

        return all;
    }
}

/// <summary>One policy of certificatePolicies; the qualifiers stay encoded.</summary>
public sealed record PolicyInformation(string Oid, ReadOnlyMemory<byte> Qualifiers)
{
    internal static IReadOnlyList<PolicyInformation> ParseAll(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "certificatePolicies", Asn1Limits.Small);
        var sequence = reader.ReadSequence("CertificatePolicies");
        reader.End();
        var all = new List<PolicyInformation>();
        while (sequence.HasData)
        {
            var item = sequence.ReadSequence("PolicyInformation");
            var oid = item.ReadOid("policyIdentifier");
            all.Add(new PolicyInformation(oid, item.HasData ? item.ReadEncoded("policyQualifiers") : default));
            item.End();
        }

        return all;
    }
}

public sealed record PolicyMapping(string IssuerPolicy, string SubjectPolicy)
{
    internal static IReadOnlyList<PolicyMapping> ParseAll(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "policyMappings", Asn1Limits.Small);
        var sequence = reader.ReadSequence("PolicyMappings");
        reader.End();
        var all = new List<PolicyMapping>();
        while (sequence.HasData)
        {
            var item = sequence.ReadSequence("mapping");
            all.Add(new PolicyMapping(item.ReadOid("issuerDomainPolicy"), item.ReadOid("subjectDomainPolicy")));
            item.End();
        }

        return all;
    }
}

/// <summary>Skip counts of RFC 5280 §4.2.1.11; null where absent.</summary>
public sealed record PolicyConstraints(int? RequireExplicitPolicy, int? InhibitPolicyMapping)
{
    internal static PolicyConstraints Parse(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "policyConstraints", Asn1Limits.Small);
        var sequence = reader.ReadSequence("PolicyConstraints");
        reader.End();
        int? require = sequence.NextIsContext(0) ? SkipCount(sequence, 0) : null;
        int? inhibit = sequence.NextIsContext(1) ? SkipCount(sequence, 1) : null;
        sequence.End();
        return new PolicyConstraints(require, inhibit);
    }

    private static int SkipCount(Asn1Reader reader, int tag)
    {
        var value = reader.ReadInt32("SkipCerts", new Asn1Tag(TagClass.ContextSpecific, tag));
        return value >= 0 ? value : throw reader.Fail("SkipCerts", "negative");
    }
}

public sealed record NameConstraints(IReadOnlyList<GeneralSubtree> Permitted, IReadOnlyList<GeneralSubtree> Excluded)
{
    internal static NameConstraints Parse(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "nameConstraints", Asn1Limits.Small);
        var sequence = reader.ReadSequence("NameConstraints");
        reader.End();
        var permitted = sequence.NextIsContext(0) ? GeneralSubtree.ReadAll(sequence, 0) : [];
        var excluded = sequence.NextIsContext(1) ? GeneralSubtree.ReadAll(sequence, 1) : [];
        sequence.End();
        return new NameConstraints(permitted, excluded);
    }
}

public sealed record GeneralSubtree(GeneralName Base, int Minimum, int? Maximum)
{
    internal static List<GeneralSubtree> ReadAll(Asn1Reader reader, int tag)
    {
        var list = reader.ReadSequence("GeneralSubtrees", new Asn1Tag(TagClass.ContextSpecific, tag));
        var all = new List<GeneralSubtree>();
        while (list.HasData)
        {
            var item = list.ReadSequence("GeneralSubtree");
            var name = GeneralName.Read(item);
            var minimum = item.NextIsContext(0) ? item.ReadInt32("minimum", new Asn1Tag(TagClass.ContextSpecific, 0)) : 0;
            int? maximum = item.NextIsContext(1) ? item.ReadInt32("maximum", new Asn1Tag(TagClass.ContextSpecific, 1)) : null;
            item.End();
            all.Add(new GeneralSubtree(name, minimum, maximum));
        }

        return all;
    }
}
