using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AnTin.Asn1;
using AnTin.Contracts.Authority;
using AnTin.Keys;
using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

/// <summary>
/// <c>antin pki serve</c>: CRL, OCSP and time-stamps of a folder made by <see cref="HierarchyFolder"/>; register it as the host's
/// <see cref="IPkiPublication"/> and map <see cref="PkiEndpoints"/>. Certificates are those in the folder's .pem files; what is revoked stands
/// in <c>revoked.txt</c>, one line each: certificate file or serial number, reason, time; it is read again at every question.
/// </summary>
internal sealed class ServedHierarchy : IPkiPublication, ISerialStatusSource, IDisposable
{
    private const string RevokedFile = "revoked.txt";

    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly List<Issuer> _issuers = [];
    private readonly List<SoftwareKey> _keys = [];
    private readonly OcspResponder _ocsp;
    private readonly TimeStampResponder _tsa;
    private readonly SemaphoreSlim _publishing = new(1, 1);

    private ServedHierarchy(string folder, Uri baseUrl, TimeProvider clock)
    {
        _folder = folder;
        _clock = clock;
        BaseUrl = baseUrl;
        foreach (string slug in (string[])[Hierarchy.RootSlug, Hierarchy.IssuingSlug, HierarchyFolder.PublicRootSlug])
        {
            CertifiedKey authority = Load(slug);
            _issuers.Add(new Issuer(slug, authority.Certificate, authority.Key, Issuer.PointersOf(baseUrl, slug, withOcsp: slug == Hierarchy.IssuingSlug)));
        }
        _ocsp = new OcspResponder(_issuers[1], Load("ocsp"), this, clock);
        _tsa = new TimeStampResponder(Load("tsa"), [_issuers[1].Certificate], clock);
    }

    /// <summary>Where the certificates say that this is served.</summary>
    public Uri BaseUrl { get; }

    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="FormatException">The folder is not one that <c>antin pki new</c> made.</exception>
    public static ServedHierarchy Open(string folder, TimeProvider clock)
    {
        try
        {
            HierarchyManifest? manifest = JsonSerializer.Deserialize<HierarchyManifest>(System.IO.File.ReadAllText(Path.Combine(folder, HierarchyFolder.ManifestFile)));
            return manifest is { Version: 1 } && Uri.TryCreate(manifest.BaseUrl, UriKind.Absolute, out Uri? baseUrl)
                ? new ServedHierarchy(folder, baseUrl, clock)
                : throw new FormatException($"{HierarchyFolder.ManifestFile} is of an unknown version.");
        }
        catch (Exception e) when (e is JsonException or KeyFileException)
        {
            throw new FormatException($"{folder} is not a hierarchy made by antin pki new: {e.Message}", e);
        }
    }

    /// <summary>Puts a line into revoked.txt; the next CRL and OCSP answer say so.</summary>
    /// <param name="folder">A folder made by <see cref="HierarchyFolder.CreateAsync"/>.</param>
    /// <param name="certificateFile">Name of a .pem file in it, or a serial number in hexadecimal.</param>
    public static void Revoke(string folder, string certificateFile, Contracts.Authority.RevocationReason reason, DateTimeOffset at) =>
        System.IO.File.AppendAllText(
            Path.Combine(folder, RevokedFile),
            string.Create(CultureInfo.InvariantCulture, $"{certificateFile} {reason} {at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\n"));

    public Task<PublishedFile?> FindCertificateAsync(string slug, CancellationToken ct) =>
        Task.FromResult(_issuers.Find(issuer => issuer.Slug == slug) is { } issuer
            ? new PublishedFile(issuer.Certificate.RawData, issuer.Certificate.NotBefore, Expires: null)
            : null);

    public async Task<PublishedFile?> FindCrlAsync(string slug, CancellationToken ct)
    {
        if (_issuers.Find(issuer => issuer.Slug == slug) is not { } issuer)
            return null;
        await _publishing.WaitAsync(ct);
        try
        {
            CertificateRevocationList crl = await CurrentCrlAsync(issuer, ct);
            return new PublishedFile(crl.RawData, crl.ThisUpdate, crl.NextUpdate);
        }
        finally
        {
            _publishing.Release();
        }
    }

    public Task<byte[]> AnswerOcspAsync(ReadOnlyMemory<byte> request, CancellationToken ct) => _ocsp.AnswerAsync(request, ct);

    public Task<byte[]> AnswerTimeStampAsync(ReadOnlyMemory<byte> request, CancellationToken ct) => _tsa.AnswerAsync(request, ct);

    public Task<IReadOnlyDictionary<string, SerialStatus>> StatusOfAsync(string issuerKeyId, IReadOnlyCollection<string> serialNumbers, CancellationToken ct)
    {
        Issuer? issuer = _issuers.Find(i => i.KeyId == issuerKeyId);
        HashSet<string> issued = issuer is null ? [] : [.. Certificates().Where(c => c.Issuer.Equals(issuer.Certificate.Subject)).Select(Number)];
        Dictionary<string, RevokedCertificate> revoked = Revoked();
        var statuses = new Dictionary<string, SerialStatus>(StringComparer.Ordinal);
        foreach (string serial in serialNumbers)
        {
            statuses[serial] = !issued.Contains(serial) ? SerialStatus.Unknown
                : revoked.TryGetValue(serial, out RevokedCertificate? entry) ? new SerialStatus(true, entry.RevokedAt, entry.Reason)
                : SerialStatus.Good;
        }
        return Task.FromResult<IReadOnlyDictionary<string, SerialStatus>>(statuses);
    }

    public void Dispose()
    {
        _keys.ForEach(key => key.Dispose());
        _publishing.Dispose();
    }

    private async Task<CertificateRevocationList> CurrentCrlAsync(Issuer issuer, CancellationToken ct)
    {
        string file = Path.Combine(_folder, issuer.Slug + ".crl");
        CertificateRevocationList? previous = System.IO.File.Exists(file)
            ? CertificateRevocationList.Parse(await System.IO.File.ReadAllBytesAsync(file, ct))
            : null;
        Dictionary<string, RevokedCertificate> revoked = Revoked();
        List<RevokedCertificate> entries = [.. Certificates()
            .Where(c => c.Issuer.Equals(issuer.Certificate.Subject) && revoked.ContainsKey(Number(c)))
            .Select(c => revoked[Number(c)])
            .OrderBy(entry => entry.RevokedAt)];
        if (previous is not null && previous.Entries.Count == entries.Count && _clock.GetUtcNow() < previous.ThisUpdate + CrlMaking.Renewal)
            return previous;
        byte[] der = await CrlMaking.MakeAsync(issuer, entries, previous, _clock.GetUtcNow(), ct);
        string aside = file + ".new";
        await System.IO.File.WriteAllBytesAsync(aside, der, ct);
        System.IO.File.Move(aside, file, overwrite: true);
        return CertificateRevocationList.Parse(der);
    }

    private List<Certificate> Certificates() =>
        [.. System.IO.Directory.EnumerateFiles(_folder, "*.pem").Select(ReadCertificate).OfType<Certificate>().Where(c => !c.IsSelfIssued)];

    private static Certificate? ReadCertificate(string file) =>
        Pem.DecodeAll(System.IO.File.ReadAllText(file)).FirstOrDefault(block => block.Label == Pem.CertificateLabel) is { } block
        && Certificate.TryParse(block.Der, out Certificate? certificate) ? certificate : null;

    private Dictionary<string, RevokedCertificate> Revoked()
    {
        var revoked = new Dictionary<string, RevokedCertificate>(StringComparer.Ordinal);
        string file = Path.Combine(_folder, RevokedFile);
        if (!System.IO.File.Exists(file))
            return revoked;
        foreach (string[] words in System.IO.File.ReadLines(file).Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (words.Length == 0 || SerialOf(words[0]) is not { } serial)
                continue;
            X509.RevocationReason? reason = words.Length > 1 && Enum.TryParse(words[1], ignoreCase: true, out X509.RevocationReason known) ? known : null;
            DateTimeOffset at = words.Length > 2 && DateTimeOffset.TryParse(words[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset given)
                ? given
                : new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(file));
            revoked.TryAdd(serial, new RevokedCertificate(serial.ToLowerInvariant(), CertificateOrders.WholeSeconds(at), reason));
        }
        return revoked;
    }

    private string? SerialOf(string word)
    {
        if (word.EndsWith(".pem", StringComparison.OrdinalIgnoreCase))
        {
            string file = Path.Combine(_folder, Path.GetFileName(word));
            return System.IO.File.Exists(file) && ReadCertificate(file) is { } certificate ? Number(certificate) : null;
        }
        return word.Length % 2 == 0 && word.All(char.IsAsciiHexDigit) ? SerialNumbers.Text(Convert.FromHexString(word)) : null;
    }

    private static string Number(Certificate certificate) => SerialNumbers.Text(certificate.SerialNumberBytes.Span);

    private CertifiedKey Load(string name)
    {
        string password = System.IO.File.ReadAllText(Path.Combine(_folder, name + ".pass")).Trim();
        Pkcs12Content content = Pkcs12.Load(System.IO.File.ReadAllBytes(Path.Combine(_folder, name + ".p12")), password);
        _keys.Add(content.Key);
        return new CertifiedKey(content.Certificate, content.Key);
    }
}
