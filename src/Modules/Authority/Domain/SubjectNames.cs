// Subjects in the conventions of official-duty certificates: person C, L, O (first-level body), OU… (lower bodies), CN, E;
// organisation C, L, O (parent), CN (itself). Bodies are written in capitals, people as they write themselves.
using System.Globalization;
using AnTin.Contracts.Directory;
using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

internal static class SubjectNames
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <param name="path">From the root of the tree down to the organisation; never empty.</param>
    public static DistinguishedName Officer(string fullName, string email, IReadOnlyList<OrganisationInfo> path) =>
        NameBuilder.Officer(fullName, path[^1].Locality, Capitals(path[0]), path.Skip(1).Select(Capitals), email);

    public static DistinguishedName Seal(IReadOnlyList<OrganisationInfo> path) =>
        NameBuilder.Seal(Capitals(path[^1]), path[^1].Locality, path.Count > 1 ? Capitals(path[^2]) : null);

    /// <summary>The first part longer than a name may be (RFC 5280 Appendix A), if any.</summary>
    public static string? TooLong(DistinguishedName name) =>
        name.Attributes.FirstOrDefault(a => a.Oid != Asn1.Oids.EmailAddress && a.Value is { Length: > CertificateOrders.LongestNamePart })?.Value;

    private static string Capitals(OrganisationInfo organisation) => organisation.Name.ToUpper(Vietnamese);
}
