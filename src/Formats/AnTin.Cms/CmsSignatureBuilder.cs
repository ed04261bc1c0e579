// One detached CMS signature in two phases: prepare gives the signed attributes and the hash a key must sign; complete takes the
// signature value, whenever it arrives, and gives the ContentInfo. Reference: RFC 5652 §5.3, §5.4; RFC 3161 Appendix A (time-stamp attribute).
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Cms;

public sealed class CmsSignatureBuilder
{
    // ContentInfo.contentType signedData; SignerInfo attribute id-aa-signatureTimeStampToken.
    private static readonly byte[] SignedDataOid = Der.Encode(w => w.WriteObjectIdentifier(Oids.SignedData));
    private static readonly byte[] TimestampOid = Der.Encode(w => w.WriteObjectIdentifier(Oids.SignatureTimeStamp));

    private readonly CmsSigner _signer;
    private readonly byte[] _signedAttributes;
    private readonly byte[] _encapsulated;

    internal CmsSignatureBuilder(CmsSigner signer, byte[] signedAttributes, ReadOnlyMemory<byte>? content = null)
    {
        _signer = signer;
        _signedAttributes = signedAttributes;
        _encapsulated = EncodeContentInfo(signer.Options.ContentType, content);
    }

    /// <summary>The one-off form of <see cref="CmsSigner.Prepare"/>; keep a <see cref="CmsSigner"/> where a credential signs more than once.</summary>
    public static CmsSignatureBuilder Prepare(ReadOnlySpan<byte> contentDigest, Certificate signingCertificate, IReadOnlyList<Certificate> chain,
        SignatureScheme scheme, CmsSignerOptions? options = null) =>
        CmsSigner.Create(signingCertificate, chain, scheme, options).Prepare(contentDigest);

    public CmsSigner Signer => _signer;

    public SignatureScheme Scheme => _signer.Scheme;

    /// <summary>DER SET OF Attribute: the octets that are signed. Keep these to resume.</summary>
    public ReadOnlyMemory<byte> SignedAttributes => _signedAttributes;

    /// <summary>The digest of <see cref="SignedAttributes"/> with the scheme's hash: what goes to <see cref="ISigningKey.SignHashAsync"/>.</summary>
    public byte[] HashToSign() => _signer.Digest.Hash(_signedAttributes);

    /// <summary>The finished ContentInfo, DER.</summary>
    /// <param name="signature">Value given by the key over <see cref="HashToSign"/>.</param>
    /// <param name="timestampToken">A time-stamp token (ContentInfo) over the signature value; empty for none.</param>
    public byte[] Complete(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> timestampToken = default)
    {
        if (signature.IsEmpty)
        {
            throw new ArgumentException("the signature value is empty", nameof(signature));
        }

        var sizes = Measure(signature.Length, timestampToken.Length);
        var result = new byte[Der.Size(sizes.ContentInfo)];
        var at = new Cursor(result);
        at.Header(Der.Sequence, sizes.ContentInfo);
        at.Bytes(SignedDataOid);
        at.Header(Der.Context(0), Der.Size(sizes.SignedData));
        at.Header(Der.Sequence, sizes.SignedData);
        at.Bytes(_signer.Version);
        at.Bytes(_signer.DigestAlgorithms);
        at.Bytes(_encapsulated);
        at.Bytes(_signer.Certificates);
        at.Header(Der.Set, Der.Size(sizes.SignerInfo));
        at.Header(Der.Sequence, sizes.SignerInfo);
        at.Bytes(_signer.SignerHead);

        // signedAttrs is [0] IMPLICIT in the SignerInfo and SET OF where it is hashed: only the tag differs (RFC 5652 §5.4).
        at.Bytes([Der.Context(0)]);
        at.Bytes(_signedAttributes.AsSpan(1));
        at.Bytes(_signer.SignatureIdentifier);
        at.Header(Der.OctetString, signature.Length);
        at.Bytes(signature);
        if (!timestampToken.IsEmpty)
        {
            at.Header(Der.Context(1), Der.Size(sizes.TimestampAttribute));
            at.Header(Der.Sequence, sizes.TimestampAttribute);
            at.Bytes(TimestampOid);
            at.Header(Der.Set, timestampToken.Length);
            at.Bytes(timestampToken);
        }

        return result;
    }

    internal int SizeWith(int signatureLength, int tokenLength) => Der.Size(Measure(signatureLength, tokenLength).ContentInfo);

    private Sizes Measure(int signatureLength, int tokenLength)
    {
        var timestampAttribute = tokenLength == 0 ? 0 : TimestampOid.Length + Der.Size(tokenLength);
        var signerInfo = _signer.SignerHead.Length + _signedAttributes.Length + _signer.SignatureIdentifier.Length
            + Der.Size(signatureLength) + (tokenLength == 0 ? 0 : Der.Size(Der.Size(timestampAttribute)));
        var signedData = _signer.Version.Length + _signer.DigestAlgorithms.Length + _encapsulated.Length + _signer.Certificates.Length
            + Der.Size(Der.Size(signerInfo));
        var contentInfo = SignedDataOid.Length + Der.Size(Der.Size(signedData));
        return new Sizes(timestampAttribute, signerInfo, signedData, contentInfo);
    }

    // EncapsulatedContentInfo: SEQUENCE { eContentType, [0] EXPLICIT OCTET STRING OPTIONAL }; without content the signature is detached.
    private static byte[] EncodeContentInfo(string contentType, ReadOnlyMemory<byte>? content) => Der.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteObjectIdentifier(contentType);
            if (content is { } octets)
            {
                using (w.PushSequence(new System.Formats.Asn1.Asn1Tag(System.Formats.Asn1.TagClass.ContextSpecific, 0)))
                {
                    w.WriteOctetString(octets.Span);
                }
            }
        }
    });

    private readonly record struct Sizes(int TimestampAttribute, int SignerInfo, int SignedData, int ContentInfo);

    private ref struct Cursor(Span<byte> destination)
    {
        private Span<byte> _rest = destination;

        public void Header(byte tag, int length) => _rest = _rest[Der.WriteHeader(_rest, tag, length)..];

        public void Bytes(scoped ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_rest);
            _rest = _rest[bytes.Length..];
        }
    }
}
