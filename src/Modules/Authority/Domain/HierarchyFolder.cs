using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AnTin.Asn1;
using AnTin.Contracts.Authority;
using AnTin.Keys;
using AnTin.X509;

namespace AnTin.Modules.Authority.Domain;

/// <summary>
/// <c>antin pki new</c>: a complete demonstration hierarchy in files. Beside the official-duty hierarchy stands a public CA with one
/// subscriber, so that verification can be seen to tell them apart. Every key is a PKCS#12 file with its password in a .pass file beside it:
/// nothing here protects anything.
/// </summary>
internal static class HierarchyFolder
{
    public const string PublicRootSlug = "public-root";

    internal const string ManifestFile = "pki.json";

    private const string Province = "An Bình";
    private const string Department = "SỞ XÂY DỰNG";
    private const string Committee = "ỦY BAN NHÂN DÂN TỈNH AN BÌNH";
    private const int SubscriberYears = 3;

    // The passwords lie beside the files: more rounds would only slow down whoever tries it out.
    private const int Iterations = 10_000;

    /// <summary>Writes root.pem, ca.pem, officer1.p12, officer2.p12, seal.p12, ocsp.p12, tsa.p12, public-root.pem, public1.p12, trust/, *.pass.</summary>
    /// <param name="folder">Must not exist or be empty.</param>
    /// <param name="baseUrl">Goes into every certificate's CRL, OCSP and issuer pointers.</param>
    /// <param name="at">Now.</param>
    /// <param name="ct">Leaves nothing behind when cancelled.</param>
    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    public static async Task CreateAsync(string folder, Uri baseUrl, DateTimeOffset at, CancellationToken ct)
    {
        string target = Path.GetFullPath(folder);
        if (System.IO.Directory.Exists(target) && System.IO.Directory.EnumerateFileSystemEntries(target).Any())
            throw new IOException($"{folder} is not empty.");
        string aside = target.TrimEnd(Path.DirectorySeparatorChar) + ".new-" + Guid.CreateVersion7(at).ToString("N", CultureInfo.InvariantCulture);
        System.IO.Directory.CreateDirectory(Path.Combine(aside, "trust"));
        try
        {
            await FillAsync(aside, baseUrl, CertificateOrders.WholeSeconds(at), ct);
            if (System.IO.Directory.Exists(target))
                System.IO.Directory.Delete(target);
            System.IO.Directory.Move(aside, target);
        }
        finally
        {
            if (System.IO.Directory.Exists(aside))
                System.IO.Directory.Delete(aside, recursive: true);
        }
    }

    private static async Task FillAsync(string folder, Uri baseUrl, DateTimeOffset at, CancellationToken ct)
    {
        Task<DemonstrationKeys> generating = DemonstrationKeys.GenerateAsync(ct);
        Task<SoftwareKey>[] subscribers = [.. Enumerable.Range(0, 5).Select(_ => Task.Run(() => SoftwareKey.Generate(KeyKind.Rsa2048), ct))];
        DemonstrationKeys keys = await generating;
        Hierarchy hierarchy = await DemonstrationHierarchy.CreateAsync(baseUrl, at, keys, ct);
        Certificate root = hierarchy.Root.Certificate;
        Certificate ca = hierarchy.Issuing.Certificate;
        Save(folder, Hierarchy.RootSlug, keys.Root, root, []);
        Save(folder, Hierarchy.IssuingSlug, keys.Issuing, ca, [root]);
        Save(folder, "ocsp", keys.OcspResponder, hierarchy.OcspResponder.Certificate, [ca]);
        Save(folder, "tsa", keys.TimeStamping, hierarchy.TimeStamping.Certificate, [ca]);

        (string Name, CertificateProfile Profile, DistinguishedName Subject, string? Email)[] people =
        [
            ("officer1", CertificateProfile.Officer, Officer("Nguyễn Văn Mẫu", "officer1@anbinh.example"), "officer1@anbinh.example"),
            ("officer2", CertificateProfile.Officer, Officer("Trần Thị Thử", "officer2@anbinh.example"), "officer2@anbinh.example"),
            ("seal", CertificateProfile.OrganisationSeal, NameBuilder.Seal(Department, Province, Committee), null),
        ];
        for (int i = 0; i < people.Length; i++)
            await SubscriberAsync(folder, hierarchy.Issuing, people[i], await subscribers[i], at, [ca], ct);
        await PublicAsync(folder, baseUrl, at, await subscribers[3], await subscribers[4], ct);

        string host = baseUrl.Authority;
        Write(folder, "trust/root.pem", Pem.Encode(Pem.CertificateLabel, root.RawData.Span, [(Pem.ClassHeader, "official-duty"), (Pem.HostHeader, host)]));
        Write(folder, "trust/ca.pem", Pem.Encode(Pem.CertificateLabel, ca.RawData.Span));
        Write(folder, ManifestFile, JsonSerializer.Serialize(new HierarchyManifest(1, baseUrl.AbsoluteUri.TrimEnd('/'))) + "\n");
    }

    private static async Task PublicAsync(string folder, Uri baseUrl, DateTimeOffset at, SoftwareKey rootKey, SoftwareKey subscriberKey, CancellationToken ct)
    {
        DistinguishedName name = new NameBuilder().Country("VN").Organization("Công ty CA công cộng mẫu").CommonName("CA công cộng mẫu AnTin").Build();
        Issuer root = await CertificateMaking.RootAsync(name, PublicRootSlug, baseUrl, at.AddYears(-1), at.AddYears(9), rootKey, ct);
        Save(folder, PublicRootSlug, rootKey, root.Certificate, []);

        // Public subscribers carry a UID with their tax or identity number; official-duty ones do not.
        DistinguishedName subject = new NameBuilder().Country("VN").Locality(Province).CommonName("Lê Văn Công Cộng").Add(Oids.UserId, "CCCD:000000000001").Build();
        await SubscriberAsync(folder, root, ("public1", CertificateProfile.Officer, subject, "public1@congcong.example"), subscriberKey, at, [], ct);
        Write(folder, "trust/public-root.pem",
            Pem.Encode(Pem.CertificateLabel, root.Certificate.RawData.Span, [(Pem.ClassHeader, "public"), (Pem.HostHeader, baseUrl.Authority)]));
    }

    private static async Task SubscriberAsync(
        string folder, Issuer issuer, (string Name, CertificateProfile Profile, DistinguishedName Subject, string? Email) person, SoftwareKey key,
        DateTimeOffset at, IReadOnlyList<Certificate> chain, CancellationToken ct)
    {
        byte[] tbs = CertificateMaking.SubscriberTbs(
            issuer, SerialNumbers.Next(), person.Profile, person.Subject, person.Email, key.SubjectPublicKeyInfo, at, at.AddYears(SubscriberYears));
        Save(folder, person.Name, key, Certificate.Parse(await issuer.SignAsync(tbs, ct)), chain);
        key.Dispose();
    }

    private static DistinguishedName Officer(string name, string email) => NameBuilder.Officer(name, Province, Committee, [Department], email);

    private static void Save(string folder, string name, SoftwareKey key, Certificate certificate, IReadOnlyList<Certificate> chain)
    {
        string password = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 20);
        System.IO.File.WriteAllBytes(Path.Combine(folder, name + ".p12"), Pkcs12.Save(key, certificate, chain, password, name, Iterations));
        Write(folder, name + ".pass", password + "\n");
        Write(folder, name + ".pem", Pem.Encode(Pem.CertificateLabel, certificate.RawData.Span));
    }

    private static void Write(string folder, string name, string text) => System.IO.File.WriteAllText(Path.Combine(folder, name), text);
}

/// <param name="BaseUrl">Without a final slash.</param>
internal sealed record HierarchyManifest(int Version, string BaseUrl);
