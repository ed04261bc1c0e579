using System.Text.Json;
using AnTin.Pdf;
using AnTin.TestKit;

namespace AnTin.Formats.Tests.Pdf;

/// <summary>Foreign files: each opens and every object of it reads, or the table says why not.</summary>
public sealed class PdfCorpusTests
{
    // File (first 16 digits of its SHA-256), what reading it says, and why that is right.
    private static readonly Dictionary<string, (string Code, string Reason)> Refused = new(StringComparer.Ordinal)
    {
        ["49320946c5b1f2ef"] = ("xref.offset", "shadow attack: the update's table has offsets outside the file"),
        ["0369796ee93e6ec1"] = ("stream.length", "shadow attack: a stream's /Length does not end at endstream"),
        ["415020db3f79aeb2"] = ("stream.length", "shadow attack: a stream's /Length does not end at endstream"),
        ["3664c13d120452a8"] = ("object.header", "shadow attack: an entry points to another object"),
        ["6721cbdf26d3b851"] = ("filter.flate", "corrupted on purpose by its makers"),
        ["76a5bbc50b70e246"] = ("filter.predictor", "corrupted on purpose by its makers"),
        ["71855f9c3ff8f1d2"] = ("xref.missing", "corrupted on purpose by its makers"),
        ["1ce33da68c5527ba"] = ("object-stream.missing", "corrupted on purpose by its makers"),
        ["7dc6c0bb8e43943e"] = ("object.header", "shadow attack: an entry points to another object"),
        ["100c3fd13f8cee7d"] = ("object.header", "shadow attack: an entry points to another object"),
        ["0f6eac67f48f0275"] = ("xref.missing", "damaged in transfer: offsets are wrong"),
        ["6a753309bd5f3cb2"] = ("xref.missing", "damaged in transfer: offsets are wrong"),
        ["54f283e5e4979be5"] = ("xref.missing", "damaged in transfer: offsets are wrong"),
        ["099d98ff80646f3f"] = ("xref.stream", "the cross-reference stream is shorter than its /Index says"),
        ["7b36c32e7724c841"] = ("file.startxref", "incremental saving attack: no %%EOF after startxref"),
        ["6ab5e17f3fc2b679"] = ("document.catalog", "incremental saving attack: the update has no catalog"),
        ["2c4df250194c7863"] = ("xref.missing", "incremental saving attack: no cross-reference section"),
        ["72f806d3d0214745"] = ("file.startxref", "incremental saving attack: no startxref"),
        ["48943928b60955ac"] = ("file.startxref", "incremental saving attack: no startxref"),
        ["207869e5d5f4b0ee"] = ("stream.length", "universal signature forgery: edited in place, lengths are wrong"),
        ["2b7e21b80e23ba45"] = ("stream.length", "universal signature forgery: edited in place, lengths are wrong"),
        ["455768e7bb9a35ce"] = ("stream.length", "universal signature forgery: edited in place, lengths are wrong"),
        ["61fe1e4288e095a5"] = ("stream.length", "universal signature forgery: edited in place, lengths are wrong"),
        ["645f77944947cae7"] = ("stream.length", "universal signature forgery: edited in place, lengths are wrong"),
        ["67fb4db0ca2e5c57"] = ("stream.length", "universal signature forgery: edited in place, lengths are wrong"),
    };

    [Fact]
    public void Signed_files_of_other_makers_read_or_are_listed_with_the_reason()
    {
        Assert.SkipWhen(Repository.Corpora is null, "the corpora are not beside the repository");
        var folder = Path.Combine(Repository.Corpora, "signed");
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "truth.json")));
        var differences = new List<string>();
        int seen = 0, encrypted = 0;
        foreach (var row in truth.RootElement.EnumerateArray())
        {
            var file = row.GetProperty("file").GetString()!;
            if (!file.EndsWith(".pdf", StringComparison.Ordinal)) continue;
            seen++;
            var expected = Refused.TryGetValue(Path.GetFileNameWithoutExtension(file), out var known) ? known.Code : "reads";
            var actual = Read(File.ReadAllBytes(Path.Combine(folder, file)));
            if (actual == "encrypted") encrypted++;
            else if (expected != actual) differences.Add($"{file}: expected {expected}, got {actual} ({row.GetProperty("repo").GetString()} {row.GetProperty("path").GetString()})");
        }

        Assert.True(seen > 400);
        Assert.Empty(differences);
        Assert.InRange(encrypted, 1, 80);
    }

    [Fact]
    public void Every_byte_of_our_own_updated_files_is_accounted_for()
    {
        Assert.SkipWhen(Repository.Corpora is null, "the corpora are not beside the repository");
        foreach (var path in Directory.GetFiles(Path.Combine(Repository.Corpora, "late-changes"), "*.pdf"))
        {
            var document = PdfDocument.Open(new MemorySource(File.ReadAllBytes(path)));
            for (var i = 0; i < document.Revisions.Count; i++)
            {
                var scan = RevisionScan.Of(document, i);
                Assert.True(scan.IsWellFormed, $"{Path.GetFileName(path)} revision {i}: {scan.Fault} at {scan.FaultOffset}");
            }
        }
    }

    private static string Read(byte[] file)
    {
        try
        {
            var document = PdfDocument.Open(new MemorySource(file));
            if (document.IsEncrypted) return "encrypted";
            _ = document.AcroForm;
            for (var i = 0; i < document.PageCount; i++) document.GetPage(i);
            for (var number = 0; number < document.NextObjectNumber; number++)
            {
                if (document.GetObject(number) is PdfStream stream) document.DecodeUpToPicture(stream);
            }

            return "reads";
        }
        catch (PdfFormatException e)
        {
            return e.Code;
        }
    }
}
