// X.509 version 3 certificates. Reference: RFC 5280 §4 with RFC 6818; EN 319 412-2 and -3 for what natural and legal persons carry.
// Tolerated because issued certificates need it: serial numbers that are zero, negative or longer than 20 octets; versions 1 and 2;
// explicit DEFAULT values; a repeated extension; BER where DER is due. Each is named in Deviations, and path validation decides.
using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>A parsed certificate. Immutable; extensions are decoded on first use and throw <see cref="Asn1FormatException"/> when malformed.</summary>
public sealed class Certificate : IEquatable<Certificate>
{
    private readonly Dictionary<string, Extension> _byOid;
    private string? _thumbprint;

    private Certificate(ReadOnlyMemory<byte> rawData, TbsFields fields, AlgorithmIdentifier signatureAlgorithm, ReadOnlyMemory<byte> signature, bool wasDer)
    {
        RawData = rawData;
        Tbs = fields.Raw;
        Version = fields.Version;
        SerialNumberBytes = fields.Serial;
        Issuer = fields.Issuer;
        Subject = fields.Subject;
        NotBefore = fields.NotBefore;
        NotAfter = fields.NotAfter;
        PublicKey = fields.Key;
        Extensions = fields.Extensions;
        SignatureAlgorithm = signatureAlgorithm;
        Signature = signature;
        _byOid = new Dictionary<string, Extension>(fields.Extensions.Count, StringComparer.Ordinal);
        var deviations = new List<string>();
        foreach (var extension in fields.Extensions)
        {
            if (!_byOid.TryAdd(extension.Oid, extension))
            {
                // RFC 5280 §4.2: MUST NOT include more than one instance of a particular extension.
                deviations.Add("extension repeated: " + Oids.NameOf(extension.Oid));
            }
        }

        if (!wasDer)
        {
            deviations.Add("not DER");
        }

        if (!fields.InnerAlgorithm.Equals(signatureAlgorithm))
        {
            // RFC 5280 §4.1.1.2: MUST contain the same algorithm identifier as the signature field of tbsCertificate.
            deviations.Add("signature algorithms differ");
        }

        if (fields.Extensions.Count > 0 && fields.Version != 3)
        {
            deviations.Add("extensions in a certificate that is not version 3");
        }

        if (fields.Serial.Length > 20 || fields.Serial.Span[0] >= 0x80 || !fields.Serial.Span.ContainsAnyExcept((byte)0))
        {
            deviations.Add("serial number is not a positive integer of at most 20 octets");
        }

        Deviations = deviations;
    }

    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The signed part, as encoded.</summary>
    public ReadOnlyMemory<byte> Tbs { get; }

    /// <summary>1, 2 or 3.</summary>
    public int Version { get; }

    public ReadOnlyMemory<byte> SerialNumberBytes { get; }

    /// <summary>Lower-case hexadecimal of the serial number's content octets.</summary>
    public string SerialNumber => Convert.ToHexStringLower(SerialNumberBytes.Span);

    public DistinguishedName Issuer { get; }

    public DistinguishedName Subject { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    public SubjectPublicKeyInfo PublicKey { get; }

    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => PublicKey.RawData;

    public AlgorithmIdentifier SignatureAlgorithm { get; }

    public ReadOnlyMemory<byte> Signature { get; }

    public IReadOnlyList<Extension> Extensions { get; }

    /// <summary>Breaches of RFC 5280 that reading tolerated.</summary>
    public IReadOnlyList<string> Deviations { get; }

    /// <summary>Upper-case hexadecimal SHA-256 of the whole certificate.</summary>
    public string Thumbprint => _thumbprint ??= Convert.ToHexString(DigestAlgorithm.Sha256.Hash(RawData.Span));

    public bool IsSelfIssued => Issuer.Equals(Subject);

    public static Certificate Parse(ReadOnlyMemory<byte> der)
    {
        var reader = Asn1Reader.Der(der, "Certificate", Asn1Limits.Small);
        try
        {
            var certificate = Read(reader, wasDer: true);
            reader.End();
            return certificate;
        }
        catch (Asn1FormatException strict)
        {
            try
            {
                var tolerant = Asn1Reader.Ber(der, "Certificate", Asn1Limits.Small);
                var certificate = Read(tolerant, wasDer: false);
                tolerant.End();
                return certificate;
            }
            catch (Asn1FormatException)
            {
                throw strict;
            }
        }
    }

    public static bool TryParse(ReadOnlyMemory<byte> der, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Certificate? certificate)
    {
        try
        {
            certificate = Parse(der);
            return true;
        }
        catch (Asn1FormatException)
        {
            certificate = null;
            return false;
        }
    }

    public Extension? Find(string oid) => _byOid.GetValueOrDefault(oid);

    /// <summary>RFC 5280 §4.2.1.9; null when absent.</summary>
    public BasicConstraints? BasicConstraints => Find(Oids.BasicConstraints) is { } e ? X509.BasicConstraints.Parse(e.Value) : null;

    /// <summary>RFC 5280 §4.2.1.3; null when absent (any use).</summary>
    public KeyUsages? KeyUsage => Find(Oids.KeyUsage) is { } e ? ParseKeyUsage(e.Value) : null;

    /// <summary>RFC 5280 §4.2.1.12; null when absent (any use).</summary>
    public IReadOnlyList<string>? ExtendedKeyUsages => Find(Oids.ExtendedKeyUsage) is { } e ? ParseOids(e.Value) : null;

    public ReadOnlyMemory<byte>? SubjectKeyIdentifier => Find(Oids.SubjectKeyIdentifier) is { } e ? ParseOctets(e.Value) : default(ReadOnlyMemory<byte>?);

    public AuthorityKeyIdentifier? AuthorityKeyIdentifier => Find(Oids.AuthorityKeyIdentifier) is { } e ? X509.AuthorityKeyIdentifier.Parse(e.Value) : null;

    public IReadOnlyList<DistributionPoint> CrlDistributionPoints => Find(Oids.CrlDistributionPoints) is { } e ? DistributionPoint.ParseAll(e.Value) : [];

    public IReadOnlyList<AccessDescription> AuthorityInfoAccess => Find(Oids.AuthorityInfoAccess) is { } e ? AccessDescription.ParseAll(e.Value) : [];

    public IReadOnlyList<PolicyInformation>? Policies => Find(Oids.CertificatePolicies) is { } e ? PolicyInformation.ParseAll(e.Value) : null;

    public IReadOnlyList<PolicyMapping> PolicyMappings => Find(Oids.PolicyMappings) is { } e ? PolicyMapping.ParseAll(e.Value) : [];

    public PolicyConstraints? PolicyConstraints => Find(Oids.PolicyConstraints) is { } e ? X509.PolicyConstraints.Parse(e.Value) : null;

    public int? InhibitAnyPolicy => Find(Oids.InhibitAnyPolicy) is { } e ? ParseSkip(e.Value) : null;

    public NameConstraints? NameConstraints => Find(Oids.NameConstraints) is { } e ? X509.NameConstraints.Parse(e.Value) : null;

    public IReadOnlyList<GeneralName> SubjectAlternativeNames => Find(Oids.SubjectAlternativeName) is { } e ? ParseNames(e.Value) : [];

    public bool HasOcspNoCheck => _byOid.ContainsKey(Oids.OcspNoCheck);

    public IEnumerable<string> OcspUrls => AccessUrls(Oids.AccessOcsp);

    public IEnumerable<string> CaIssuerUrls => AccessUrls(Oids.AccessCaIssuers);

    public bool IsValidAt(DateTimeOffset at) => at >= NotBefore && at <= NotAfter;

    public bool Equals(Certificate? other) => other is not null && RawData.Span.SequenceEqual(other.RawData.Span);

    public override bool Equals(object? obj) => Equals(obj as Certificate);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Signature.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Subject.ToString();

    private IEnumerable<string> AccessUrls(string method) =>
        AuthorityInfoAccess.Where(a => a.Method == method && a.Location.Kind == GeneralNameKind.Uri).Select(a => a.Location.Text!);

    private static Certificate Read(Asn1Reader reader, bool wasDer)
    {
        var raw = reader.PeekEncoded("Certificate");
        var outer = reader.ReadSequence("Certificate");
        var fields = ReadTbs(outer);
        var algorithm = AlgorithmIdentifier.Read(outer, "signatureAlgorithm");
        var signature = outer.ReadBitString("signatureValue", out var unused);
        outer.End();

        // No algorithm gives a value that is not whole octets: such a value stays readable as empty, and never verifies.
        return new Certificate(raw, fields, algorithm, unused == 0 ? signature : default, wasDer);
    }

    private static TbsFields ReadTbs(Asn1Reader outer)
    {
        var raw = outer.PeekEncoded("tbsCertificate");
        var tbs = outer.ReadSequence("tbsCertificate");
        var version = tbs.NextIsContext(0) ? tbs.ReadExplicit("version", 0).ReadInt32("version") + 1 : 1;
        if (version is < 1 or > 3)
        {
            throw tbs.Fail("version", "unknown version");
        }

        var serial = tbs.ReadIntegerBytes("serialNumber");
        var algorithm = AlgorithmIdentifier.Read(tbs, "signature");
        var issuer = DistinguishedName.Read(tbs, "issuer");
        var validity = tbs.ReadSequence("validity");
        var notBefore = validity.ReadTime("notBefore");
        var notAfter = validity.ReadTime("notAfter");
        validity.End();
        var subject = DistinguishedName.Read(tbs, "subject");
        var key = X509.SubjectPublicKeyInfo.Read(tbs, "subjectPublicKeyInfo");
        for (var id = 1; id <= 2; id++)
        {
            if (tbs.NextIsContext(id))
            {
                tbs.ReadBitString("uniqueID", out _, new Asn1Tag(TagClass.ContextSpecific, id));
            }
        }

        List<Extension> extensions = [];
        if (tbs.NextIsContext(3))
        {
            var wrapper = tbs.ReadExplicit("extensions", 3);
            extensions = Extension.ReadAll(wrapper.ReadSequence("Extensions"));
            wrapper.End();
        }

        tbs.End();
        return new TbsFields(raw, version, serial, algorithm, issuer, notBefore, notAfter, subject, key, extensions);
    }

    private static KeyUsages ParseKeyUsage(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Ber(value, "keyUsage", Asn1Limits.Small);
        var flags = (KeyUsages)RevocationReasonText.ReadNamedBits(reader, "KeyUsage");
        reader.End();
        return flags;
    }

    private static List<string> ParseOids(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "extKeyUsage", Asn1Limits.Small);
        var sequence = reader.ReadSequence("ExtKeyUsageSyntax");
        reader.End();
        var all = new List<string>();
        while (sequence.HasData)
        {
            all.Add(sequence.ReadOid("KeyPurposeId"));
        }

        return all;
    }

    private static ReadOnlyMemory<byte> ParseOctets(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "subjectKeyIdentifier", Asn1Limits.Small);
        var octets = reader.ReadOctetString("KeyIdentifier");
        reader.End();
        return octets;
    }

    private static int ParseSkip(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "inhibitAnyPolicy", Asn1Limits.Small);
        var skip = reader.ReadInt32("SkipCerts");
        reader.End();
        return skip >= 0 ? skip : throw reader.Fail("SkipCerts", "negative");
    }

    private static IReadOnlyList<GeneralName> ParseNames(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "subjectAltName", Asn1Limits.Small);
        var sequence = reader.ReadSequence("GeneralNames");
        reader.End();
        return GeneralName.ReadAll(sequence);
    }

    private sealed record TbsFields(ReadOnlyMemory<byte> Raw, int Version, ReadOnlyMemory<byte> Serial, AlgorithmIdentifier InnerAlgorithm,
        DistinguishedName Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, DistinguishedName Subject, SubjectPublicKeyInfo Key,
        List<Extension> Extensions);
}
