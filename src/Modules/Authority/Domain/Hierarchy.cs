using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

/// <summary>A root, the authority below it that issues, and the two services that answer in their name.</summary>
/// <param name="IsDemonstration">Made by this program for trying it out; refused in Production.</param>
internal sealed record Hierarchy(Issuer Root, Issuer Issuing, CertifiedKey OcspResponder, CertifiedKey TimeStamping, bool IsDemonstration)
{
    public const string RootSlug = "root";
    public const string IssuingSlug = "ca";

    public IReadOnlyList<Issuer> Issuers => [Root, Issuing];

}
