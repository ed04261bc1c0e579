// Textual encoding of certificates and keys. Reference: RFC 7468 §2–3: one block, 64 characters a line.
using System.Security.Cryptography;

namespace AnTin.Modules.Authority.Domain;

internal static class Pem
{
    public static string Encode(string label, ReadOnlySpan<byte> der) => PemEncoding.WriteString(label, der) + "\n";

    /// <summary>The first block with this label.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static byte[] Decode(string text, string label) =>
        DecodeAll(text, label) is [var first, ..] ? first : throw new FormatException($"There is no {label} in the PEM text.");

    /// <summary>Every block with this label, in order; text between blocks is explanation.</summary>
    public static IReadOnlyList<byte[]> DecodeAll(string text, string label)
    {
        var found = new List<byte[]>();
        ReadOnlySpan<char> rest = text;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            if (rest[fields.Label].SequenceEqual(label))
                found.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            rest = rest[fields.Location.End..];
        }
        return found;
    }
}
