namespace AnTin.Modules.Authority.Domain;

/// <summary>A file the authority stands for in public.</summary>
/// <param name="Der">Content.</param>
/// <param name="LastModified">When it was made.</param>
/// <param name="Expires">After which caches ask again; null when it does not change.</param>
internal sealed record PublishedFile(ReadOnlyMemory<byte> Der, DateTimeOffset LastModified, DateTimeOffset? Expires);

/// <summary>
/// The public face of an authority: what <see cref="PkiEndpoints"/> serves, for the server from its store and for
/// <c>antin pki serve</c> from a folder.
/// </summary>
internal interface IPkiPublication
{
    /// <param name="slug">As in <c>/pki/{slug}.crt</c>.</param>
    Task<PublishedFile?> FindCertificateAsync(string slug, CancellationToken ct);

    Task<PublishedFile?> FindCrlAsync(string slug, CancellationToken ct);

    /// <summary>DER OCSPRequest to DER OCSPResponse; never throws for what the request contains.</summary>
    Task<byte[]> AnswerOcspAsync(ReadOnlyMemory<byte> request, CancellationToken ct);

    /// <summary>DER TimeStampReq to DER TimeStampResp; never throws for what the request contains.</summary>
    Task<byte[]> AnswerTimeStampAsync(ReadOnlyMemory<byte> request, CancellationToken ct);
}
