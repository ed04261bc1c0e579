// Time-stamp tokens: reading, verification and making. References: RFC 3161 §2.2, §2.3, §2.4.2; RFC 5816 (ESSCertIDv2).
// Whether the authority's certificate chains to an anchor is for path validation with the purpose timeStamping.
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Cms;

/// <summary>What verification of a token found.</summary>
/// <param name="ImprintAgrees">The imprint is that of the stamped octets.</param>
/// <param name="Signer">Verification of its one signer; null when there is no certificate to verify with.</param>
/// <param name="Certificate">The authority's certificate; null when it is not at hand.</param>
/// <param name="PurposeAgrees">RFC 3161 §2.3: one extended key usage, timeStamping, critical.</param>
public sealed record TimestampVerification(bool ImprintAgrees, SignerVerification? Signer, Certificate? Certificate, bool PurposeAgrees)
{
    /// <summary>Cryptography and purpose check out; trust in the certificate is another question.</summary>
    public bool IsIntact => ImprintAgrees && Signer is { IsIntact: true, Ess: EssCheck.Matches or EssCheck.HintDiffers };
}

public sealed class TimestampToken
{
    private TimestampToken(SignedData signedData, TstInfo info)
    {
        SignedData = signedData;
        Info = info;
    }

    public SignedData SignedData { get; }

    public TstInfo Info { get; }

    public ReadOnlyMemory<byte> RawData => SignedData.RawData;

    public SignerInfo Signer => SignedData.Signers[0];

    /// <exception cref="Asn1FormatException">Not a CMS SignedData over TSTInfo with exactly one signer.</exception>
    public static TimestampToken Parse(ReadOnlyMemory<byte> encoded, TrailingData trailing = TrailingData.Refuse)
    {
        var data = SignedData.Parse(encoded, trailing);
        if (data.ContentType != Oids.TstInfo || data.Content is not { } content)
        {
            throw new Asn1FormatException("the content is not TSTInfo", 0, "TimeStampToken");
        }

        // RFC 3161 §2.4.2: the token MUST NOT contain any signatures other than the signature of the TSA.
        if (data.Signers.Count != 1)
        {
            throw new Asn1FormatException("exactly one signer expected", 0, "TimeStampToken/signerInfos");
        }

        return new TimestampToken(data, TstInfo.Parse(content));
    }

    /// <summary>Verifies the token over the stamped octets (for a signature time-stamp: the signature value).</summary>
    public TimestampVerification Verify(ReadOnlySpan<byte> stamped, IEnumerable<Certificate>? otherCertificates = null) =>
        VerifyImprint(Info.Imprint.Matches(stamped), otherCertificates);

    /// <summary>Verifies the token over octets whose digest, with the imprint's algorithm, the caller has already.</summary>
    public TimestampVerification VerifyDigest(ReadOnlySpan<byte> digest, IEnumerable<Certificate>? otherCertificates = null) =>
        VerifyImprint(System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(digest, Info.Imprint.Hash.Span), otherCertificates);

    private TimestampVerification VerifyImprint(bool agrees, IEnumerable<Certificate>? otherCertificates)
    {
        var certificate = SignedData.FindCertificate(Signer) ?? otherCertificates?.FirstOrDefault(Signer.IsNamed);
        if (certificate is null)
        {
            return new TimestampVerification(agrees, null, null, false);
        }

        if (DigestAlgorithm.FromOid(Signer.DigestAlgorithm.Oid) is not { IsSupported: true } digest)
        {
            var unsupported = new SignerVerification(false, false, SignatureCheck.UnsupportedAlgorithm, EssCheck.Absent, "unknown digest");
            return new TimestampVerification(agrees, unsupported, certificate, false);
        }

        var signer = SignerVerification.Verify(Signer, Oids.TstInfo, certificate, digest.Hash(SignedData.Content!.Value.Span));
        return new TimestampVerification(agrees, signer, certificate, HasPurpose(certificate));
    }

    private static bool HasPurpose(Certificate certificate)
    {
        try
        {
            return certificate.Find(Oids.ExtendedKeyUsage) is { Critical: true } && certificate.ExtendedKeyUsages is [Oids.TimeStamping];
        }
        catch (Asn1FormatException)
        {
            return false;
        }
    }
}

/// <summary>The authority's side: credential and policy ready to stamp. Immutable; share it.</summary>
public sealed class TimestampIssuer
{
    private readonly CmsSigner _with;
    private readonly CmsSigner _without;
    private readonly string _policy;
    private readonly TimeSpan? _accuracy;

    /// <param name="certificate">A certificate whose only, critical extended key usage is timeStamping.</param>
    /// <param name="chain">Issuers that travel with the token when the certificate is asked for.</param>
    /// <param name="scheme">Scheme of the authority's key.</param>
    /// <param name="policy">Policy written into every token; requests for another are refused by the caller.</param>
    /// <param name="accuracy">Accuracy stated in every token; null to state none.</param>
    public TimestampIssuer(Certificate certificate, IReadOnlyList<Certificate> chain, SignatureScheme scheme, string policy, TimeSpan? accuracy)
    {
        var options = new CmsSignerOptions { ContentType = Oids.TstInfo };
        _with = CmsSigner.Create(certificate, chain, scheme, options);
        _without = CmsSigner.Create(certificate, [], scheme, options with { IncludeCertificates = false });
        _policy = policy;
        _accuracy = accuracy;
    }

    public string Policy => _policy;

    /// <summary>Begins a token; sign <see cref="CmsSignatureBuilder.HashToSign"/> and complete: the result is the token.</summary>
    /// <param name="request">What is to be stamped.</param>
    /// <param name="time">The authority's time.</param>
    /// <param name="serialNumber">Unique, positive, big-endian; at most 20 octets.</param>
    public CmsSignatureBuilder Prepare(TimestampRequest request, DateTimeOffset time, ReadOnlySpan<byte> serialNumber)
    {
        ArgumentNullException.ThrowIfNull(request);
        var info = new TstInfo(_policy, request.Imprint, Convert.ToHexStringLower(PositiveInteger(serialNumber)), time, _accuracy, false, request.Nonce);
        return (request.CertificateWanted ? _with : _without).PrepareEnclosed(info.Encode());
    }

    private static byte[] PositiveInteger(ReadOnlySpan<byte> value)
    {
        var trimmed = value.TrimStart((byte)0);
        if (trimmed.IsEmpty)
        {
            throw new ArgumentException("a serial number is positive", nameof(value));
        }

        return trimmed[0] >= 0x80 ? [0, .. trimmed] : trimmed.ToArray();
    }
}
