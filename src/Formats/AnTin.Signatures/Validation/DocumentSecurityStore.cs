// Validation data that a PDF carries for itself: the document security store, ETSI EN 319 142-1 V1.2.1 §5.4.2; ISO 32000-2:2020, 12.8.4.3.
// What it holds is taken as material, never as trusted. Limits: entries that cannot be read are passed over.
using AnTin.Asn1;
using AnTin.Pdf;
using AnTin.X509;

namespace AnTin.Signatures;

internal sealed class DocumentSecurityStore
{
    // A store kept for decades, renewed yearly, has some hundred entries of each kind.
    private const int MaxEntries = 2000;

    public List<Certificate> Certificates { get; } = [];

    public List<CertificateRevocationList> Crls { get; } = [];

    public List<OcspResponse> Ocsps { get; } = [];

    public bool HasRevocationData => Crls.Count + Ocsps.Count > 0;

    public static DocumentSecurityStore Read(PdfDocument document)
    {
        var store = new DocumentSecurityStore();
        if (document.IsEncrypted || document.Get<PdfDictionary>(document.Catalog, "DSS") is not { } dss)
        {
            return store;
        }

        foreach (var bytes in Streams(document, dss, "Certs"))
        {
            if (Certificate.TryParse(bytes, out var certificate))
            {
                store.Certificates.Add(certificate);
            }
        }

        foreach (var bytes in Streams(document, dss, "CRLs"))
        {
            RevocationMaterial.AddCrl(bytes, store.Crls);
        }

        foreach (var bytes in Streams(document, dss, "OCSPs"))
        {
            RevocationMaterial.AddOcsp(bytes, store.Ocsps);
        }

        return store;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Streams(PdfDocument document, PdfDictionary dss, string key)
    {
        var seen = new HashSet<int>();
        foreach (var item in (document.Get<PdfArray>(dss, key) ?? new PdfArray()).Take(MaxEntries))
        {
            if ((item is not PdfReference reference || seen.Add(reference.Number)) && document.Resolve(item) is PdfStream stream)
            {
                yield return document.Decode(stream);
            }
        }
    }
}

/// <summary>Reads revocation data from places where damage must not spoil the rest.</summary>
internal static class RevocationMaterial
{
    public static void AddCrl(ReadOnlyMemory<byte> bytes, List<CertificateRevocationList> target)
    {
        try
        {
            target.Add(CertificateRevocationList.Parse(bytes));
        }
        catch (Asn1FormatException)
        {
            // Unreadable material proves nothing, for or against.
        }
    }

    /// <summary>Takes an OCSPResponse or a bare BasicOCSPResponse.</summary>
    public static void AddOcsp(ReadOnlyMemory<byte> bytes, List<OcspResponse> target)
    {
        foreach (var parse in Forms)
        {
            try
            {
                target.Add(parse(bytes));
                return;
            }
            catch (Asn1FormatException)
            {
                // The other form is tried; unreadable material proves nothing.
            }
        }
    }

    private static readonly Func<ReadOnlyMemory<byte>, OcspResponse>[] Forms = [OcspResponse.Parse, OcspResponse.ParseBasic];
}
