using System.Text.Json;
using System.Text.Json.Serialization;
using AnTin.Cms;
using AnTin.Pdf;
using AnTin.X509;

namespace AnTin.Signatures;

/// <summary>
/// A signature that lacks only its value. Holds everything needed to finish it, on this node or another, now or later, as long
/// as the document is still at hand unchanged. Whoever can change a stored one chooses what gets signed: keep it where documents
/// are kept.
/// </summary>
public sealed class PreparedPdfSignature
{
    private readonly SignatureUpdate update;

    internal PreparedPdfSignature(SignatureUpdate update, long baseLength, byte[] baseDigest, CmsSignatureBuilder builder, IRandomAccessSource? source)
    {
        this.update = update;
        BaseLength = baseLength;
        BaseDigest = baseDigest;
        Builder = builder;
        Source = source;
        HashToSign = builder.HashToSign();
    }

    /// <summary>Length of the document that is signed.</summary>
    public long BaseLength { get; }

    /// <summary>Digest of that document with the scheme's hash.</summary>
    public ReadOnlyMemory<byte> BaseDigest { get; }

    /// <summary>The digest that the key has to sign: that of the signed attributes.</summary>
    public ReadOnlyMemory<byte> HashToSign { get; }

    /// <summary>The DER form of the signed attributes, for keys that hash themselves.</summary>
    public ReadOnlyMemory<byte> SignedAttributes => Builder.SignedAttributes;

    /// <summary>The scheme to sign with.</summary>
    public SignatureScheme Scheme => Builder.Scheme;

    /// <summary>Length of the signed document to be.</summary>
    public long TotalLength => BaseLength + update.Bytes.Length;

    /// <summary>Bytes that the finished CMS signature may have.</summary>
    public int Reserve => (update.ContentsLength - 2) / 2;

    internal CmsSignatureBuilder Builder { get; }

    /// <summary>The very source that was hashed, while the signature has not been stored; its bytes need no second hashing.</summary>
    internal IRandomAccessSource? Source { get; }

    /// <summary>A text to store.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new Stored(
            Version: 1,
            Scheme.ToString(),
            [Builder.Signer.Certificate.RawData.ToArray(), .. Builder.Signer.Chain.Select(c => c.RawData.ToArray())],
            Builder.SignedAttributes.ToArray(),
            BaseLength,
            BaseDigest.ToArray(),
            update.Bytes,
            update.ContentsAt,
            update.ContentsLength),
        StoredContext.Default.Stored);

    /// <summary>Reads a stored text.</summary>
    /// <exception cref="PdfSigningException"><c>prepared.malformed</c>.</exception>
    public static PreparedPdfSignature FromJson(string json)
    {
        try
        {
            var stored = JsonSerializer.Deserialize(json, StoredContext.Default.Stored);
            if (stored is not { Version: 1, Certificates.Length: > 0 } || !Enum.TryParse<SignatureScheme>(stored.Scheme, out var scheme)) throw Malformed(null);
            if (stored.ContentsLength < 4 || stored.ContentsAt < 0 || stored.ContentsAt > stored.Update.Length - stored.ContentsLength || stored.BaseLength < 0) throw Malformed(null);
            var certificates = stored.Certificates.Select(c => Certificate.Parse(c)).ToList();
            var builder = CmsSigner.Create(certificates[0], certificates[1..], scheme, CmsSignerOptions.Pades).Resume(stored.SignedAttributes);
            return new PreparedPdfSignature(new SignatureUpdate(stored.Update, stored.ContentsAt, stored.ContentsLength), stored.BaseLength, stored.BaseDigest, builder, source: null);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw Malformed(e);
        }
    }

    /// <summary>The update with the signature in its place.</summary>
    /// <exception cref="PdfSigningException"><c>signature.reserve</c>: prepare again with more room.</exception>
    internal byte[] Finish(ReadOnlySpan<byte> signatureValue, ReadOnlySpan<byte> timestampToken)
    {
        var bytes = new byte[update.Bytes.Length];
        Finish(signatureValue, timestampToken, bytes);
        return bytes;
    }

    /// <summary>The same into memory at hand.</summary>
    internal void Finish(ReadOnlySpan<byte> signatureValue, ReadOnlySpan<byte> timestampToken, Span<byte> destination)
    {
        var cms = Builder.Complete(signatureValue, timestampToken);
        if (cms.Length > Reserve) throw new PdfSigningException("signature.reserve", $"The signature has {cms.Length} bytes, {Reserve} were kept for it.");
        update.Bytes.CopyTo(destination);
        Convert.TryToHexString(cms, destination[(update.ContentsAt + 1)..], out _);
    }

    private static PdfSigningException Malformed(Exception? inner) => new("prepared.malformed", "The stored signature cannot be read.", inner);

    internal sealed record Stored(
        int Version, string Scheme, byte[][] Certificates, byte[] SignedAttributes, long BaseLength, byte[] BaseDigest, byte[] Update, int ContentsAt, int ContentsLength);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PreparedPdfSignature.Stored))]
internal sealed partial class StoredContext : JsonSerializerContext;
