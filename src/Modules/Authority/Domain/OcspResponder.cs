// A delegated OCSP responder. References: RFC 6960 §2.2–2.6, §4.2; RFC 9654 §2.1 (nonce); RFC 9919 §3–6 (lightweight profile: SHA-1 and SHA-256
// CertIDs are answered, GET responses may be cached). Limits: answers only for its own issuer; requestor name and signed requests are ignored.
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

/// <summary>What is known of a serial number.</summary>
/// <param name="IsIssued">False for numbers never issued: they are unknown, never good (RFC 6960 §2.2).</param>
internal sealed record SerialStatus(bool IsIssued, DateTimeOffset? RevokedAt, RevocationReason? Reason)
{
    public static SerialStatus Unknown { get; } = new(false, null, null);

    public static SerialStatus Good { get; } = new(true, null, null);
}

/// <summary>Who knows the status of serial numbers.</summary>
internal interface ISerialStatusSource
{
    /// <param name="issuerKeyId"><see cref="Issuer.KeyId"/>.</param>
    /// <param name="serialNumbers">Upper-case hexadecimal.</param>
    /// <returns>An entry for each number that was asked for.</returns>
    Task<IReadOnlyDictionary<string, SerialStatus>> StatusOfAsync(string issuerKeyId, IReadOnlyCollection<string> serialNumbers, CancellationToken ct);
}

/// <summary>Answers DER OCSP requests for one issuer. Malformed input gets malformedRequest; nothing is thrown for what a request contains.</summary>
internal sealed class OcspResponder(Issuer issuer, CertifiedKey responder, ISerialStatusSource statuses, TimeProvider clock)
{
    /// <summary>Above what 64 questions need; larger bodies are not read.</summary>
    public const int MaxRequestBytes = 16 * 1024;

    /// <summary>How long an answer may be relied upon; far above the minute within which a revocation has to be seen by those who ask.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromHours(1);

    public async Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> request, CancellationToken ct)
    {
        OcspRequest asked;
        try
        {
            asked = OcspRequest.Parse(request);
        }
        catch (Asn1FormatException)
        {
            return OcspResponseBuilder.Error(OcspStatus.MalformedRequest);
        }
        if (asked.Questions.Count == 0 || asked.HasBadNonce)
            return OcspResponseBuilder.Error(OcspStatus.MalformedRequest);

        // RFC 6960 §4.2.1: thisUpdate is when the status is known to be correct; whole seconds keep it in the past for every client.
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        List<OcspCertId> own = [.. asked.Questions.Where(question => question.MatchesIssuer(issuer.Certificate))];
        IReadOnlyDictionary<string, SerialStatus> known = own.Count == 0
            ? new Dictionary<string, SerialStatus>(StringComparer.Ordinal)
            : await statuses.StatusOfAsync(issuer.KeyId, own.ConvertAll(q => Number(q)).ToHashSet(StringComparer.Ordinal), ct);
        var response = new OcspResponseBuilder
        {
            Responder = responder.Certificate,
            ProducedAt = now,
            Answers = [.. asked.Questions.Select(q => Answer(q, own.Contains(q) ? known.GetValueOrDefault(Number(q)) : null, now))],
            Scheme = responder.Key.DefaultScheme,
            NonceExtension = asked.NonceExtension,
        };
        byte[] data = response.Build();
        byte[] hash = DigestAlgorithm.Of(response.Scheme.HashName()).Hash(data);
        return response.Assemble(data, await responder.Key.SignHashAsync(hash, response.Scheme, ct));
    }

    private static string Number(OcspCertId question) => SerialNumbers.Text(Convert.FromHexString(question.SerialNumber));

    private static OcspAnswer Answer(OcspCertId question, SerialStatus? status, DateTimeOffset now) => status switch
    {
        { RevokedAt: { } at } => new OcspAnswer(question, CertificateStatus.Revoked, now, now + Freshness, at, status.Reason),
        { IsIssued: true } => new OcspAnswer(question, CertificateStatus.Good, now, now + Freshness),
        _ => new OcspAnswer(question, CertificateStatus.Unknown, now, now + Freshness),
    };
}
