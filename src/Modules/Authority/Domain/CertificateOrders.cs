using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AnTin.Asn1;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Platform;
using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

/// <summary>Whether orders for a time that is already over are carried out.</summary>
internal enum PastValidity
{
    Refused = 0,

    /// <summary>Only under a demonstration hierarchy, which must show what an expired certificate looks like.</summary>
    DemonstrationOnly = 1,
}

/// <summary>The checks of an order that need nothing but the order itself, and its identity.</summary>
internal static class CertificateOrders
{
    public const int LongestReference = 200;

    /// <summary>RFC 5280 Appendix A: ub-common-name, ub-organization-name, ub-organizational-unit-name.</summary>
    public const int LongestNamePart = 64;

    // NĐ 68/2024/NĐ-CP, Điều 9: a newly issued subscriber certificate lasts at most 5 years.
    private const int LongestYears = 5;

    public static Error? Refusal(CertificateOrder order, Certificate issuer, DateTimeOffset at, PastValidity past)
    {
        if (order.Profile is not (CertificateProfile.Officer or CertificateProfile.OrganisationSeal))
            return AuthorityErrors.ProfileNotOrderable;
        if (order.Profile == CertificateProfile.Officer != (order.Holder is not null))
            return AuthorityErrors.ProfileHolder;
        if (string.IsNullOrWhiteSpace(order.Reference) || order.Reference.Length > LongestReference)
            return AuthorityErrors.ReferenceMissing;
        if (!IsStrong(order.SubjectPublicKeyInfo))
            return AuthorityErrors.WeakKey;
        bool allowed = order.NotBefore < order.NotAfter
            && order.NotAfter <= order.NotBefore.AddYears(LongestYears)
            && order.NotBefore >= issuer.NotBefore
            && order.NotAfter <= issuer.NotAfter
            && (order.NotAfter > at || past == PastValidity.DemonstrationOnly);
        return allowed ? null : AuthorityErrors.Validity;
    }

    /// <summary>The order with times as a certificate can hold them: UTC, whole seconds (RFC 5280 §4.1.2.5).</summary>
    public static CertificateOrder Normalised(CertificateOrder order) =>
        order with { NotBefore = WholeSeconds(order.NotBefore), NotAfter = WholeSeconds(order.NotAfter) };

    /// <summary>SHA-256, lower-case hex, over every field; the free text stands last, so that no two orders read the same.</summary>
    public static string Hash(CertificateOrder order)
    {
        string text = string.Join('\u001f',
            order.Profile.ToString(),
            Convert.ToHexStringLower(SHA256.HashData(order.SubjectPublicKeyInfo.Span)),
            order.Organisation.ToString(),
            order.Holder?.ToString() ?? "",
            order.NotBefore.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            order.NotAfter.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            order.Reference);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static bool IsStrong(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        SubjectPublicKeyInfo key;
        try
        {
            key = SubjectPublicKeyInfo.Parse(subjectPublicKeyInfo);
        }
        catch (Asn1FormatException)
        {
            return false;
        }
        return key.Kind switch
        {
            // FIPS 186-5 Appendix A.1.1 allows larger exponents; 65537 is what every device of the official-duty service makes.
            PublicKeyKind.Rsa => key.Bits is >= 2048 and <= 4096 && key.Exponent.Span.SequenceEqual<byte>([0x01, 0x00, 0x01]),
            PublicKeyKind.EcP256 or PublicKeyKind.EcP384 => true,
            _ => false,
        };
    }
}
