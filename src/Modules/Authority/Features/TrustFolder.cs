using System.Text;
using AnTin.Asn1;
using AnTin.Contracts.Authority;
using AnTin.Modules.Authority.Domain;
using AnTin.X509;

namespace AnTin.Modules.Authority.Features;

/// <summary>
/// Foreign trust from a folder: <c>official-duty/</c>, <c>public/</c> and <c>other/</c> hold PEM or DER certificates; a
/// self-signed one is an anchor of that class, any other an intermediate; <c>.crl</c> files are revocation lists.
/// Trusted: whoever can write here decides which signatures are believed. Read once, at start.
/// </summary>
internal sealed class TrustFolder
{
    private static readonly (string Name, AnchorClass Class)[] Classes =
        [("official-duty", AnchorClass.OfficialDuty), ("public", AnchorClass.Public), ("other", AnchorClass.Other)];

    /// <param name="folder">Null when none is configured.</param>
    /// <exception cref="TrustFolderException">It is missing, or a file in it is not what its name says.</exception>
    public TrustFolder(string? folder)
    {
        var anchors = new List<TrustAnchorEntry>();
        var certificates = new List<ReadOnlyMemory<byte>>();
        var crls = new List<ReadOnlyMemory<byte>>();
        if (folder is not null && !System.IO.Directory.Exists(folder))
            throw new TrustFolderException(folder, "the folder does not exist");
        foreach ((string name, AnchorClass kind) in folder is null ? [] : Classes)
        {
            string path = Path.Combine(folder!, name);
            if (!System.IO.Directory.Exists(path))
                continue;
            foreach (string file in System.IO.Directory.EnumerateFiles(path).Order(StringComparer.Ordinal))
                Read(file, kind, anchors, certificates, crls);
        }
        Material = new TrustMaterial(anchors, certificates, crls, []);
    }

    public TrustMaterial Material { get; }

    private static void Read(
        string file, AnchorClass kind, List<TrustAnchorEntry> anchors, List<ReadOnlyMemory<byte>> certificates, List<ReadOnlyMemory<byte>> crls)
    {
        try
        {
            byte[] content = System.IO.File.ReadAllBytes(file);
            switch (Path.GetExtension(file).ToLowerInvariant())
            {
                case ".crl":
                    foreach (byte[] der in Blocks(content, "X509 CRL"))
                        crls.Add(CertificateRevocationList.Parse(der).RawData);
                    break;
                case ".pem" or ".crt" or ".cer":
                    foreach (Certificate certificate in Blocks(content, "CERTIFICATE").Select(der => Certificate.Parse(der)))
                    {
                        if (certificate.IsSelfIssued)
                            anchors.Add(new TrustAnchorEntry(certificate.RawData, kind, certificate.Subject.DisplayName));
                        else
                            certificates.Add(certificate.RawData);
                    }
                    break;
            }
        }
        catch (Asn1FormatException e)
        {
            throw new TrustFolderException(file, e.Message);
        }
    }

    private static IReadOnlyList<byte[]> Blocks(byte[] content, string label) =>
        content is [0x30, ..] ? [content] : Pem.DecodeAll(Encoding.UTF8.GetString(content), label);
}

/// <summary>The configured trust cannot be read: the start stops rather than verify with less than the operator meant.</summary>
public sealed class TrustFolderException(string path, string reason) : Exception($"Trust material {path}: {reason}.");
