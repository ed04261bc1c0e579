// OCSP responses. Reference: RFC 6960 §4.2; nonce RFC 9654. Only id-pkix-ocsp-basic. Whether a responder may speak for an issuer
// is decided in path validation (RevocationChecks), not here.
using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

public enum OcspStatus
{
    Successful = 0,
    MalformedRequest = 1,
    InternalError = 2,
    TryLater = 3,
    SigRequired = 5,
    Unauthorized = 6,
}

public enum CertificateStatus
{
    Good,
    Revoked,
    Unknown,
}

/// <summary>One answer.</summary>
public sealed record OcspAnswer(OcspCertId CertId, CertificateStatus Status, DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate,
    DateTimeOffset? RevokedAt = null, RevocationReason? Reason = null, bool HasUnknownCriticalExtension = false, DateTimeOffset? ArchiveCutoff = null);

public sealed class OcspResponse
{
    private OcspResponse(ReadOnlyMemory<byte> rawData, OcspStatus status)
    {
        RawData = rawData;
        Status = status;
    }

    public ReadOnlyMemory<byte> RawData { get; }

    public OcspStatus Status { get; }

    /// <summary>BasicOCSPResponse as encoded; empty unless successful.</summary>
    public ReadOnlyMemory<byte> Basic { get; private set; }

    /// <summary>ResponseData: the signed octets.</summary>
    public ReadOnlyMemory<byte> Tbs { get; private set; }

    public DistinguishedName? ResponderName { get; private set; }

    /// <summary>SHA-1 of the responder's key bits; null when it is named.</summary>
    public ReadOnlyMemory<byte>? ResponderKeyHash { get; private set; }

    public DateTimeOffset ProducedAt { get; private set; }

    public IReadOnlyList<OcspAnswer> Answers { get; private set; } = [];

    public ReadOnlyMemory<byte>? Nonce { get; private set; }

    public AlgorithmIdentifier? SignatureAlgorithm { get; private set; }

    public ReadOnlyMemory<byte> Signature { get; private set; }

    public IReadOnlyList<Certificate> Certificates { get; private set; } = [];

    public bool HasUnknownCriticalExtension { get; private set; }

    public static OcspResponse Parse(ReadOnlyMemory<byte> der)
    {
        var reader = Asn1Reader.Der(der, "OCSPResponse", Asn1Limits.Small);
        var outer = reader.ReadSequence("OCSPResponse");
        reader.End();
        var status = outer.ReadEnumerated("responseStatus");
        if (status is < 0 or > 6 or 4)
        {
            throw outer.Fail("responseStatus", "unknown status");
        }

        var response = new OcspResponse(der, (OcspStatus)status);
        if (status != 0)
        {
            return response;
        }

        var wrapper = outer.ReadExplicit("responseBytes", 0);
        outer.End();
        var bytes = wrapper.ReadSequence("ResponseBytes");
        wrapper.End();
        var type = bytes.ReadOid("responseType");
        if (type != Oids.OcspBasic)
        {
            throw bytes.Fail("responseType", "not a basic response");
        }

        response.ReadBasic(bytes.ReadOctetString("response"));
        bytes.End();
        return response;
    }

    /// <summary>A BasicOCSPResponse without its envelope, as CMS and PDF revocation stores keep them.</summary>
    public static OcspResponse ParseBasic(ReadOnlyMemory<byte> der)
    {
        var response = new OcspResponse(der, OcspStatus.Successful);
        response.ReadBasic(der);
        return response;
    }

    /// <summary>The answer for a certificate under its issuer; null when there is none.</summary>
    public OcspAnswer? Find(Certificate issuer, string serialNumber) => Answers.FirstOrDefault(a => a.CertId.Matches(issuer, serialNumber));

    /// <summary>The responder is this certificate, by name or key hash.</summary>
    public bool IsResponder(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return ResponderName is { } name
            ? name.Equals(certificate.Subject)
            : ResponderKeyHash is { } hash && hash.Span.SequenceEqual(certificate.PublicKey.KeyIdentifier());
    }

    private void ReadBasic(ReadOnlyMemory<byte> der)
    {
        Basic = der;
        var reader = Asn1Reader.Der(der, "BasicOCSPResponse", Asn1Limits.Small);
        var basic = reader.ReadSequence("BasicOCSPResponse");
        reader.End();
        Tbs = basic.PeekEncoded("tbsResponseData");
        ReadData(basic.ReadSequence("tbsResponseData"));
        SignatureAlgorithm = AlgorithmIdentifier.Read(basic, "signatureAlgorithm");
        Signature = basic.ReadBitStringOctets("signature");
        if (basic.NextIsContext(0))
        {
            var list = basic.ReadExplicit("certs", 0).ReadSequence("certs");
            var certificates = new List<Certificate>();
            while (list.HasData)
            {
                certificates.Add(Certificate.Parse(list.ReadEncoded("Certificate")));
            }

            Certificates = certificates;
        }

        basic.End();
    }

    private void ReadData(Asn1Reader data)
    {
        if (data.NextIsContext(0) && data.ReadExplicit("version", 0).ReadInt32("version") != 0)
        {
            throw data.Fail("version", "unknown version");
        }

        if (data.NextIsContext(1))
        {
            ResponderName = DistinguishedName.Read(data.ReadExplicit("byName", 1), "byName");
        }
        else
        {
            ResponderKeyHash = data.ReadExplicit("byKey", 2).ReadOctetString("KeyHash");
        }

        ProducedAt = data.ReadGeneralizedTime("producedAt");
        var list = data.ReadSequence("responses");
        var answers = new List<OcspAnswer>(1);
        while (list.HasData)
        {
            answers.Add(ReadAnswer(list.ReadSequence("SingleResponse")));
        }

        Answers = answers;
        if (data.NextIsContext(1))
        {
            foreach (var extension in Extension.ReadAll(data.ReadExplicit("responseExtensions", 1).ReadSequence("Extensions")))
            {
                if (extension.Oid == Oids.OcspNonce)
                {
                    Nonce = OcspNonce.Unwrap(extension.Value);
                }
                else
                {
                    HasUnknownCriticalExtension |= extension.Critical && extension.Oid != Oids.OcspExtendedRevoke;
                }
            }
        }

        data.End();
    }

    private static OcspAnswer ReadAnswer(Asn1Reader item)
    {
        var id = OcspCertId.Read(item);
        var status = CertificateStatus.Good;
        DateTimeOffset? revokedAt = null;
        RevocationReason? reason = null;
        if (item.NextIsContext(1))
        {
            status = CertificateStatus.Revoked;
            var info = item.ReadSequence("revoked", new Asn1Tag(TagClass.ContextSpecific, 1));
            revokedAt = info.ReadGeneralizedTime("revocationTime");
            if (info.HasData)
            {
                var wrapped = info.ReadExplicit("revocationReason", 0);
                reason = RevocationReasonText.Known(wrapped.ReadEnumerated("CRLReason"), wrapped);
            }

            info.End();
        }
        else
        {
            // good is [0] IMPLICIT NULL; unknown is [2] IMPLICIT NULL.
            status = item.NextIsContext(0) ? CertificateStatus.Good
                : item.NextIsContext(2) ? CertificateStatus.Unknown
                : throw item.Fail("certStatus", "unknown choice");
            item.ReadEncoded("certStatus");
        }

        var thisUpdate = item.ReadGeneralizedTime("thisUpdate");
        DateTimeOffset? nextUpdate = item.NextIsContext(0) ? item.ReadExplicit("nextUpdate", 0).ReadGeneralizedTime("nextUpdate") : null;
        var unknownCritical = false;
        DateTimeOffset? cutoff = null;
        if (item.NextIsContext(1))
        {
            var extensions = Extension.ReadAll(item.ReadExplicit("singleExtensions", 1).ReadSequence("Extensions"));
            unknownCritical = extensions.Exists(e => e.Critical && e.Oid != Oids.OcspArchiveCutoff);
            cutoff = extensions.Find(e => e.Oid == Oids.OcspArchiveCutoff) is { } archive
                ? Asn1Reader.Der(archive.Value, "archiveCutoff", Asn1Limits.Small).ReadGeneralizedTime("ArchiveCutoff")
                : null;
        }

        item.End();
        return new OcspAnswer(id, status, thisUpdate, nextUpdate, revokedAt, reason, unknownCritical, cutoff);
    }
}
