// A time-stamping authority. References: RFC 3161 §2.4 (requests, responses, failure codes), RFC 5816 (ESSCertIDv2), ETSI EN 319 422 §5 (digests, accuracy).
// Luật Giao dịch điện tử 20/2023/QH15, Điều 31: the stamp's time is when the data arrived. Limits: no extensions; time from the server's clock, whose
// discipline is the operator's duty; not ordered.
using AnTin.Asn1;
using AnTin.Cms;
using AnTin.Contracts.Authority;
using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

/// <summary>Answers DER TimeStampReq. Whatever the request contains, the answer is a TimeStampResp.</summary>
internal sealed class TimeStampResponder(CertifiedKey authority, IReadOnlyList<Certificate> chain, TimeProvider clock) : ITimeStampAuthority
{
    /// <summary>An imprint, a policy, a nonce: nothing honest is larger.</summary>
    public const int MaxRequestBytes = 4 * 1024;

    /// <summary>Stated in every stamp; a server kept by NTP stays well within.</summary>
    public static readonly TimeSpan Accuracy = TimeSpan.FromSeconds(1);

    private static readonly HashSet<string> Accepted = [Oids.Sha256, Oids.Sha384, Oids.Sha512];

    private readonly TimestampIssuer _issuer =
        new(authority.Certificate, chain, authority.Key.DefaultScheme, AuthorityOids.TimeStampingPolicy, Accuracy);

    public async Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> request, CancellationToken ct)
    {
        // Điều 31: the moment of arrival, before anything else is done.
        DateTimeOffset arrived = clock.GetUtcNow();
        TimestampRequest asked;
        try
        {
            asked = TimestampRequest.Parse(request);
        }
        catch (Asn1FormatException e)
        {
            return TimestampResponse.Rejected(TimestampFailure.BadDataFormat, e.Message);
        }
        if (Refusal(asked, arrived) is { } refusal)
            return TimestampResponse.Rejected(refusal.Failure, refusal.Text);

        // RFC 3161 §2.4.2: unique, also after a crash; 136 random bits need no memory.
        CmsSignatureBuilder token = _issuer.Prepare(asked, arrived, SerialNumbers.Next());
        byte[] signature = await authority.Key.SignHashAsync(token.HashToSign(), token.Scheme, ct);
        return TimestampResponse.Granted(token.Complete(signature));
    }

    private (TimestampFailure Failure, string Text)? Refusal(TimestampRequest asked, DateTimeOffset at)
    {
        if (!Accepted.Contains(asked.Imprint.DigestOid))
            return (TimestampFailure.BadAlgorithm, "The imprint must be SHA-256, SHA-384 or SHA-512.");
        if (asked.Imprint.Digest is not { } digest || asked.Imprint.Hash.Length != digest.Length)
            return (TimestampFailure.BadDataFormat, "The imprint is not as long as its algorithm's digests.");
        if (asked.Policy is { } policy && policy != AuthorityOids.TimeStampingPolicy)
            return (TimestampFailure.UnacceptedPolicy, "Only policy " + AuthorityOids.TimeStampingPolicy + " is offered.");
        if (asked.HasUnknownCriticalExtension)
            return (TimestampFailure.UnacceptedExtension, "No extension is supported.");
        return authority.Certificate.IsValidAt(at)
            ? null
            : (TimestampFailure.TimeNotAvailable, "The authority's certificate is not valid at this time.");
    }
}
