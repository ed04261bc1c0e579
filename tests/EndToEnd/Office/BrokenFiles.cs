using System.Text;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit;

namespace AnTin.EndToEnd.Office;

/// <summary>Files that people send by mistake or on purpose, made from a good one.</summary>
internal static class BrokenFiles
{
    public static byte[] NotAPdf => Encoding.UTF8.GetBytes("Kính gửi: Sở Xây dựng\r\nĐây là một tệp văn bản thường.\r\n");

    public static byte[] Empty => [];

    public static byte[] Truncated(byte[] pdf) => pdf[..(pdf.Length / 2)];

    /// <summary>Signed with another program, by somebody whom nobody here knows.</summary>
    public static async Task<byte[]> SignedElsewhereAsync(byte[] pdf)
    {
        using var stranger = TestCredential.Rsa();
        var options = new PadesSignatureOptions { Signer = stranger.Signer, Field = new SignatureTarget("Signature1", NewOnPage: 0) };
        return await PadesSigner.SignAsync(new MemorySource(pdf), options, stranger, CancellationToken.None);
    }

    /// <summary>Another size of the page, the signatures left as they are.</summary>
    public static byte[] Altered(byte[] signedPdf)
    {
        byte[] altered = [.. signedPdf];
        int at = altered.AsSpan().IndexOf("/MediaBox"u8);
        int digit = at + altered.AsSpan(at).IndexOfAnyInRange((byte)'1', (byte)'8');
        altered[digit]++;
        return altered;
    }

    public static string Write(TempFolder folder, string name, byte[] content)
    {
        string path = folder[name];
        File.WriteAllBytes(path, content);
        return path;
    }
}
