using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AnTin.Keys;
using AnTin.Modules.Authority.Domain;
using AnTin.X509;

namespace AnTin.Modules.Authority.Persistence;

/// <summary>
/// The authority's keys in a folder: certificates in PEM, keys as encrypted PKCS#8, and the password in a file only its
/// owner can read. Fully trusted: whoever can read this folder is the authority. It is for demonstration; in Production
/// keys live in a device, and a demonstration found there stops the start.
/// </summary>
internal sealed class HierarchyStore(string folder)
{
    private const string PasswordFile = "store.password";
    private const string ManifestFile = "hierarchy.json";

    // The password has 256 random bits: stretching adds nothing, and two starts in a row should not pay for it.
    private const int Iterations = 2048;

    private static readonly string[] Names = [Hierarchy.RootSlug, Hierarchy.IssuingSlug, "ocsp", "tsa"];

    public bool Exists => System.IO.File.Exists(Path.Combine(folder, ManifestFile));

    /// <summary>Reads a complete hierarchy; null when there is none.</summary>
    /// <exception cref="HierarchyStoreException">It is there but cannot be used.</exception>
    public Hierarchy? Load(Uri baseUrl)
    {
        if (!Exists)
            return null;
        try
        {
            bool demonstration = ReadManifest().Demonstration;
            string password = System.IO.File.ReadAllText(Path.Combine(folder, PasswordFile));
            CertifiedKey[] keys = [.. Names.Select(name => ReadKey(name, password))];
            return new Hierarchy(
                new Issuer(Hierarchy.RootSlug, keys[0].Certificate, keys[0].Key, Issuer.PointersOf(baseUrl, Hierarchy.RootSlug, withOcsp: false)),
                new Issuer(Hierarchy.IssuingSlug, keys[1].Certificate, keys[1].Key, Issuer.PointersOf(baseUrl, Hierarchy.IssuingSlug, withOcsp: true)),
                keys[2],
                keys[3],
                demonstration);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FormatException or JsonException)
        {
            throw new HierarchyStoreException(folder, e);
        }
    }

    /// <summary>Writes everything aside, flushes it, and makes it visible by one rename: there is a whole hierarchy or none.</summary>
    public void Save(Hierarchy hierarchy, DemonstrationKeys keys)
    {
        string aside = folder + ".new-" + Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);
        System.IO.Directory.CreateDirectory(aside);
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(aside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string password = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        Write(aside, PasswordFile, password);
        WriteKey(aside, Hierarchy.RootSlug, hierarchy.Root.Certificate, keys.Root, password);
        WriteKey(aside, Hierarchy.IssuingSlug, hierarchy.Issuing.Certificate, keys.Issuing, password);
        WriteKey(aside, "ocsp", hierarchy.OcspResponder.Certificate, keys.OcspResponder, password);
        WriteKey(aside, "tsa", hierarchy.TimeStamping.Certificate, keys.TimeStamping, password);
        Write(aside, ManifestFile, JsonSerializer.Serialize(new Manifest(1, hierarchy.IsDemonstration)));
        System.IO.Directory.Move(aside, folder);
    }

    /// <summary>Removes what killed writers left aside.</summary>
    public void RemoveLeftovers()
    {
        string parent = Path.GetDirectoryName(folder)!;
        if (!System.IO.Directory.Exists(parent))
            return;
        foreach (string leftover in System.IO.Directory.EnumerateDirectories(parent, Path.GetFileName(folder) + ".new-*"))
            System.IO.Directory.Delete(leftover, recursive: true);
    }

    private Manifest ReadManifest()
    {
        Manifest? manifest = JsonSerializer.Deserialize<Manifest>(System.IO.File.ReadAllText(Path.Combine(folder, ManifestFile)));
        return manifest is { Version: 1 } ? manifest : throw new FormatException("The manifest is of an unknown version.");
    }

    private CertifiedKey ReadKey(string name, string password)
    {
        Certificate certificate = Certificate.Parse(Pem.Decode(System.IO.File.ReadAllText(Path.Combine(folder, name + ".pem")), Pem.CertificateLabel));
        SoftwareKey key = SoftwareKey.FromPem(System.IO.File.ReadAllText(Path.Combine(folder, name + ".key")), password);
        if (key.SubjectPublicKeyInfo.Span.SequenceEqual(certificate.SubjectPublicKeyInfo.Span))
            return new CertifiedKey(certificate, key);
        key.Dispose();
        throw new FormatException($"{name}.key is not the key of {name}.pem.");
    }

    private static void WriteKey(string target, string name, Certificate certificate, SoftwareKey key, string password)
    {
        Write(target, name + ".pem", Pem.Encode(Pem.CertificateLabel, certificate.RawData.Span));
        Write(target, name + ".key", Pem.Encode(Pem.EncryptedKeyLabel, key.ExportEncryptedPkcs8(password, Iterations)));
    }

    private static void Write(string target, string name, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(Path.Combine(target, name), options);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    private sealed record Manifest(int Version, bool Demonstration);
}

/// <summary>The authority's folder is there but cannot be used: a lost password file, a damaged key, a key of another certificate.</summary>
internal sealed class HierarchyStoreException(string folder, Exception inner)
    : Exception($"The authority's keys in {folder} cannot be used: {inner.Message} Restore the folder from its backup.", inner);
