using System.Text;
using AnTin.Asn1;
using AnTin.Contracts.Authority;
using AnTin.Modules.Authority.Domain;
using AnTin.X509;

namespace AnTin.Modules.Authority.Features;

/// <summary>
/// Foreign trust from a folder, in the form <c>antin pki new</c> writes it: PEM files whose header line
/// <c>AnTin-Anchor-Class</c> names the class of a self-signed certificate; others are intermediates; <c>.crl</c> files are
/// revocation lists. Trusted: whoever can write here decides which signatures are believed. Read once, at start.
/// </summary>
internal sealed class TrustFolder
{
    private readonly List<TrustAnchorEntry> _anchors = [];
    private readonly List<ReadOnlyMemory<byte>> _certificates = [];
    private readonly List<ReadOnlyMemory<byte>> _crls = [];

    /// <param name="folder">Null when none is configured.</param>
    /// <exception cref="TrustFolderException">It is missing, or a file in it is not what its name says.</exception>
    public TrustFolder(string? folder)
    {
        if (folder is not null)
        {
            if (!System.IO.Directory.Exists(folder))
                throw new TrustFolderException(folder, "the folder does not exist");
            foreach (string file in System.IO.Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
                Read(file);
        }
        Material = new TrustMaterial(_anchors, _certificates, _crls, []);
    }

    public TrustMaterial Material { get; }

    private void Read(string file)
    {
        string kind = Path.GetExtension(file).ToUpperInvariant();
        if (kind is not (".PEM" or ".CRT" or ".CER" or ".DER" or ".CRL"))
            return;
        try
        {
            byte[] content = System.IO.File.ReadAllBytes(file);
            IReadOnlyList<PemBlock> blocks = content is [0x30, ..]
                ? [new PemBlock(kind == ".CRL" ? Pem.CrlLabel : Pem.CertificateLabel, content, new Dictionary<string, string>(StringComparer.Ordinal))]
                : Pem.DecodeAll(Encoding.UTF8.GetString(content));
            if (blocks.Count == 0)
                throw new TrustFolderException(file, "it holds neither PEM nor DER");
            foreach (PemBlock block in blocks)
                Add(block);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new TrustFolderException(file, e.Message);
        }
    }

    private void Add(PemBlock block)
    {
        if (block.Label == Pem.CrlLabel)
        {
            _crls.Add(CertificateRevocationList.Parse(block.Der).RawData);
        }
        else if (block.Label == Pem.CertificateLabel)
        {
            Certificate certificate = Certificate.Parse(block.Der);
            if (certificate.IsSelfIssued)
                _anchors.Add(new TrustAnchorEntry(certificate.RawData, ClassOf(block.Headers.GetValueOrDefault(Pem.ClassHeader)), certificate.Subject.DisplayName));
            else
                _certificates.Add(certificate.RawData);
        }
    }

    private static AnchorClass ClassOf(string? name) => name?.ToUpperInvariant() switch
    {
        "OFFICIAL-DUTY" => AnchorClass.OfficialDuty,
        "PUBLIC" => AnchorClass.Public,
        "OTHER" => AnchorClass.Other,
        _ => AnchorClass.Unknown,
    };
}

/// <summary>The configured trust cannot be read: the start stops rather than verify with less than the operator meant.</summary>
internal sealed class TrustFolderException(string path, string reason) : Exception($"Trust material {path}: {reason}.");
