using AnTin.Asn1;
using AnTin.Cms;
using AnTin.Pdf;
using AnTin.X509;

namespace AnTin.Cli.Files;

/// <summary>The certificates that travel in a PDF's signatures and their time-stamps: candidates for asking about status, not trusted.</summary>
internal static class EmbeddedCertificates
{
    /// <returns>Empty when the file cannot be read; the validator says why.</returns>
    public static IReadOnlyList<Certificate> Of(IRandomAccessSource source)
    {
        var found = new List<Certificate>();
        try
        {
            PdfDocument document = PdfDocument.Open(source);
            foreach (PdfFormField field in (document.AcroForm?.Fields ?? []).Where(f => f.FieldType == "Sig"))
            {
                if (document.Resolve(field.Value) is PdfDictionary signature && document.Get<PdfString>(signature, "Contents") is { } contents)
                    AddFrom(contents.Bytes, found);
            }
        }
        catch (PdfFormatException)
        {
            return [];
        }
        return found;
    }

    private static void AddFrom(ReadOnlyMemory<byte> contents, List<Certificate> found)
    {
        try
        {
            SignedData signed = SignedData.Parse(contents, TrailingData.AllowZeroPadding);
            found.AddRange(signed.Certificates);
            foreach (ReadOnlyMemory<byte> token in signed.Signers.SelectMany(signer => signer.SignatureTimestamps))
                found.AddRange(TimestampToken.Parse(token).SignedData.Certificates);
        }
        catch (Asn1FormatException)
        {
            // This signature has nothing to ask about; the others may.
        }
    }
}
