// PAdES signatures, ETSI EN 319 142-1 V1.2.1: levels B-B and, with a token, B-T. ISO 32000-2:2020, 12.8.

using System.Buffers;
using System.Security.Cryptography;
using AnTin.Pdf;
using AnTin.X509;

namespace AnTin.Signatures;

/// <summary>
/// Signs PDF documents in two phases: <see cref="Prepare"/> gives the hash that a key has to sign, Complete puts the signature
/// value into its place. Between the two may lie microseconds or days; <see cref="PreparedPdfSignature.ToJson"/> bridges nodes.
/// </summary>
public static class PadesSigner
{
    // Blocks of the one pass over a large document: system calls are rare, and memory stays small.
    private const int Block = 1024 * 1024;

    /// <summary>Builds the signature's update and hashes the document.</summary>
    /// <exception cref="PdfSigningException">The document or the field does not allow it; the code says why.</exception>
    public static PreparedPdfSignature Prepare(IRandomAccessSource source, PadesSignatureOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var update = BuildUpdate(source, options);
        using var hash = IncrementalHash.CreateHash(options.Signer.Scheme.HashName());
        source.HashRange(0, source.Length, hash);
        return Conclude(update, source, options, hash);
    }

    /// <summary>
    /// The same, copying the document to <paramref name="output"/> in the very pass that hashes it; the shorter
    /// CompleteAsync then only appends. For documents too large to be read twice.
    /// </summary>
    /// <param name="source">The document.</param>
    /// <param name="options">The signature.</param>
    /// <param name="output">Where the signed document is to be; at its beginning. Written synchronously, as the source is read.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="PdfSigningException">The document or the field does not allow it; nothing has been written then.</exception>
    public static PreparedPdfSignature Prepare(IRandomAccessSource source, PadesSignatureOptions options, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        var update = BuildUpdate(source, options);
        using var hash = IncrementalHash.CreateHash(options.Signer.Scheme.HashName());
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            for (long at = 0; at < source.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = ReadBlock(source, at, block);
                hash.AppendData(block, 0, count);
                output.Write(block, 0, count);
                at += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return Conclude(update, source, options, hash);
    }

    /// <summary>Writes the signed document.</summary>
    /// <param name="prepared">From Prepare.</param>
    /// <param name="signatureValue">The key's signature over <see cref="PreparedPdfSignature.HashToSign"/>.</param>
    /// <param name="timestampToken">A time-stamp token over the signature value; empty for none.</param>
    /// <param name="source">The document that was prepared.</param>
    /// <param name="output">Takes the signed document; incomplete when this throws.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <exception cref="PdfSigningException"><c>signature.reserve</c>; <c>document.changed</c> when the source is not what was prepared.</exception>
    public static async Task CompleteAsync(
        PreparedPdfSignature prepared,
        ReadOnlyMemory<byte> signatureValue,
        ReadOnlyMemory<byte> timestampToken,
        IRandomAccessSource source,
        Stream output,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        var update = prepared.Finish(signatureValue.Span, timestampToken.Span);
        RequireLength(prepared, source);
        using var hash = ReferenceEquals(source, prepared.Source) ? null : IncrementalHash.CreateHash(prepared.Scheme.HashName());
        await CopyAsync(source, output, hash, cancellationToken);
        RequireDigest(prepared, hash);
        await output.WriteAsync(update, cancellationToken);
    }

    /// <summary>Appends the finished update to the copy that Prepare made.</summary>
    /// <param name="output">Stands at the end of that copy.</param>
    /// <exception cref="PdfSigningException"><c>signature.reserve</c>.</exception>
    public static async Task CompleteAsync(
        PreparedPdfSignature prepared, ReadOnlyMemory<byte> signatureValue, ReadOnlyMemory<byte> timestampToken, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteAsync(prepared.Finish(signatureValue.Span, timestampToken.Span), cancellationToken);
    }

    /// <summary>The signed document in memory.</summary>
    /// <exception cref="PdfSigningException"><c>signature.reserve</c>; <c>document.changed</c>.</exception>
    public static byte[] Complete(PreparedPdfSignature prepared, ReadOnlySpan<byte> signatureValue, ReadOnlySpan<byte> timestampToken, IRandomAccessSource source)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        var signed = GC.AllocateUninitializedArray<byte>(checked((int)prepared.TotalLength));
        Complete(prepared, signatureValue, timestampToken, source, signed);
        return signed;
    }

    /// <summary>Writes the signed document to memory at hand.</summary>
    /// <param name="prepared">From Prepare.</param>
    /// <param name="signatureValue">The key's signature.</param>
    /// <param name="timestampToken">A time-stamp token over it; empty for none.</param>
    /// <param name="source">The document that was prepared.</param>
    /// <param name="destination">At least <see cref="PreparedPdfSignature.TotalLength"/> bytes.</param>
    /// <returns>The length of the signed document.</returns>
    /// <exception cref="PdfSigningException"><c>signature.reserve</c>; <c>document.changed</c>.</exception>
    public static int Complete(
        PreparedPdfSignature prepared, ReadOnlySpan<byte> signatureValue, ReadOnlySpan<byte> timestampToken, IRandomAccessSource source, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, prepared.TotalLength, nameof(destination));
        RequireLength(prepared, source);
        var original = destination[..(int)source.Length];
        if (source.Read(0, original) != original.Length) throw Changed();
        if (!ReferenceEquals(source, prepared.Source))
        {
            using var hash = IncrementalHash.CreateHash(prepared.Scheme.HashName());
            hash.AppendData(original);
            RequireDigest(prepared, hash);
        }

        prepared.Finish(signatureValue, timestampToken, destination[original.Length..]);
        return (int)prepared.TotalLength;
    }

    /// <summary>Prepares, signs and completes in memory, with a key at hand.</summary>
    public static async Task<byte[]> SignAsync(IRandomAccessSource source, PadesSignatureOptions options, ISigningKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var prepared = Prepare(source, options);
        var value = await key.SignHashAsync(prepared.HashToSign, prepared.Scheme, cancellationToken);
        return Complete(prepared, value, default, source);
    }

    private static SignatureUpdate BuildUpdate(IRandomAccessSource source, PadesSignatureOptions options)
    {
        var (document, rules) = SigningRules.Open(source);
        try
        {
            return new SignatureIncrement(document, rules, options).Build();
        }
        catch (PdfFormatException e)
        {
            throw SigningRules.Broken(e);
        }
    }

    // 12.8.1: the digest covers every byte of the file but the value of /Contents.
    private static PreparedPdfSignature Conclude(SignatureUpdate update, IRandomAccessSource source, PadesSignatureOptions options, IncrementalHash hash)
    {
        var baseDigest = hash.GetCurrentHash();
        hash.AppendData(update.Bytes.AsSpan(0, update.ContentsAt));
        hash.AppendData(update.Bytes.AsSpan(update.ContentsAt + update.ContentsLength));
        return new PreparedPdfSignature(update, source.Length, baseDigest, options.Signer.Prepare(hash.GetHashAndReset()), source);
    }

    private static async Task CopyAsync(IRandomAccessSource source, Stream output, IncrementalHash? hash, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            for (long at = 0; at < source.Length;)
            {
                var count = ReadBlock(source, at, block);
                hash?.AppendData(block, 0, count);
                await output.WriteAsync(block.AsMemory(0, count), cancellationToken);
                at += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static int ReadBlock(IRandomAccessSource source, long at, byte[] block)
    {
        var count = (int)Math.Min(Block, source.Length - at);
        return source.Read(at, block.AsSpan(0, count)) == count ? count : throw Changed();
    }

    private static void RequireLength(PreparedPdfSignature prepared, IRandomAccessSource source)
    {
        if (source.Length != prepared.BaseLength) throw Changed();
    }

    private static void RequireDigest(PreparedPdfSignature prepared, IncrementalHash? hash)
    {
        if (hash is not null && !CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), prepared.BaseDigest.Span)) throw Changed();
    }

    private static PdfSigningException Changed() => new("document.changed", "The document is not the one that was prepared for signing.");
}
