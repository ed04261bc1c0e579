using System.Globalization;
using System.Text;
using AnTin.Pdf;
using AnTin.TestKit.Pdf;

namespace AnTin.Formats.Tests.Changes;

/// <summary>
/// Files with signature dictionaries whose byte ranges are right; the value is a filler, because what is tested here is what the bytes
/// around it say. Objects: 1 catalog, 2 page tree, 3 page, 4 content, 5 resources, 6 font, 7 form, 8 text field "So", 9 its appearance,
/// 10 signature field "Leader", 11 signature field "Seal", 12 overlay of the page, 13 comment, 14 text field "Ngay", its widget 15.
/// </summary>
internal static class SignedFile
{
    private const string Filler = "4142434445464748";

    public static byte[] Unsigned(string catalog = "", string page = "") =>
        MiniPdf.Table(
            $"<< /Type /Catalog /Pages 2 0 R /AcroForm 7 0 R {catalog} >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R 99 0 R] /Resources 5 0 R /Annots [8 0 R 10 0 R 11 0 R 13 0 R 15 0 R] {page} >>",
            Stream("", "BT /F1 12 Tf 50 700 Td (Signed text) Tj ET /Over Do"),
            "<< /Font << /F1 6 0 R >> /XObject << /Over 12 0 R /Shared 9 0 R >> >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Fields [8 0 R 10 0 R 11 0 R 14 0 R] /SigFlags 3 /DR << /Font << /Helv 6 0 R >> >> /DA (/Helv 10 Tf) >>",
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (So) /F 4 /Rect [50 600 150 620] /P 3 0 R /AP << /N 9 0 R >> >>",
            Stream("/Type /XObject /Subtype /Form /BBox [0 0 100 20]", ""),
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Leader) /F 132 /Rect [300 200 400 250] /P 3 0 R >>",
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /F 132 /Rect [200 200 300 250] /P 3 0 R >>",
            Stream("/Type /XObject /Subtype /Form /BBox [0 0 100 20]", "0 g"),
            "<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (note) >>",
            "<< /FT /Tx /T (Ngay) /Kids [15 0 R] >>",
            "<< /Type /Annot /Subtype /Widget /Parent 14 0 R /F 4 /Rect [50 560 150 580] /P 3 0 R /AP << /N 16 0 R >> >>",
            Stream("/Type /XObject /Subtype /Form /BBox [0 0 100 20]", "")
        );

    public static string Stream(string entries, string data) => $"<< {entries} /Length {data.Length} >>\nstream\n{data}\nendstream";

    /// <summary>Signs a field that is there, as an increment.</summary>
    public static byte[] Sign(
        byte[] file,
        string field,
        string reference = "",
        string value = "/Type /Sig /SubFilter /ETSI.CAdES.detached",
        Action<PdfIncrement>? with = null
    )
    {
        var document = Open(file);
        var increment = new PdfIncrement(document);
        var target = document.AcroForm!.Find(field)!;
        var signature = increment.Add(
            Parse($"<< {value} /ByteRange [0 1111111111 1111111111 1111111111] /Contents <{Filler}> {reference} >>")
        );
        var edit = increment.Edit(target.Reference!);
        edit["V"] = signature;
        edit["AP"] = new PdfDictionary().With(
            "N",
            increment.Add(Parse(Stream("/Type /XObject /Subtype /Form /BBox [0 0 100 50]", "1 0 0 rg 0 0 100 50 re f")))
        );
        with?.Invoke(increment);
        return Patch([.. file, .. increment.Build()]);
    }

    /// <summary>Appends an update made by code.</summary>
    public static byte[] Update(byte[] file, Action<PdfIncrement> change)
    {
        var increment = new PdfIncrement(Open(file));
        change(increment);
        return [.. file, .. increment.Build()];
    }

    public static PdfDocument Open(byte[] file) => PdfDocument.Open(new MemorySource(file));

    /// <summary>An object from its text.</summary>
    public static PdfObject Parse(string text)
    {
        var document = Open(MiniPdf.Table("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>", text));
        return document.GetObject(3) switch
        {
            PdfStream stream => new PdfStream(stream.Dictionary.Copy(), document.RawData(stream).ToArray()),
            PdfDictionary dictionary => dictionary.Copy(),
            PdfArray array => array.Copy(),
            var other => other,
        };
    }

    /// <summary>Writes the range of the last signature: everything but its value.</summary>
    public static byte[] Patch(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        const string placeholder = "[0 1111111111 1111111111 1111111111]";
        var at = text.LastIndexOf(placeholder, StringComparison.Ordinal);
        var gap = text.IndexOf("<" + Filler + ">", at, StringComparison.Ordinal);
        var gapEnd = gap + Filler.Length + 2;
        var range = string.Create(CultureInfo.InvariantCulture, $"[0 {gap} {gapEnd} {file.Length - gapEnd}]").PadRight(placeholder.Length);
        return Encoding.Latin1.GetBytes(text[..at] + range + text[(at + placeholder.Length)..]);
    }
}
