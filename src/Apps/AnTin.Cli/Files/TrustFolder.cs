using AnTin.Contracts.Platform;
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Cli.Files;

/// <summary>A certificate the caller trusts, and the class the caller's file gives it.</summary>
internal sealed record Anchor(Certificate Certificate, TrustClass Class);

/// <summary>CRLs and OCSP answers of a trust folder.</summary>
internal sealed record TrustStatus(IReadOnlyList<CertificateRevocationList> Crls, IReadOnlyList<OcspResponse> OcspResponses);

/// <summary>
/// What <c>--trust</c> named. Trusted wholly: it says which anchors count, of which class they are, and which hosts may be asked for status.
/// </summary>
internal sealed class TrustFolder
{
    // A folder of trust is a few dozen files; a thousand means that the wrong folder was named.
    private const int MostFiles = 1000;

    private static readonly (string Name, TrustClass Class)[] Classes =
        [("official-duty", TrustClass.OfficialDuty), ("public", TrustClass.Public), ("other", TrustClass.Other)];

    private static readonly string[] Extensions = [".pem", ".crt", ".cer", ".der", ".crl", ".ors"];

    private readonly List<Anchor> _anchors = [];
    private readonly List<Certificate> _certificates = [];
    private readonly List<byte[]> _crls = [];
    private readonly List<byte[]> _ocspResponses = [];
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Anchor> Anchors => _anchors;

    /// <summary>Certificates of a folder that are not self-issued: material for paths, not trusted by themselves.</summary>
    public IReadOnlyList<Certificate> Certificates => _certificates;

    public IReadOnlyList<byte[]> Crls => _crls;

    public IReadOnlyList<byte[]> OcspResponses => _ocspResponses;

    public IReadOnlySet<string> Hosts => _hosts;

    /// <summary>
    /// Reads files and folders. A certificate file named by itself is an anchor whatever it is; in a folder only self-issued ones are. A folder
    /// may sort its anchors by class into <c>official-duty/</c>, <c>public/</c> and <c>other/</c>, as the server's trust folder does.
    /// </summary>
    public static async Task<Result<TrustFolder>> ReadAsync(IReadOnlyList<string> paths, CancellationToken ct)
    {
        var trust = new TrustFolder();
        foreach (string path in paths)
        {
            Error? error = Directory.Exists(path) ? await trust.ReadTreeAsync(path, ct) : await trust.ReadFileAsync(path, TrustClass.Other, anyIsAnchor: true, ct);
            if (error is not null)
                return error;
        }
        return trust;
    }

    /// <summary>The folder's CRLs and OCSP answers, parsed: one that cannot be read is a mistake of the folder, not to be passed over.</summary>
    public Result<TrustStatus> ParseStatus()
    {
        try
        {
            return new TrustStatus([.. _crls.Select(der => CertificateRevocationList.Parse(der))], [.. _ocspResponses.Select(der => OcspResponse.Parse(der))]);
        }
        catch (Asn1FormatException e)
        {
            return new Error(CliErrors.TrustUnreadable, e.Path, e.Message);
        }
    }

    private async Task<Error?> ReadTreeAsync(string path, CancellationToken ct)
    {
        int before = _anchors.Count;
        if (await ReadFolderAsync(path, TrustClass.Other, ct) is { } error)
            return error;
        foreach ((string name, TrustClass kind) in Classes)
        {
            string folder = Path.Combine(path, name);
            if (Directory.Exists(folder) && await ReadFolderAsync(folder, kind, ct) is { } inner)
                return inner;
        }
        return _anchors.Count > before
            ? null
            : new Error(CliErrors.TrustUnreadable, path, new Text("không có chứng thư gốc", "no root certificate in it"));
    }

    private async Task<Error?> ReadFolderAsync(string path, TrustClass kind, CancellationToken ct)
    {
        List<string> files;
        try
        {
            files = [.. Directory.EnumerateFiles(path)
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal).Take(MostFiles + 1)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Error(CliErrors.TrustUnreadable, path, e.Message);
        }
        if (files.Count > MostFiles)
            return new Error(CliErrors.TrustUnreadable, path, $"> {MostFiles}");
        foreach (string file in files)
        {
            if (await ReadFileAsync(file, kind, anyIsAnchor: false, ct) is { } error)
                return error;
        }
        return null;
    }

    private async Task<Error?> ReadFileAsync(string path, TrustClass kind, bool anyIsAnchor, CancellationToken ct)
    {
        if (!(await InputFile.ReadSmallAsync(path, ct)).TryGet(out byte[]? content, out Error? error))
            return error;
        string extension = Path.GetExtension(path).ToUpperInvariant();
        if (extension == ".ORS")
        {
            _ocspResponses.Add(content);
            return null;
        }
        IReadOnlyList<PemBlock> blocks = PemFile.Read(content);
        if (blocks.Count == 0)
            return Unreadable(path);
        foreach (PemBlock block in blocks)
        {
            if (block.Label == PemBlock.Crl || extension == ".CRL")
                _crls.Add(block.Data);
            else if (block.Label is PemBlock.Certificate or "")
            {
                if (!TryAdd(block, kind, anyIsAnchor))
                    return Unreadable(path);
            }
        }
        return null;
    }

    private bool TryAdd(PemBlock block, TrustClass kind, bool anyIsAnchor)
    {
        if (!Certificate.TryParse(block.Data, out Certificate? certificate))
            return false;
        _hosts.UnionWith(block.Header(PemBlock.HostHeader));
        if (anyIsAnchor || certificate.IsSelfIssued)
            _anchors.Add(new Anchor(certificate, ClassOf(block.Header(PemBlock.ClassHeader).LastOrDefault(), kind)));
        else
            _certificates.Add(certificate);
        return true;
    }

    private static TrustClass ClassOf(string? name, TrustClass folder) => name?.ToUpperInvariant() switch
    {
        "OFFICIAL-DUTY" => TrustClass.OfficialDuty,
        "PUBLIC" => TrustClass.Public,
        "OTHER" => TrustClass.Other,
        _ => folder,
    };

    private static Error Unreadable(string path) =>
        new(CliErrors.TrustUnreadable, path, new Text("không phải PEM hay DER", "neither PEM nor DER"));
}
