using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AnTin.Contracts.Oversight;

namespace AnTin.Cli;

/// <summary>`antin audit figures --json`: an array of months, each with its rows and their total.</summary>
internal static class FiguresJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Write(IReadOnlyList<IssuedDocumentsFigure> figures)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartArray();
            foreach (IssuedDocumentsFigure figure in figures)
            {
                json.WriteStartObject();
                json.WriteString("period", figure.Period.ToString());
                json.WriteStartArray("organisations");
                foreach (IssuedDocumentsRow row in figure.Rows)
                    WriteRow(json, row, named: true);
                json.WriteEndArray();
                json.WritePropertyName("total");
                WriteRow(json, figure.Total, named: false);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return buffer.ToArray();
    }

    private static void WriteRow(Utf8JsonWriter json, IssuedDocumentsRow row, bool named)
    {
        json.WriteStartObject();
        if (named)
        {
            json.WriteString("code", row.OrganisationCode);
            json.WriteString("name", row.OrganisationName);
        }
        json.WriteNumber("issued", row.Issued);
        json.WriteNumber("personallySigned", row.PersonallySigned);
        json.WriteNumber("sealed", row.Sealed);
        WriteRate(json, "personalRate", row.PersonalRate);
        WriteRate(json, "sealRate", row.SealRate);
        json.WriteEndObject();
    }

    private static void WriteRate(Utf8JsonWriter json, string name, decimal? rate)
    {
        if (rate is { } percent)
            json.WriteNumber(name, percent);
        else
            json.WriteNull(name);
    }
}
