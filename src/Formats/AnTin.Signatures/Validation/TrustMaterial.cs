// Certificates and revocation data of one verification: the caller's, the document's store, and what signatures carry.
using AnTin.Asn1;
using AnTin.Cms;
using AnTin.X509;

namespace AnTin.Signatures;

internal sealed class TrustMaterial
{
    private readonly ValidationInputs _inputs;
    private readonly HashSet<Certificate> _certificates = [];
    private readonly List<CertificateRevocationList> _crls;
    private readonly List<OcspResponse> _ocsps;

    public TrustMaterial(ValidationInputs inputs, DocumentSecurityStore store)
    {
        _inputs = inputs;

        // The caller's objects first: of two equal certificates the one with the imported key is kept.
        _certificates.UnionWith(inputs.Anchors.Select(a => a.Certificate));
        _certificates.UnionWith(inputs.Certificates);
        _certificates.UnionWith(store.Certificates);
        _crls = [.. inputs.Crls, .. store.Crls];
        _ocsps = [.. inputs.Ocsps, .. store.Ocsps];
    }

    /// <summary>Adds what a message carries; damage in its revocation data is passed over.</summary>
    public void Add(SignedData message, SignerInfo? signer)
    {
        _certificates.UnionWith(message.Certificates);
        foreach (var crl in message.Crls)
        {
            RevocationMaterial.AddCrl(crl, _crls);
        }

        foreach (var ocsp in message.OcspResponses)
        {
            RevocationMaterial.AddOcsp(ocsp, _ocsps);
        }

        try
        {
            var (crls, ocsps) = signer?.AdobeRevocationInfo ?? ([], []);
            foreach (var crl in crls)
            {
                RevocationMaterial.AddCrl(crl, _crls);
            }

            foreach (var ocsp in ocsps)
            {
                RevocationMaterial.AddOcsp(ocsp, _ocsps);
            }
        }
        catch (Asn1FormatException)
        {
            // A malformed archival attribute proves nothing, for or against.
        }
    }

    public void Add(Certificate certificate) => _certificates.Add(certificate);

    /// <summary>The same certificate as the caller gave it, when it did: its key is imported already.</summary>
    public Certificate Known(Certificate certificate) => _certificates.TryGetValue(certificate, out var known) ? known : certificate;

    /// <summary>The certificate that a signer names: the message's own first, then any at hand.</summary>
    public Certificate? Find(SignedData message, SignerInfo signer) =>
        (message.FindCertificate(signer) ?? _certificates.FirstOrDefault(signer.IsNamed)) is { } found ? Known(found) : null;

    public IEnumerable<Certificate> Certificates => _certificates;

    public PathResult Judge(Certificate certificate, DateTimeOffset at, IReadOnlyList<string> purposes) =>
        PathValidator.Validate(certificate, _certificates, _inputs.Anchors, _crls, _ocsps, at,
            new PathOptions { Now = _inputs.At > at ? _inputs.At : at, Purposes = purposes });
}
