using AnTin.Cms;
using AnTin.Contracts.Authority;
using AnTin.Modules.Authority.Domain;
using AnTin.X509;

namespace AnTin.Modules.Authority.Features;

/// <summary>The server's public face: certificates from the hierarchy, CRLs from the store, answers made on the spot.</summary>
internal sealed class PkiPublication(AuthorityState authority, PublishCrl crls, ResponderPool responders) : IPkiPublication, ITimeStampAuthority
{
    public Task<PublishedFile?> FindCertificateAsync(string slug, CancellationToken ct)
    {
        Issuer? issuer = FindIssuer(slug);
        return Task.FromResult(issuer is null ? null : new PublishedFile(issuer.Certificate.RawData, issuer.Certificate.NotBefore, Expires: null));
    }

    public async Task<PublishedFile?> FindCrlAsync(string slug, CancellationToken ct)
    {
        if (FindIssuer(slug) is not { } issuer || await crls.LatestAsync(issuer.KeyId, ct) is not { } crl)
            return null;
        return new PublishedFile(crl.Der, crl.ThisUpdate, crl.NextUpdate);
    }

    public async Task<byte[]> AnswerOcspAsync(ReadOnlyMemory<byte> request, CancellationToken ct) =>
        responders.Ocsp is { } responder ? await responder.AnswerAsync(request, ct) : OcspResponseBuilder.Error(OcspStatus.TryLater);

    public async Task<byte[]> AnswerTimeStampAsync(ReadOnlyMemory<byte> request, CancellationToken ct) =>
        responders.TimeStamping is { } responder
            ? await responder.AnswerAsync(request, ct)
            : TimestampResponse.Rejected(TimestampFailure.TimeNotAvailable, "No time-stamping authority is installed here.");

    public Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> request, CancellationToken ct) => AnswerTimeStampAsync(request, ct);

    private Issuer? FindIssuer(string slug) => authority.Find()?.Issuers.FirstOrDefault(issuer => issuer.Slug == slug);
}

/// <summary>The responders of the installed hierarchy, made once; null before there is one.</summary>
internal sealed class ResponderPool(AuthorityState authority, ISerialStatusSource statuses, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private (Hierarchy Of, OcspResponder Ocsp, TimeStampResponder TimeStamping)? _made;

    public OcspResponder? Ocsp => Made()?.Ocsp;

    public TimeStampResponder? TimeStamping => Made()?.TimeStamping;

    private (Hierarchy Of, OcspResponder Ocsp, TimeStampResponder TimeStamping)? Made()
    {
        if (authority.Find() is not { } hierarchy)
            return null;
        lock (_gate)
        {
            return _made ??= (
                hierarchy,
                new OcspResponder(hierarchy.Issuing, hierarchy.OcspResponder, statuses, clock),
                new TimeStampResponder(hierarchy.TimeStamping, [hierarchy.Issuing.Certificate], clock));
        }
    }
}
