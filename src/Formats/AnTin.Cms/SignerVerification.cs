// Verification of one signer against the digest of its content. Reference: RFC 5652 §5.4, §5.6, §11.1, §11.2; EN 319 102-1 §5.2.7.
// A verdict is a value; nothing is thrown for hostile attributes.
using System.Security.Cryptography;
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Cms;

public enum EssCheck
{
    /// <summary>No signing-certificate attribute: legal in PKCS #7, not in AdES.</summary>
    Absent,
    Matches,
    Mismatch,

    /// <summary>The digest is the certificate's but the issuer and serial number given beside it are another's.</summary>
    HintDiffers,
}

/// <summary>What verification of a signer found. All of it is needed for a verdict; <see cref="IsIntact"/> sums up the cryptography.</summary>
/// <param name="ContentTypeAgrees">The contentType attribute equals the content's type (true when no signed attributes are needed).</param>
/// <param name="DigestAgrees">messageDigest equals the digest of the content.</param>
/// <param name="Signature">The signature value over signed attributes, or over the content when there are none.</param>
/// <param name="Ess">The signing-certificate attribute against the certificate.</param>
/// <param name="Problem">One English phrase when something could not be read; else null.</param>
public sealed record SignerVerification(bool ContentTypeAgrees, bool DigestAgrees, SignatureCheck Signature, EssCheck Ess, string? Problem = null)
{
    /// <summary>Digests and signature value check out, trust aside.</summary>
    public bool IsIntact => DigestAgrees && ContentTypeAgrees && Signature == SignatureCheck.Valid;

    /// <param name="signer">The signer.</param>
    /// <param name="contentType">eContentType of the message.</param>
    /// <param name="certificate">The signer's certificate.</param>
    /// <param name="contentDigest">Digest of the content with the signer's digest algorithm.</param>
    public static SignerVerification Verify(SignerInfo signer, string contentType, Certificate certificate, ReadOnlySpan<byte> contentDigest)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(certificate);
        try
        {
            return VerifyReadable(signer, contentType, certificate, contentDigest);
        }
        catch (Asn1FormatException e)
        {
            return new SignerVerification(false, false, SignatureCheck.Invalid, EssCheck.Mismatch, e.Message);
        }
    }

    private static SignerVerification VerifyReadable(SignerInfo signer, string contentType, Certificate certificate, ReadOnlySpan<byte> contentDigest)
    {
        var algorithm = signer.Algorithm;
        if (signer.SignedAttributes is null)
        {
            // RFC 5652 §5.3: signedAttrs MUST be present if the content type is not id-data.
            var check = algorithm is null
                ? SignatureCheck.UnsupportedAlgorithm
                : SignatureVerification.CheckHash(certificate.PublicKey, algorithm, contentDigest, signer.Signature.Span);
            var intact = check == SignatureCheck.Valid;
            return new SignerVerification(contentType == Oids.Data, intact, check, EssCheck.Absent);
        }

        var digestAgrees = signer.MessageDigest is { } digest && CryptographicOperations.FixedTimeEquals(digest.Span, contentDigest);

        // RFC 5652 §11.1: content-type is required beside other signed attributes; the value MUST match.
        var typeAgrees = signer.SignedContentType == contentType;
        var ess = CheckEss(signer, certificate);
        var signature = algorithm is null ? SignatureCheck.UnsupportedAlgorithm : CheckAttributes(signer, algorithm, certificate);
        return new SignerVerification(typeAgrees, digestAgrees, signature, ess);
    }

    private static SignatureCheck CheckAttributes(SignerInfo signer, SignatureAlgorithm algorithm, Certificate certificate)
    {
        var (sent, sorted) = signer.EncodeForHash();
        var check = SignatureVerification.Check(certificate.PublicKey, algorithm, sent, signer.Signature.Span);
        return check == SignatureCheck.Invalid && sorted is not null
            ? SignatureVerification.Check(certificate.PublicKey, algorithm, sorted, signer.Signature.Span)
            : check;
    }

    private static EssCheck CheckEss(SignerInfo signer, Certificate certificate)
    {
        var references = signer.SigningCertificates;
        if (references is null)
        {
            return EssCheck.Absent;
        }

        // RFC 5035 §3: the first certificate identified MUST be the signer's.
        if (references.Count == 0 || !references[0].Matches(certificate))
        {
            return EssCheck.Mismatch;
        }

        return references[0].HintAgrees(certificate) ? EssCheck.Matches : EssCheck.HintDiffers;
    }
}
