namespace AnTin.Asn1;

/// <summary>What one parse may spend before it is refused with <see cref="Asn1FormatException"/>.</summary>
/// <param name="MaxBytes">Octets of input. The default holds the largest CRLs seen in the field (some 50 MB).</param>
/// <param name="MaxDepth">Nested constructed values. The deepest legal structure here, a time-stamp token inside a CMS
/// inside an attribute with its own certificates, needs fewer than 40.</param>
/// <param name="MaxElements">Values read. A CRL of a million entries needs about five million.</param>
public sealed record Asn1Limits(int MaxBytes, int MaxDepth, int MaxElements)
{
    public static Asn1Limits Default { get; } = new(64 * 1024 * 1024, 64, 8_000_000);

    /// <summary>For a certificate, request or token: nothing honest is larger than a few hundred kilobytes.</summary>
    public static Asn1Limits Small { get; } = new(4 * 1024 * 1024, 64, 200_000);
}
