using System.Security.Cryptography;
using AnTin.Asn1;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Validation;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.X509;

namespace AnTin.Modules.Validation.Features;

/// <summary>Verifies with what this installation trusts, now.</summary>
internal sealed class TrustedValidator(ITrustSource trust, ParsedTrust parsed, TimeProvider time) : IDocumentValidator
{
    public async Task<ValidationReport> ValidateAsync(IRandomAccessSource document, CancellationToken ct)
    {
        TrustMaterial material = await trust.GetAsync(ct);
        ValidationInputs inputs = parsed.Inputs(material) with { At = time.GetUtcNow() };
        return SignatureValidator.Validate(document, inputs);
    }
}

/// <summary>
/// Keeps the parsed form of the trust material while its bytes stay the same: certificates keep their imported keys, and a large
/// revocation list is read once, not once a verification.
/// </summary>
internal sealed class ParsedTrust
{
    private volatile Snapshot _last = new([], new ValidationInputs { At = DateTimeOffset.UnixEpoch });

    /// <exception cref="Asn1FormatException">Our own material is damaged: nothing can be verified with it.</exception>
    public ValidationInputs Inputs(TrustMaterial material)
    {
        byte[] fingerprint = Fingerprint(material);
        Snapshot last = _last;
        if (last.Fingerprint.AsSpan().SequenceEqual(fingerprint))
            return last.Inputs;
        var inputs = new ValidationInputs
        {
            At = DateTimeOffset.UnixEpoch,
            Anchors = [.. material.Anchors.Select(a => new TrustAnchor(Certificate.Parse(a.Certificate), ClassOf(a.Class)))],
            Certificates = [.. material.Certificates.Select(Certificate.Parse)],
            Crls = [.. material.Crls.Select(crl => CertificateRevocationList.Parse(crl))],
            Ocsps = [.. material.OcspResponses.Select(OcspResponse.Parse)],
        };
        _last = new Snapshot(fingerprint, inputs);
        return inputs;
    }

    private static TrustClass ClassOf(AnchorClass anchor) => anchor switch
    {
        AnchorClass.OfficialDuty => TrustClass.OfficialDuty,
        AnchorClass.Public => TrustClass.Public,
        _ => TrustClass.Other,
    };

    private static byte[] Fingerprint(TrustMaterial material)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TrustAnchorEntry anchor in material.Anchors)
        {
            hash.AppendData([(byte)anchor.Class]);
            hash.AppendData(anchor.Certificate.Span);
        }
        foreach (IReadOnlyList<ReadOnlyMemory<byte>> part in (IReadOnlyList<ReadOnlyMemory<byte>>[])[material.Certificates, material.Crls, material.OcspResponses])
        {
            // DER says its own length; the count of each part keeps the parts apart.
            hash.AppendData(BitConverter.GetBytes(part.Count));
            foreach (ReadOnlyMemory<byte> der in part)
                hash.AppendData(der.Span);
        }
        return hash.GetHashAndReset();
    }

    private sealed record Snapshot(byte[] Fingerprint, ValidationInputs Inputs);
}
