using System.Security.Cryptography;
using AnTin.Asn1;
using AnTin.Cli.Files;
using AnTin.X509;

namespace AnTin.Cli.Network;

/// <summary>CRLs and OCSP answers, DER, as they were fetched; the validator judges them.</summary>
internal sealed record StatusData(IReadOnlyList<byte[]> Crls, IReadOnlyList<byte[]> OcspResponses);

/// <summary>
/// Fetches status for certificates whose chain, by signature, ends in an anchor of the caller; docs/decisions/0007 says why only for them.
/// What cannot be fetched is left out: the validator then finds nothing fresh and says so.
/// </summary>
internal sealed class StatusCollector(WebFetch web)
{
    // A file with three signers and a time-stamp below one authority asks for six answers.
    private const int MostFetches = 16;

    // The largest CRLs of public authorities are a few megabytes.
    private const int LongestCrl = 8 * 1024 * 1024;
    private const int LongestOcsp = 64 * 1024;

    // What one file asked serves the next; an empty answer is kept too, so that a dead server is waited for once.
    private readonly Dictionary<string, byte[]?> _answers = new(StringComparer.Ordinal);

    private List<byte[]> _crls = [];
    private List<byte[]> _ocspResponses = [];
    private int _fetches;

    /// <summary>Status for the certificates of one file.</summary>
    public async Task<StatusData> CollectAsync(IReadOnlyList<Certificate> found, TrustFolder trust, CancellationToken ct)
    {
        _crls = [];
        _ocspResponses = [];
        _fetches = 0;
        foreach ((Certificate certificate, Certificate issuer) in Vouched(found, trust))
        {
            if (!await AskOcspAsync(certificate, issuer, ct))
                await FetchCrlAsync(certificate, ct);
        }
        return new StatusData(_crls, _ocspResponses);
    }

    /// <summary>Certificates with their issuers, from the anchors downward; each issuer's signature verified.</summary>
    private static List<(Certificate Certificate, Certificate Issuer)> Vouched(IReadOnlyList<Certificate> found, TrustFolder trust)
    {
        List<Certificate> pool = [.. found.Concat(trust.Certificates).Distinct()];
        var vouched = new List<(Certificate, Certificate)>();
        var issuers = new Queue<Certificate>(trust.Anchors.Select(a => a.Certificate));
        while (issuers.TryDequeue(out Certificate? issuer))
        {
            foreach (Certificate certificate in pool.Where(c => !c.IsSelfIssued && c.Issuer.Equals(issuer.Subject)).ToList())
            {
                if (!SignatureVerification.Verify(issuer.PublicKey, certificate.SignatureAlgorithm, certificate.Tbs.Span, certificate.Signature.Span))
                    continue;
                pool.Remove(certificate);
                vouched.Add((certificate, issuer));
                issuers.Enqueue(certificate);
            }
        }
        return vouched;
    }

    private async Task<bool> AskOcspAsync(Certificate certificate, Certificate issuer, CancellationToken ct)
    {
        foreach (Uri address in Addresses(() => certificate.OcspUrls))
        {
            byte[]? answer = await OnceAsync($"{address} {certificate.Thumbprint}", async () =>
            {
                byte[] nonce = RandomNumberGenerator.GetBytes(32);
                byte[] request = OcspRequest.Build([OcspCertId.For(issuer, certificate.SerialNumber, DigestAlgorithm.Sha1)], nonce);
                WebAnswer answered = await web.PostAsync(address, request, "application/ocsp-request", Reach.Public, LongestOcsp, ct);
                return answered.Body is { } body && IsAnswer(body, issuer, certificate, nonce) ? body : null;
            });
            if (answer is not null)
            {
                _ocspResponses.Add(answer);
                return true;
            }
        }
        return false;
    }

    private async Task FetchCrlAsync(Certificate certificate, CancellationToken ct)
    {
        foreach (Uri address in Addresses(() => certificate.CrlDistributionPoints.SelectMany(point => point.Urls)))
        {
            byte[]? answer = await OnceAsync(address.AbsoluteUri, async () =>
            {
                WebAnswer fetched = await web.GetAsync(address, Reach.Public, LongestCrl, ct);
                return fetched.Body is { } body && PemFile.Read(body) is [{ Label: "" or PemBlock.Crl } block] ? block.Data : null;
            });
            if (answer is not null)
            {
                _crls.Add(answer);
                return;
            }
        }
    }

    private async Task<byte[]?> OnceAsync(string key, Func<Task<byte[]?>> fetch)
    {
        if (_answers.TryGetValue(key, out byte[]? known))
            return known;
        if (++_fetches > MostFetches)
            return null;
        byte[]? answer = await fetch();
        _answers.Add(key, answer);
        return answer;
    }

    // A responder that leaves the nonce out answers from its store (RFC 9919 allows it); one that answers another nonce replays.
    private static bool IsAnswer(byte[] body, Certificate issuer, Certificate certificate, byte[] nonce)
    {
        try
        {
            OcspResponse response = OcspResponse.Parse(body);
            return response.Status == OcspStatus.Successful
                && response.Find(issuer, certificate.SerialNumber) is not null
                && (response.Nonce is not { } echoed || echoed.Span.SequenceEqual(nonce));
        }
        catch (Asn1FormatException)
        {
            return false;
        }
    }

    private static List<Uri> Addresses(Func<IEnumerable<string>> read)
    {
        try
        {
            return [.. read().Select(text => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? uri : null).OfType<Uri>()];
        }
        catch (Asn1FormatException)
        {
            // A pointer extension that cannot be read points nowhere; the validator reports the certificate.
            return [];
        }
    }
}
