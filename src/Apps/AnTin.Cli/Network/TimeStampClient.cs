// Asks a time-stamping authority over HTTP. References: RFC 3161 §2.4, §3.4; RFC 5816.

using System.Security.Cryptography;
using AnTin.Asn1;
using AnTin.Cms;
using AnTin.Contracts.Platform;
using AnTin.X509;

namespace AnTin.Cli.Network;

internal sealed class TimeStampClient(WebFetch web, Uri address)
{
    private const int LongestAnswer = 256 * 1024;

    /// <summary>A token over the octets, verified as far as the token itself allows: imprint, nonce, signature, purpose.</summary>
    /// <param name="stamped">For a signature time-stamp: the signature value.</param>
    /// <returns>DER ContentInfo of the token.</returns>
    public async Task<Result<byte[]>> StampAsync(ReadOnlyMemory<byte> stamped, DigestAlgorithm digest, CancellationToken ct)
    {
        TimestampRequest request = TimestampRequest.For(digest, digest.Hash(stamped.Span), RandomNumberGenerator.GetBytes(16));
        WebAnswer answer = await web.PostAsync(address, request.Encode(), "application/timestamp-query", Reach.Anywhere, LongestAnswer, ct);
        if (answer.Body is not { } body)
            return Failed(answer.Trouble ?? "no answer");
        try
        {
            TimestampResponse response = TimestampResponse.Parse(body);
            if (!response.IsGranted)
                return Failed($"{response.Status} {response.Failure} {response.Text}".Trim());
            TimestampToken token = TimestampToken.Parse(response.Token);
            if (token.Info.Nonce is not { } echoed || request.Nonce is not { } sent || !echoed.Span.SequenceEqual(sent.Span))
                return Failed("the nonce is not the one that was sent");
            TimestampVerification verification = token.Verify(stamped.Span);
            if (!verification.IsIntact || !verification.PurposeAgrees)
                return Failed("the token does not verify");
            return response.Token.ToArray();
        }
        catch (Asn1FormatException e)
        {
            return Failed(e.Message);
        }
    }

    private Error Failed(string why) => new(CliErrors.TimeStampFailed, address.AbsoluteUri, why);
}
