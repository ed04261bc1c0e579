// Certificates and CRLs in PEM (RFC 7468) or DER files. Explanatory text before a block may carry our two lines:
//   AnTin-Anchor-Class: official-duty | public | other
//   AnTin-Status-Host: host:port        (may be asked for status although it is not on the public network; docs/decisions/0007)

using System.Security.Cryptography;
using System.Text;

namespace AnTin.Cli.Files;

/// <summary>One block of a PEM file with the header lines of the text before it; DER files give one block without headers.</summary>
internal sealed record PemBlock(string Label, byte[] Data, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public const string Certificate = "CERTIFICATE";
    public const string Crl = "X509 CRL";
    public const string ClassHeader = "AnTin-Anchor-Class";
    public const string HostHeader = "AnTin-Status-Host";

    public IEnumerable<string> Header(string name) =>
        Headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value);
}

internal static class PemFile
{
    /// <returns>Empty when the bytes are neither PEM nor start like DER.</returns>
    public static IReadOnlyList<PemBlock> Read(ReadOnlySpan<byte> content)
    {
        if (content.Length > 0 && content[0] == 0x30)
            return [new PemBlock("", content.ToArray(), [])];
        string text = Encoding.UTF8.GetString(content);
        var blocks = new List<PemBlock>();
        int at = 0;
        while (PemEncoding.TryFind(text.AsSpan(at), out PemFields fields))
        {
            string before = text[at..(at + fields.Location.Start.Value)];
            string label = text[at..][fields.Label];
            byte[] data = new byte[fields.DecodedDataLength];
            if (!Convert.TryFromBase64Chars(text.AsSpan(at)[fields.Base64Data], data, out int length))
                return [];
            blocks.Add(new PemBlock(label, data[..length], [.. HeadersOf(before)]));
            at += fields.Location.End.Value;
        }
        return blocks;
    }

    public static string Write(string label, ReadOnlySpan<byte> data, params IEnumerable<KeyValuePair<string, string>> headers)
    {
        var text = new StringBuilder();
        foreach ((string name, string value) in headers)
            text.Append(name).Append(": ").Append(value).Append('\n');
        return text.Append(PemEncoding.WriteString(label, data)).Append('\n').ToString();
    }

    private static IEnumerable<KeyValuePair<string, string>> HeadersOf(string text)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                yield return new KeyValuePair<string, string>(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }
    }
}
