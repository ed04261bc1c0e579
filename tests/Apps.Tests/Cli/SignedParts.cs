using System.Text;
using System.Text.RegularExpressions;

namespace AnTin.Apps.Tests.Cli;

/// <summary>The signature of a PDF and the bytes it covers, cut out by its byte range as a plain text search finds it: no reader of ours.</summary>
internal sealed partial record SignedParts(byte[] Signature, byte[] Content)
{
    public static SignedParts Of(byte[] pdf)
    {
        Match range = ByteRange().Matches(Encoding.Latin1.GetString(pdf))[^1];
        int[] n = [.. range.Groups.Values.Skip(1).Select(g => int.Parse(g.Value, System.Globalization.CultureInfo.InvariantCulture))];
        byte[] content = [.. pdf.AsSpan(n[0], n[1]), .. pdf.AsSpan(n[2], n[3])];
        string hex = Encoding.ASCII.GetString(pdf, n[1] + 1, n[2] - n[1] - 2);
        byte[] padded = Convert.FromHexString(hex);
        // The DER length tells where the signature ends and the padding begins.
        int length = padded[1] == 0x82 ? 4 + (padded[2] << 8) + padded[3] : throw new InvalidDataException("unexpected length form");
        return new SignedParts(padded[..length], content);
    }

    [GeneratedRegex(@"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")]
    private static partial Regex ByteRange();
}
