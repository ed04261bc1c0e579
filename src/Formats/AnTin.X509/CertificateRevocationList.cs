// Certificate revocation lists. Reference: RFC 5280 §5 (version 2, version 1 read), indirect lists with certificateIssuer (§5.3.3),
// issuing distribution points (§5.2.5), delta lists (§5.2.4). Limits: entries are held in memory, about 100 octets each.
using System.Formats.Asn1;
using System.Numerics;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>One revoked certificate.</summary>
/// <param name="SerialNumber">Lower-case hexadecimal, as <see cref="Certificate.SerialNumber"/>.</param>
/// <param name="RevokedAt">revocationDate.</param>
/// <param name="Reason">reasonCode; null when absent.</param>
/// <param name="InvalidSince">invalidityDate; null when absent.</param>
/// <param name="CertificateIssuer">For entries of another issuer in an indirect list; null for the list's own issuer.</param>
/// <param name="HasUnknownCriticalExtension">RFC 5280 §5.3: such a list must not be used to decide that a certificate is good.</param>
public sealed record RevokedCertificate(string SerialNumber, DateTimeOffset RevokedAt, RevocationReason? Reason,
    DateTimeOffset? InvalidSince = null, DistinguishedName? CertificateIssuer = null, bool HasUnknownCriticalExtension = false);

/// <summary>Scope of a list (RFC 5280 §5.2.5).</summary>
public sealed record IssuingDistributionPoint(DistributionPointName? Name, bool OnlyUserCerts, bool OnlyCaCerts,
    RevocationReasons? OnlySomeReasons, bool IndirectCrl, bool OnlyAttributeCerts)
{
    internal static IssuingDistributionPoint Parse(ReadOnlyMemory<byte> value)
    {
        var reader = Asn1Reader.Der(value, "issuingDistributionPoint", Asn1Limits.Small);
        var sequence = reader.ReadSequence("IssuingDistributionPoint");
        reader.End();
        var name = sequence.NextIsContext(0) ? DistributionPointName.Read(sequence.ReadExplicit("distributionPoint", 0)) : null;
        var user = Flag(sequence, 1);
        var ca = Flag(sequence, 2);
        RevocationReasons? reasons = sequence.NextIsContext(3) ? RevocationReasonText.ReadFlags(sequence, "onlySomeReasons", 3) : null;
        var indirect = Flag(sequence, 4);
        var attribute = Flag(sequence, 5);
        sequence.End();
        return new IssuingDistributionPoint(name, user, ca, reasons, indirect, attribute);
    }

    private static bool Flag(Asn1Reader reader, int tag) =>
        reader.NextIsContext(tag) && reader.ReadBoolean("flag", new Asn1Tag(TagClass.ContextSpecific, tag));
}

public sealed class CertificateRevocationList
{
    private readonly Dictionary<string, RevokedCertificate> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Extension> _extensions = new(StringComparer.Ordinal);
    private readonly List<RevokedCertificate> _entries = [];

    private CertificateRevocationList(ReadOnlyMemory<byte> rawData, Asn1Reader outer)
    {
        RawData = rawData;
        Tbs = outer.PeekEncoded("tbsCertList");
        var tbs = outer.ReadSequence("tbsCertList");
        if (tbs.NextIs(Asn1Tag.Integer))
        {
            Version = tbs.ReadInt32("version") + 1;
            if (Version != 2)
            {
                // RFC 5280 §5.1.2.1: when present, the version MUST be 2.
                throw tbs.Fail("version", "unknown version");
            }
        }

        var innerAlgorithm = AlgorithmIdentifier.Read(tbs, "signature");
        Issuer = DistinguishedName.Read(tbs, "issuer");
        ThisUpdate = tbs.ReadTime("thisUpdate");
        if (tbs.NextIs(Asn1Tag.UtcTime) || tbs.NextIs(Asn1Tag.GeneralizedTime))
        {
            NextUpdate = tbs.ReadTime("nextUpdate");
        }

        if (tbs.NextIs(Asn1Tag.Sequence))
        {
            ReadEntries(tbs.ReadSequence("revokedCertificates"));
        }

        if (tbs.NextIsContext(0))
        {
            ReadExtensions(tbs.ReadExplicit("crlExtensions", 0));
        }

        tbs.End();
        SignatureAlgorithm = AlgorithmIdentifier.Read(outer, "signatureAlgorithm");
        var signature = outer.ReadBitString("signatureValue", out var unused);

        // As in certificates: not whole octets, so never a signature.
        Signature = unused == 0 ? signature : default;
        outer.End();
        if (!innerAlgorithm.Equals(SignatureAlgorithm))
        {
            throw outer.Fail("signatureAlgorithm", "differs from the signed algorithm identifier");
        }
    }

    public ReadOnlyMemory<byte> RawData { get; }

    public ReadOnlyMemory<byte> Tbs { get; }

    public int Version { get; } = 1;

    public DistinguishedName Issuer { get; }

    public DateTimeOffset ThisUpdate { get; }

    public DateTimeOffset? NextUpdate { get; }

    public AlgorithmIdentifier SignatureAlgorithm { get; }

    public ReadOnlyMemory<byte> Signature { get; }

    public IReadOnlyCollection<RevokedCertificate> Entries => _entries;

    public IReadOnlyCollection<Extension> Extensions => _extensions.Values;

    /// <summary>cRLNumber; null when absent.</summary>
    public BigInteger? Number { get; private set; }

    /// <summary>BaseCRLNumber of a delta list; null for a complete list.</summary>
    public BigInteger? DeltaBase { get; private set; }

    public AuthorityKeyIdentifier? AuthorityKeyIdentifier { get; private set; }

    public IssuingDistributionPoint? Scope { get; private set; }

    /// <summary>expiredCertsOnCRL (X.509 §9.5.2.8): certificates that expired since then stay on the list; null when absent.</summary>
    public DateTimeOffset? ExpiredCertsSince { get; private set; }

    /// <summary>RFC 5280 §5.2: a list with a critical extension that is not understood must not be used to find certificates good.</summary>
    public bool HasUnknownCriticalExtension { get; private set; }

    /// <summary>Some entry has a critical extension that is not understood (RFC 5280 §5.3): the same holds.</summary>
    public bool HasUnknownCriticalEntry { get; private set; }

    public static CertificateRevocationList Parse(ReadOnlyMemory<byte> der, Asn1Limits? limits = null)
    {
        var reader = Asn1Reader.Der(der, "CertificateList", limits);
        var raw = reader.PeekEncoded("CertificateList");
        var list = new CertificateRevocationList(raw, reader.ReadSequence("CertificateList"));
        reader.End();
        return list;
    }

    /// <summary>The entry for a certificate of this issuer, or null. Says nothing about scope, signature or age of the list.</summary>
    public RevokedCertificate? Find(DistinguishedName certificateIssuer, string serialNumber)
    {
        ArgumentNullException.ThrowIfNull(certificateIssuer);
        return _byKey.GetValueOrDefault(certificateIssuer.Equals(Issuer) ? serialNumber : Key(certificateIssuer, serialNumber));
    }

    private void ReadEntries(Asn1Reader list)
    {
        // RFC 5280 §5.3.3: in an indirect list an entry without certificateIssuer has the issuer of the entry before it.
        DistinguishedName? current = null;
        while (list.HasData)
        {
            var item = list.ReadSequence("revokedCertificate");
            var serial = Convert.ToHexStringLower(item.ReadIntegerBytes("userCertificate").Span);
            var date = item.ReadTime("revocationDate");
            var entry = new RevokedCertificate(serial, date, null, null, current);
            if (item.HasData)
            {
                entry = WithExtensions(entry, item.ReadSequence("crlEntryExtensions"));
                current = entry.CertificateIssuer;
            }

            item.End();
            HasUnknownCriticalEntry |= entry.HasUnknownCriticalExtension;
            _entries.Add(entry);
            var own = current is null || current.Equals(Issuer);
            _byKey[own ? serial : Key(current!, serial)] = entry;
        }
    }

    private static RevokedCertificate WithExtensions(RevokedCertificate entry, Asn1Reader sequence)
    {
        foreach (var extension in Extension.ReadAll(sequence))
        {
            var value = Asn1Reader.Der(extension.Value, Oids.NameOf(extension.Oid), Asn1Limits.Small);
            switch (extension.Oid)
            {
                case Oids.CrlReason:
                    entry = entry with { Reason = RevocationReasonText.Known(value.ReadEnumerated("CRLReason"), value) };
                    break;
                case Oids.InvalidityDate:
                    entry = entry with { InvalidSince = value.ReadGeneralizedTime("InvalidityDate") };
                    break;
                case Oids.CertificateIssuer:
                    var names = GeneralName.ReadAll(value.ReadSequence("GeneralNames"));
                    var name = names.FirstOrDefault(n => n.Directory is not null)?.Directory
                        ?? throw value.Fail("certificateIssuer", "no directory name");
                    entry = entry with { CertificateIssuer = name };
                    break;
                default:
                    entry = entry with { HasUnknownCriticalExtension = entry.HasUnknownCriticalExtension || extension.Critical };
                    continue;
            }

            value.End();
        }

        return entry;
    }

    private void ReadExtensions(Asn1Reader wrapper)
    {
        foreach (var extension in Extension.ReadAll(wrapper.ReadSequence("Extensions")))
        {
            if (!_extensions.TryAdd(extension.Oid, extension))
            {
                throw wrapper.Fail("crlExtensions", "extension repeated: " + Oids.NameOf(extension.Oid));
            }

            switch (extension.Oid)
            {
                case Oids.CrlNumber:
                    Number = ReadNumber(extension);
                    break;
                case Oids.DeltaCrlIndicator:
                    DeltaBase = ReadNumber(extension);
                    break;
                case Oids.AuthorityKeyIdentifier:
                    AuthorityKeyIdentifier = X509.AuthorityKeyIdentifier.Parse(extension.Value);
                    break;
                case Oids.ExpiredCertsOnCrl:
                    ExpiredCertsSince = Asn1Reader.Der(extension.Value, "expiredCertsOnCRL", Asn1Limits.Small).ReadGeneralizedTime("ExpiredCertsOnCRL");
                    break;
                case Oids.IssuingDistributionPoint:
                    Scope = IssuingDistributionPoint.Parse(extension.Value);
                    break;
                default:
                    HasUnknownCriticalExtension |= extension.Critical;
                    break;
            }
        }

        wrapper.End();
    }

    private static BigInteger ReadNumber(Extension extension)
    {
        var reader = Asn1Reader.Der(extension.Value, Oids.NameOf(extension.Oid), Asn1Limits.Small);
        var number = reader.ReadInteger("CRLNumber");
        reader.End();
        return number.Sign >= 0 ? number : throw reader.Fail("CRLNumber", "negative");
    }

    private static string Key(DistinguishedName issuer, string serial) => serial + "\u0003" + issuer.ComparisonKey;
}
