// Person or organisation, and what a signature does in the flow. References: subject forms of official-duty certificates (person: C, L, O,
// OU…, CN, E; organisation: CN=<body>, O=<parent>, L, C); ETSI EN 319 412-3 §4.2.1 (legal persons elsewhere); NĐ 30/2020/NĐ-CP,
// Phụ lục I. Configured certificate policies decide before any form does.
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Signatures;

internal static class SignerKind
{
    private static readonly string[] PersonalAttributes =
        [Oids.OrganizationalUnit, Oids.EmailAddress, Oids.GivenName, Oids.Surname, Oids.UserId, Oids.SerialNumber, Oids.Title];

    // Field names as AnTin lays them; another prefix is somebody else's form and says nothing.
    private static readonly (string Prefix, SignatureRole Role)[] Names =
    [
        ("AnTin.Initial", SignatureRole.Initial),
        ("AnTin.Sign", SignatureRole.Official),
        ("AnTin.Seal", SignatureRole.Seal),
        ("AnTin.Attachment", SignatureRole.Seal),
        ("AnTin.Copy", SignatureRole.Copy),
        ("AnTin.Digitised", SignatureRole.Digitised),
        ("AnTin.Result", SignatureRole.Result),
    ];

    public static bool IsOrganisation(Certificate certificate, CertificateClass kind, ValidationPolicy policy)
    {
        if (policy.SealPolicies.Count > 0)
        {
            return PoliciesOf(certificate).Any(policy.SealPolicies.Contains);
        }

        var subject = certificate.Subject;
        if (kind is CertificateClass.OfficialDuty or CertificateClass.Unknown && subject.Country == "VN")
        {
            return subject.CommonName is not null && subject.Locality is not null && !PersonalAttributes.Any(a => subject.First(a) is not null);
        }

        return subject.First(Oids.OrganizationIdentifier) is not null && subject.First(Oids.GivenName) is null && subject.First(Oids.Surname) is null;
    }

    public static SignatureRole RoleOf(string fieldName, SignatureType type)
    {
        foreach (var (prefix, role) in Names)
        {
            if (fieldName.StartsWith(prefix, StringComparison.Ordinal))
            {
                return role;
            }
        }

        return type == SignatureType.Seal ? SignatureRole.Seal : SignatureRole.Unknown;
    }

    private static IEnumerable<string> PoliciesOf(Certificate certificate)
    {
        try
        {
            return certificate.Policies?.Select(p => p.Oid) ?? [];
        }
        catch (Asn1FormatException)
        {
            return [];
        }
    }
}
