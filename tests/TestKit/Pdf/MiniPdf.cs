using System.Globalization;
using System.Text;

namespace AnTin.TestKit.Pdf;

/// <summary>Files put together from the objects' text, for tests that need one exact construction.</summary>
public static class MiniPdf
{
    /// <summary>A file whose object 1 is the catalog, with a classic table. Texts are Latin-1.</summary>
    public static byte[] Table(params string[] bodies) => Table(trailer: "", bodies);

    /// <summary>The same with further trailer entries.</summary>
    public static byte[] TableWith(string trailer, params string[] bodies) => Table(trailer, bodies);

    /// <summary>A file followed by an update of a few objects with a classic table; <paramref name="trailer"/> replaces the usual trailer.</summary>
    public static byte[] Update(byte[] file, long previous, string trailer, params (int Number, string Body)[] bodies)
    {
        var text = new StringBuilder(Encoding.Latin1.GetString(file));
        var table = new StringBuilder("xref\n");
        foreach (var (number, body) in bodies)
        {
            table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{text.Length:D10} 00000 n \n");
            text.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n");
        }

        var at = text.Length;
        text.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<< {trailer} /Prev {previous} >>\nstartxref\n{at}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static byte[] Table(string trailer, string[] bodies)
    {
        var text = new StringBuilder("%PDF-1.7\n");
        var table = new StringBuilder();
        for (var i = 0; i < bodies.Length; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{text.Length:D10} 00000 n \n");
            text.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{bodies[i]}\nendobj\n");
        }

        var at = text.Length;
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {bodies.Length + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {bodies.Length + 1} /Root 1 0 R {trailer} >>\nstartxref\n{at}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
