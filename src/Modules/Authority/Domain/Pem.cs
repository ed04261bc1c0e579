// Textual encoding of certificates, lists and keys. Reference: RFC 7468 §2–3. The text before a block may carry lines "Name: value"; two are ours:
//   AnTin-Anchor-Class: official-duty | public | other     which class an anchor is of
//   AnTin-Status-Host: host:port                           may be asked for status although it is not on the public network
using System.Security.Cryptography;
using System.Text;

namespace AnTin.Modules.Authority.Domain;

/// <summary>One block of a PEM file with the header lines before it.</summary>
internal sealed record PemBlock(string Label, byte[] Der, IReadOnlyDictionary<string, string> Headers);

internal static class Pem
{
    public const string CertificateLabel = "CERTIFICATE";
    public const string CrlLabel = "X509 CRL";
    public const string EncryptedKeyLabel = "ENCRYPTED PRIVATE KEY";
    public const string ClassHeader = "AnTin-Anchor-Class";
    public const string HostHeader = "AnTin-Status-Host";

    public static string Encode(string label, ReadOnlySpan<byte> der, params IReadOnlyList<(string Name, string Value)> headers)
    {
        var text = new StringBuilder();
        foreach ((string name, string value) in headers)
            text.Append(name).Append(": ").Append(value).Append('\n');
        return text.Append(PemEncoding.WriteString(label, der)).Append('\n').ToString();
    }

    /// <summary>The first block with this label.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static byte[] Decode(string text, string label) =>
        DecodeAll(text).FirstOrDefault(block => block.Label == label)?.Der ?? throw new FormatException($"There is no {label} in the PEM text.");

    public static IReadOnlyList<PemBlock> DecodeAll(string text)
    {
        var found = new List<PemBlock>();
        int at = 0;
        while (PemEncoding.TryFind(text.AsSpan(at), out PemFields fields))
        {
            string rest = text[at..];
            found.Add(new PemBlock(rest[fields.Label], Convert.FromBase64String(rest[fields.Base64Data]), HeadersOf(rest[..fields.Location.Start.GetOffset(rest.Length)])));
            at += fields.Location.End.GetOffset(rest.Length);
        }
        return found;
    }

    private static Dictionary<string, string> HeadersOf(string before)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in before.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
        return headers;
    }
}
