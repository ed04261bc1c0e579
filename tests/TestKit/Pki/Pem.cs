using System.Security.Cryptography;
using AnTin.X509;

namespace AnTin.TestKit.Pki;

public static class Pem
{
    public static string Of(Certificate certificate) => PemEncoding.WriteString("CERTIFICATE", certificate.RawData.Span) + "\n";

    public static string Of(IEnumerable<Certificate> certificates) => string.Concat(certificates.Select(Of));

    public static string Of(CertificateRevocationList crl) => PemEncoding.WriteString("X509 CRL", crl.RawData.Span) + "\n";
}
