namespace AnTin.Asn1;

/// <summary>Object identifiers by the names their standards give them.</summary>
public static class Oids
{
    // Keys and signatures: RFC 8017, RFC 5480, RFC 8410, FIPS 204.
    public const string RsaEncryption = "1.2.840.113549.1.1.1";
    public const string RsaMgf1 = "1.2.840.113549.1.1.8";
    public const string RsaPss = "1.2.840.113549.1.1.10";
    public const string RsaSha1 = "1.2.840.113549.1.1.5";
    public const string RsaSha1Oiw = "1.3.14.3.2.29";
    public const string RsaSha224 = "1.2.840.113549.1.1.14";
    public const string RsaSha256 = "1.2.840.113549.1.1.11";
    public const string RsaSha384 = "1.2.840.113549.1.1.12";
    public const string RsaSha512 = "1.2.840.113549.1.1.13";
    public const string RsaSha3With256 = "2.16.840.1.101.3.4.3.14";
    public const string RsaSha3With384 = "2.16.840.1.101.3.4.3.15";
    public const string RsaSha3With512 = "2.16.840.1.101.3.4.3.16";
    public const string RsaMd5 = "1.2.840.113549.1.1.4";
    public const string EcPublicKey = "1.2.840.10045.2.1";
    public const string EcdsaSha1 = "1.2.840.10045.4.1";
    public const string EcdsaSha224 = "1.2.840.10045.4.3.1";
    public const string EcdsaSha256 = "1.2.840.10045.4.3.2";
    public const string EcdsaSha384 = "1.2.840.10045.4.3.3";
    public const string EcdsaSha512 = "1.2.840.10045.4.3.4";
    public const string EcdsaSha3With256 = "2.16.840.1.101.3.4.3.10";
    public const string EcdsaSha3With384 = "2.16.840.1.101.3.4.3.11";
    public const string EcdsaSha3With512 = "2.16.840.1.101.3.4.3.12";
    public const string CurveP256 = "1.2.840.10045.3.1.7";
    public const string CurveP384 = "1.3.132.0.34";
    public const string CurveP521 = "1.3.132.0.35";
    public const string CurveBrainpoolP256 = "1.3.36.3.3.2.8.1.1.7";
    public const string CurveBrainpoolP384 = "1.3.36.3.3.2.8.1.1.11";
    public const string CurveBrainpoolP512 = "1.3.36.3.3.2.8.1.1.13";
    public const string Ed448 = "1.3.101.113";
    public const string Ed25519 = "1.3.101.112";
    public const string Dsa = "1.2.840.10040.4.1";
    public const string DsaSha1 = "1.2.840.10040.4.3";

    // Digests: FIPS 180-4, FIPS 202.
    public const string Md5 = "1.2.840.113549.2.5";
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha224 = "2.16.840.1.101.3.4.2.4";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";
    public const string Sha3With256 = "2.16.840.1.101.3.4.2.8";
    public const string Sha3With384 = "2.16.840.1.101.3.4.2.9";
    public const string Sha3With512 = "2.16.840.1.101.3.4.2.10";

    // Attribute types of names: RFC 4519, X.520, RFC 2985.
    public const string CommonName = "2.5.4.3";
    public const string Surname = "2.5.4.4";
    public const string SerialNumber = "2.5.4.5";
    public const string Country = "2.5.4.6";
    public const string Locality = "2.5.4.7";
    public const string StateOrProvince = "2.5.4.8";
    public const string Street = "2.5.4.9";
    public const string Organization = "2.5.4.10";
    public const string OrganizationalUnit = "2.5.4.11";
    public const string Title = "2.5.4.12";
    public const string GivenName = "2.5.4.42";
    public const string OrganizationIdentifier = "2.5.4.97";
    public const string EmailAddress = "1.2.840.113549.1.9.1";
    public const string UserId = "0.9.2342.19200300.100.1.1";
    public const string DomainComponent = "0.9.2342.19200300.100.1.25";

    // Extensions: RFC 5280 §4.2, §5.2, §5.3; RFC 6960; RFC 3739.
    public const string SubjectDirectoryAttributes = "2.5.29.9";
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAlternativeName = "2.5.29.17";
    public const string IssuerAlternativeName = "2.5.29.18";
    public const string BasicConstraints = "2.5.29.19";
    public const string CrlNumber = "2.5.29.20";
    public const string CrlReason = "2.5.29.21";
    public const string InvalidityDate = "2.5.29.24";
    public const string DeltaCrlIndicator = "2.5.29.27";
    public const string IssuingDistributionPoint = "2.5.29.28";
    public const string CertificateIssuer = "2.5.29.29";
    public const string NameConstraints = "2.5.29.30";
    public const string CrlDistributionPoints = "2.5.29.31";
    public const string CertificatePolicies = "2.5.29.32";
    public const string AnyPolicy = "2.5.29.32.0";
    public const string PolicyMappings = "2.5.29.33";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string PolicyConstraints = "2.5.29.36";
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string FreshestCrl = "2.5.29.46";
    public const string InhibitAnyPolicy = "2.5.29.54";
    public const string ExpiredCertsOnCrl = "2.5.29.60";
    public const string AuthorityInfoAccess = "1.3.6.1.5.5.7.1.1";
    public const string QcStatements = "1.3.6.1.5.5.7.1.3";
    public const string SubjectInfoAccess = "1.3.6.1.5.5.7.1.11";
    public const string CpsQualifier = "1.3.6.1.5.5.7.2.1";

    // Extended key usages: RFC 5280 §4.2.1.12, RFC 9336, Adobe, Microsoft.
    public const string AnyExtendedKeyUsage = "2.5.29.37.0";
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    public const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    public const string EmailProtection = "1.3.6.1.5.5.7.3.4";
    public const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    public const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    public const string DocumentSigning = "1.3.6.1.5.5.7.3.36";
    public const string AdobeDocumentSigning = "1.2.840.113583.1.1.5";
    public const string MicrosoftDocumentSigning = "1.3.6.1.4.1.311.10.3.12";

    // Access methods and OCSP: RFC 5280 §4.2.2.1, RFC 6960.
    public const string AccessOcsp = "1.3.6.1.5.5.7.48.1";
    public const string AccessCaIssuers = "1.3.6.1.5.5.7.48.2";
    public const string OcspBasic = "1.3.6.1.5.5.7.48.1.1";
    public const string OcspNonce = "1.3.6.1.5.5.7.48.1.2";
    public const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";
    public const string OcspArchiveCutoff = "1.3.6.1.5.5.7.48.1.6";
    public const string OcspExtendedRevoke = "1.3.6.1.5.5.7.48.1.9";

    // CMS content types and attributes: RFC 5652, RFC 5035, RFC 3161, ETSI EN 319 122-1.
    public const string Data = "1.2.840.113549.1.7.1";
    public const string SignedData = "1.2.840.113549.1.7.2";
    public const string TstInfo = "1.2.840.113549.1.9.16.1.4";
    public const string ContentType = "1.2.840.113549.1.9.3";
    public const string MessageDigest = "1.2.840.113549.1.9.4";
    public const string SigningTime = "1.2.840.113549.1.9.5";
    public const string CounterSignature = "1.2.840.113549.1.9.6";
    public const string ContentHints = "1.2.840.113549.1.9.16.2.4";
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    public const string SignatureTimeStamp = "1.2.840.113549.1.9.16.2.14";
    public const string SignaturePolicyId = "1.2.840.113549.1.9.16.2.15";
    public const string CommitmentType = "1.2.840.113549.1.9.16.2.16";
    public const string SignerLocation = "1.2.840.113549.1.9.16.2.17";
    public const string ContentTimeStamp = "1.2.840.113549.1.9.16.2.20";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    public const string AlgorithmProtection = "1.2.840.113549.1.9.52";
    public const string AdobeRevocationInfoArchival = "1.2.840.113583.1.1.8";
    public const string CommitmentProofOfOrigin = "1.2.840.113549.1.9.16.6.1";
    public const string CommitmentProofOfApproval = "1.2.840.113549.1.9.16.6.5";
    public const string CommitmentProofOfCreation = "1.2.840.113549.1.9.16.6.6";
    public const string RevocationInfoOcsp = "1.3.6.1.5.5.7.16.2";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [RsaEncryption] = "rsaEncryption", [RsaPss] = "rsassaPss", [RsaSha1] = "sha1WithRSAEncryption", [RsaMd5] = "md5WithRSAEncryption",
        [RsaSha224] = "sha224WithRSAEncryption", [RsaSha256] = "sha256WithRSAEncryption", [RsaSha384] = "sha384WithRSAEncryption",
        [RsaSha512] = "sha512WithRSAEncryption", [EcPublicKey] = "ecPublicKey", [EcdsaSha1] = "ecdsa-with-SHA1",
        [EcdsaSha256] = "ecdsa-with-SHA256", [EcdsaSha384] = "ecdsa-with-SHA384", [EcdsaSha512] = "ecdsa-with-SHA512",
        [CurveP256] = "P-256", [CurveP384] = "P-384", [CurveP521] = "P-521", [Ed25519] = "Ed25519", [Ed448] = "Ed448", [CurveBrainpoolP256] = "brainpoolP256r1", [CurveBrainpoolP384] = "brainpoolP384r1",
        [CurveBrainpoolP512] = "brainpoolP512r1", [Dsa] = "DSA",
        [Md5] = "MD5", [Sha1] = "SHA1", [Sha224] = "SHA224", [Sha256] = "SHA256", [Sha384] = "SHA384", [Sha512] = "SHA512",
        [Sha3With256] = "SHA3-256", [Sha3With384] = "SHA3-384", [Sha3With512] = "SHA3-512",
        [CommonName] = "CN", [Surname] = "SN", [SerialNumber] = "SERIALNUMBER", [Country] = "C", [Locality] = "L", [StateOrProvince] = "ST",
        [Street] = "STREET", [Organization] = "O", [OrganizationalUnit] = "OU", [Title] = "T", [GivenName] = "GN",
        [OrganizationIdentifier] = "organizationIdentifier", [EmailAddress] = "E", [UserId] = "UID", [DomainComponent] = "DC",
        [SubjectKeyIdentifier] = "subjectKeyIdentifier", [KeyUsage] = "keyUsage", [SubjectAlternativeName] = "subjectAltName",
        [BasicConstraints] = "basicConstraints", [CrlNumber] = "cRLNumber", [CrlReason] = "reasonCode", [InvalidityDate] = "invalidityDate",
        [DeltaCrlIndicator] = "deltaCRLIndicator", [IssuingDistributionPoint] = "issuingDistributionPoint",
        [CertificateIssuer] = "certificateIssuer", [NameConstraints] = "nameConstraints", [CrlDistributionPoints] = "cRLDistributionPoints",
        [CertificatePolicies] = "certificatePolicies", [AnyPolicy] = "anyPolicy", [PolicyMappings] = "policyMappings",
        [AuthorityKeyIdentifier] = "authorityKeyIdentifier", [PolicyConstraints] = "policyConstraints", [ExtendedKeyUsage] = "extKeyUsage",
        [FreshestCrl] = "freshestCRL", [InhibitAnyPolicy] = "inhibitAnyPolicy", [AuthorityInfoAccess] = "authorityInfoAccess",
        [OcspNoCheck] = "ocsp-nocheck", [QcStatements] = "qcStatements", [TimeStamping] = "timeStamping", [OcspSigning] = "OCSPSigning",
        [DocumentSigning] = "documentSigning", [EmailProtection] = "emailProtection", [ClientAuth] = "clientAuth", [ServerAuth] = "serverAuth",
        [SignedData] = "signedData", [TstInfo] = "TSTInfo", [Data] = "data", [ContentType] = "contentType", [MessageDigest] = "messageDigest",
        [SigningTime] = "signingTime", [SigningCertificate] = "signingCertificate", [SigningCertificateV2] = "signingCertificateV2",
        [SignatureTimeStamp] = "signatureTimeStamp", [ContentHints] = "contentHints", [CommitmentType] = "commitmentTypeIndication",
    };

    /// <summary>The short name of a known identifier, else the dotted form itself.</summary>
    public static string NameOf(string oid) => Names.GetValueOrDefault(oid, oid);
}
