using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace AnTin.TestKit.Pdf;

/// <summary>How a sample file gives its cross-reference data.</summary>
public enum SampleXref
{
    /// <summary>A classic table.</summary>
    Table,

    /// <summary>A cross-reference stream, and object streams for everything that may stand in one.</summary>
    Stream,

    /// <summary>A classic table for the visible objects and a stream for those in an object stream.</summary>
    Hybrid,
}

/// <summary>
/// Writes small, correct PDF files of different builds, without using the product: the second opinion that tests start from.
/// </summary>
public sealed class SamplePdf
{
    private readonly SortedDictionary<int, byte[]> objects = [];
    private readonly HashSet<int> streams = [];

    /// <summary>Number of pages.</summary>
    public int Pages { get; init; } = 1;

    /// <summary>The build.</summary>
    public SampleXref Xref { get; init; }

    /// <summary>Changes text and noise, so that two samples differ.</summary>
    public int Seed { get; init; }

    /// <summary>Adds a stream of incompressible bytes of this size, as a picture would.</summary>
    public int NoiseBytes { get; init; }

    /// <summary>A name for a text field on page 1; none when null.</summary>
    public string? TextField { get; init; }

    /// <summary>/Rotate of every page.</summary>
    public int Rotate { get; init; }

    /// <summary>Bytes before the header.</summary>
    public string Preamble { get; init; } = "";

    /// <summary>Kids of a page-tree node.</summary>
    public int FanOut { get; init; } = 10;

    /// <summary>The file.</summary>
    public byte[] Build()
    {
        Describe();
        return Xref switch
        {
            SampleXref.Table => BuildTable(),
            SampleXref.Stream => BuildStream(hybrid: false),
            _ => BuildStream(hybrid: true),
        };
    }

    private void Describe()
    {
        objects.Clear();
        streams.Clear();
        // 1 catalog, 2 page tree root, 3 font, 4 field, 5 noise, 6 info; pages from 10.
        var form = TextField is null ? "" : " /AcroForm << /Fields [4 0 R] /DA (/Helv 0 Tf 0 g) >>";
        Put(1, $"<< /Type /Catalog /Pages 2 0 R{form} >>");
        Put(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>");
        Put(6, string.Create(CultureInfo.InvariantCulture, $"<< /Producer (SamplePdf) /Title (Sample {Seed}) /CreationDate (D:20260105080000+07'00') >>"));
        if (TextField is not null) Put(4, $"<< /Type /Annot /Subtype /Widget /FT /Tx /T ({TextField}) /F 4 /Rect [300 700 400 720] /P 10 0 R >>");
        if (NoiseBytes > 0)
        {
            var noise = new byte[NoiseBytes];
            new Random(Seed).NextBytes(noise);
            PutStream(5, "/Type /EmbeddedFile", noise);
        }

        var next = 10;
        var leaves = new List<int>();
        for (var i = 0; i < Pages; i++)
        {
            leaves.Add(next);
            next += 2;
        }

        var parents = new Dictionary<int, int>();
        DescribeTree(leaves, parents, ref next);
        for (var i = 0; i < Pages; i++) DescribePage(i, leaves[i], parents[leaves[i]]);
    }

    private void DescribeTree(List<int> leaves, Dictionary<int, int> parents, ref int next)
    {
        var level = leaves.Select(l => (Number: l, Count: 1)).ToList();
        while (level.Count > FanOut)
        {
            var above = new List<(int Number, int Count)>();
            foreach (var group in level.Chunk(FanOut))
            {
                foreach (var kid in group) parents[kid.Number] = next;
                pending[next] = (string.Join(' ', group.Select(k => $"{k.Number} 0 R")), group.Sum(k => k.Count));
                above.Add((next++, group.Sum(k => k.Count)));
            }

            level = above;
        }

        foreach (var kid in level) parents[kid.Number] = 2;
        foreach (var (number, (kids, count)) in pending) Put(number, $"<< /Type /Pages /Parent {parents[number]} 0 R /Count {count} /Kids [{kids}] >>");
        Put(2, $"<< /Type /Pages /Count {Pages} /MediaBox [0 0 595.28 841.89] /Rotate {Rotate} /Resources << /Font << /F1 3 0 R >> >> /Kids [{string.Join(' ', level.Select(k => $"{k.Number} 0 R"))}] >>");
        pending.Clear();
    }

    private readonly Dictionary<int, (string Kids, int Count)> pending = [];

    private void DescribePage(int index, int number, int parent)
    {
        var annots = index == 0 && TextField is not null ? " /Annots [4 0 R]" : "";
        Put(number, $"<< /Type /Page /Parent {parent} 0 R /Contents {number + 1} 0 R{annots} >>");
        var text = string.Create(CultureInfo.InvariantCulture, $"BT /F1 13 Tf 72 760 Td (Page {index + 1} of sample {Seed}) Tj 0 -20 Td (So:      /QD-UBND) Tj ET");
        PutStream(number + 1, "/Filter /FlateDecode", Deflate(Encoding.Latin1.GetBytes(text)));
    }

    private void Put(int number, string body) => objects[number] = Encoding.Latin1.GetBytes(body);

    private void PutStream(int number, string entries, byte[] data)
    {
        streams.Add(number);
        objects[number] = [.. Encoding.Latin1.GetBytes($"<< {entries} /Length {data.Length} >>\nstream\n"), .. data, .. "\nendstream"u8];
    }

    private byte[] BuildTable()
    {
        var file = Start();
        var offsets = new SortedDictionary<int, long>();
        foreach (var (number, body) in objects)
        {
            offsets[number] = file.Length - Preamble.Length;
            WriteObject(file, number, body);
        }

        var at = file.Length - Preamble.Length;
        WriteTable(file, offsets, objects.Keys.Max() + 1, "");
        Finish(file, at);
        return file.ToArray();
    }

    private byte[] BuildStream(bool hybrid)
    {
        var file = Start();
        var entries = new SortedDictionary<int, (int Type, long Second, int Third)> { [0] = (0, 0, 65535) };
        // In a hybrid file what an old reader needs stays visible.
        var packed = objects.Keys.Where(n => !streams.Contains(n) && (!hybrid || n is 3 or 6)).ToList();
        foreach (var (number, body) in objects.Where(o => !packed.Contains(o.Key)))
        {
            entries[number] = (1, file.Length - Preamble.Length, 0);
            WriteObject(file, number, body);
        }

        var holder = objects.Keys.Max() + 1;
        entries[holder] = (1, file.Length - Preamble.Length, 0);
        for (var i = 0; i < packed.Count; i++) entries[packed[i]] = (2, holder, i);
        WriteObject(file, holder, ObjectStream(packed));
        var at = file.Length - Preamble.Length;
        entries[holder + 1] = (1, at, 0);
        var hidden = hybrid ? entries.Where(e => e.Value.Type == 2).ToList() : [.. entries];
        WriteObject(file, holder + 1, XrefStream(hidden, holder + 2));
        if (hybrid)
        {
            var named = at;
            at = file.Length - Preamble.Length;
            var offsets = new SortedDictionary<int, long>(entries.Where(e => e.Value.Type == 1).ToDictionary(e => e.Key, e => e.Value.Second));
            WriteTable(file, offsets, holder + 2, $" /XRefStm {named}");
        }

        Finish(file, at);
        return file.ToArray();
    }

    private byte[] ObjectStream(List<int> packed)
    {
        var index = new StringBuilder();
        var bodies = new MemoryStream();
        foreach (var number in packed)
        {
            index.Append(CultureInfo.InvariantCulture, $"{number} {bodies.Length} ");
            bodies.Write(objects[number]);
            bodies.WriteByte((byte)'\n');
        }

        var head = Encoding.Latin1.GetBytes(index.ToString());
        var data = Deflate([.. head, .. bodies.ToArray()]);
        return [.. Encoding.Latin1.GetBytes($"<< /Type /ObjStm /N {packed.Count} /First {head.Length} /Filter /FlateDecode /Length {data.Length} >>\nstream\n"), .. data, .. "\nendstream"u8];
    }

    // Rows of 1 + 4 + 2 bytes under the PNG "up" predictor, as most producers write them.
    private static byte[] XrefStream(List<KeyValuePair<int, (int Type, long Second, int Third)>> entries, int size)
    {
        const int Row = 7;
        var rows = new MemoryStream();
        var above = new byte[Row];
        var index = new StringBuilder();
        for (var i = 0; i < entries.Count; i++)
        {
            var (number, (type, second, third)) = entries[i];
            if (i == 0 || entries[i - 1].Key != number - 1)
            {
                var run = 1;
                while (i + run < entries.Count && entries[i + run].Key == number + run) run++;
                index.Append(CultureInfo.InvariantCulture, $"{number} {run} ");
            }

            byte[] row = [(byte)type, (byte)((second >> 24) & 255), (byte)((second >> 16) & 255), (byte)((second >> 8) & 255), (byte)(second & 255), (byte)(third >> 8), (byte)(third & 255)];
            rows.WriteByte(2);
            for (var k = 0; k < Row; k++) rows.WriteByte(unchecked((byte)(row[k] - above[k])));
            above = row;
        }

        var data = Deflate(rows.ToArray());
        return
        [
            .. Encoding.Latin1.GetBytes($"<< /Type /XRef /Size {size} /W [1 4 2] /Index [{index}] /Root 1 0 R /Info 6 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns {Row} >> /Length {data.Length} >>\nstream\n"),
            .. data,
            .. "\nendstream"u8,
        ];
    }

    private MemoryStream Start()
    {
        var file = new MemoryStream();
        file.Write(Encoding.Latin1.GetBytes(Preamble + "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"));
        return file;
    }

    private static void WriteObject(MemoryStream file, int number, byte[] body)
    {
        file.Write(Encoding.Latin1.GetBytes($"{number} 0 obj\n"));
        file.Write(body);
        file.Write("\nendobj\n"u8);
    }

    private static void WriteTable(MemoryStream file, SortedDictionary<int, long> offsets, int size, string more)
    {
        var table = new StringBuilder("xref\n");
        table.Append(CultureInfo.InvariantCulture, $"0 {size}\n0000000000 65535 f \n");
        for (var number = 1; number < size; number++)
        {
            table.Append(offsets.TryGetValue(number, out var offset) ? string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n") : "0000000000 00000 f \n");
        }

        table.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]{more} >>\n");
        file.Write(Encoding.Latin1.GetBytes(table.ToString()));
    }

    private static void Finish(MemoryStream file, long at) => file.Write(Encoding.Latin1.GetBytes($"startxref\n{at}\n%%EOF\n"));

    private static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var deflater = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflater.Write(data);
        return packed.ToArray();
    }
}
