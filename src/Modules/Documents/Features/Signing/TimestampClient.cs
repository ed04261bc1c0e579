using System.Security.Cryptography;
using AnTin.Asn1;
using AnTin.Cms;
using AnTin.Contracts.Authority;
using AnTin.X509;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnTin.Modules.Documents.Features.Signing;

/// <summary>
/// Asks this installation's time-stamp authority, where there is one. An act never fails for want of a stamp: the signature is then
/// of level B-B, and says so in its evidence.
/// </summary>
internal sealed class TimestampClient(IServiceProvider services, ILogger<TimestampClient> log)
{
    /// <summary>Room kept in a signature for a token: one with its chain takes about 5 KB.</summary>
    public const int Reserve = 8192;

    private const int NonceBytes = 16;

    public bool IsAvailable => services.GetService<ITimeStampAuthority>() is not null;

    /// <returns>The token over the signature value; empty when none is to be had.</returns>
    public async Task<ReadOnlyMemory<byte>> StampAsync(ReadOnlyMemory<byte> signatureValue, CancellationToken ct)
    {
        if (services.GetService<ITimeStampAuthority>() is not { } authority)
            return default;
        byte[] hash = SHA256.HashData(signatureValue.Span);
        var request = TimestampRequest.For(DigestAlgorithm.Of(HashAlgorithmName.SHA256), hash, RandomNumberGenerator.GetBytes(NonceBytes));
        try
        {
            var response = TimestampResponse.Parse(await authority.AnswerAsync(request.Encode(), ct));
            if (!response.IsGranted)
            {
                log.LogWarning("The time-stamp authority refused: {Status} {Text}", response.Status, response.Text);
                return default;
            }
            var token = TimestampToken.Parse(response.Token);
            bool isOurs = token.VerifyDigest(hash).IsIntact && token.Info.Nonce is { } nonce && request.Nonce is { } sent && nonce.Span.SequenceEqual(sent.Span);
            if (isOurs && response.Token.Length <= Reserve)
                return response.Token;
            log.LogWarning("The time-stamp authority's token ({Length} bytes) does not answer the request", response.Token.Length);
            return default;
        }
        catch (Asn1FormatException malformed)
        {
            log.LogWarning(malformed, "The time-stamp authority's answer is malformed");
            return default;
        }
    }
}
