// A TrueType font file with only the glyphs that are used, for FontFile2.
// References: ISO/IEC 14496-22:2019 §5.3.3 (composite glyphs), §4.4 (table directory, checksums);
// ISO 32000-2:2020 §9.9.1: tables a CIDFontType2 program needs are glyf, head, hhea, hmtx, loca, maxp (and cvt,
// fpgm, prep, which guide rasterisers).
// Limits: glyphs are renumbered; layout tables (GSUB, GPOS) and names are dropped.
using System.Buffers.Binary;

namespace AnTin.Pdf;

internal sealed class TrueTypeSubset
{
    // A composite of composites deeper than this is malformed (maxComponentDepth of real fonts is 1 or 2).
    private const int MaximumDepth = 8;
    private const uint ChecksumMagic = 0xB1B0AFBA;
    private static readonly string[] CopiedTables = ["cvt ", "fpgm", "prep"];

    private readonly TrueTypeFont font;
    private readonly SortedDictionary<int, int> renumbered = [];

    /// <param name="font">The font to take from.</param>
    /// <param name="used">Glyphs that text uses; components and .notdef are added. The result depends on the set
    /// alone, not on its order.</param>
    public TrueTypeSubset(TrueTypeFont font, IEnumerable<int> used)
    {
        this.font = font;
        var closure = new SortedSet<int>();
        Include(0, closure, 0);
        foreach (var glyph in used)
            Include(glyph, closure, 0);
        foreach (var glyph in closure)
            renumbered[glyph] = renumbered.Count;
    }

    /// <summary>Original glyph to glyph in the subset.</summary>
    public IReadOnlyDictionary<int, int> Glyphs => renumbered;

    /// <summary>The sfnt file.</summary>
    public byte[] Build()
    {
        var (glyf, loca) = BuildOutlines();
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = glyf,
            ["head"] = BuildHead(),
            ["hhea"] = WithUInt16(font.Tables.Require("hhea"), 34, renumbered.Count),
            ["hmtx"] = BuildMetrics(),
            ["loca"] = loca,
            ["maxp"] = WithUInt16(font.Tables.Require("maxp"), 4, renumbered.Count),
        };
        foreach (var tag in CopiedTables)
            if (font.Tables.Find(tag) is { } table)
                tables[tag] = table.Span.ToArray();
        return Assemble(tables);
    }

    private void Include(int glyph, SortedSet<int> closure, int depth)
    {
        if (depth > MaximumDepth)
            throw FontData.Malformed("font.composite", "Composite glyphs are nested too deep.", glyph);
        if (!closure.Add(glyph))
            return;
        foreach (var (_, component) in Components(new FontData(font.Outline(glyph))))
            Include(component, closure, depth + 1);
    }

    // Component records: flags, glyph, arguments (words or bytes), then a scale by flag.
    private static IEnumerable<(int Offset, int Glyph)> Components(FontData outline)
    {
        const int wordArguments = 0x0001,
            scale = 0x0008,
            more = 0x0020,
            twoScales = 0x0040,
            matrix = 0x0080;
        if (outline.Length == 0 || outline.Int16(0) >= 0)
            yield break;
        var offset = 10;
        while (true)
        {
            var flags = outline.UInt16(offset);
            yield return (offset + 2, outline.UInt16(offset + 2));
            offset += 4 + ((flags & wordArguments) != 0 ? 4 : 2);
            offset +=
                (flags & scale) != 0 ? 2
                : (flags & twoScales) != 0 ? 4
                : (flags & matrix) != 0 ? 8
                : 0;
            if ((flags & more) == 0)
                yield break;
        }
    }

    private (byte[] Glyf, byte[] Loca) BuildOutlines()
    {
        using var glyf = new MemoryStream();
        var loca = new byte[4 * (renumbered.Count + 1)];
        var index = 0;
        foreach (var glyph in renumbered.Keys)
        {
            BinaryPrimitives.WriteUInt32BigEndian(loca.AsSpan(4 * index++), (uint)glyf.Length);
            var outline = font.Outline(glyph).ToArray();
            foreach (var (offset, component) in Components(new FontData(outline)))
                BinaryPrimitives.WriteUInt16BigEndian(outline.AsSpan(offset), (ushort)renumbered[component]);
            glyf.Write(outline);
            while (glyf.Length % 4 != 0)
                glyf.WriteByte(0);
        }
        BinaryPrimitives.WriteUInt32BigEndian(loca.AsSpan(4 * index), (uint)glyf.Length);
        return (glyf.ToArray(), loca);
    }

    private byte[] BuildHead()
    {
        var head = font.Tables.Require("head").Span.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        return head;
    }

    private byte[] BuildMetrics()
    {
        var hmtx = new byte[4 * renumbered.Count];
        var index = 0;
        foreach (var glyph in renumbered.Keys)
        {
            BinaryPrimitives.WriteUInt16BigEndian(hmtx.AsSpan(4 * index), (ushort)font.AdvanceWidth(glyph));
            BinaryPrimitives.WriteInt16BigEndian(hmtx.AsSpan((4 * index++) + 2), (short)font.LeftSideBearing(glyph));
        }
        return hmtx;
    }

    private static byte[] WithUInt16(FontData table, int offset, int value)
    {
        var copy = table.Span.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(offset), (ushort)value);
        return copy;
    }

    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        var directory = 12 + (16 * tables.Count);
        var file = new byte[directory + tables.Values.Sum(table => Padded(table.Length))];
        var span = file.AsSpan();
        var power = int.Log2(tables.Count);
        BinaryPrimitives.WriteUInt32BigEndian(span, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(span[4..], (ushort)tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(span[6..], (ushort)(16 << power));
        BinaryPrimitives.WriteUInt16BigEndian(span[8..], (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(span[10..], (ushort)((16 * tables.Count) - (16 << power)));
        int entry = 12,
            offset = directory,
            head = 0;
        foreach (var (tag, table) in tables)
        {
            table.CopyTo(span[offset..]);
            for (var i = 0; i < 4; i++)
                span[entry + i] = (byte)tag[i];
            BinaryPrimitives.WriteUInt32BigEndian(span[(entry + 4)..], Checksum(span.Slice(offset, Padded(table.Length))));
            BinaryPrimitives.WriteUInt32BigEndian(span[(entry + 8)..], (uint)offset);
            BinaryPrimitives.WriteUInt32BigEndian(span[(entry + 12)..], (uint)table.Length);
            head = tag == "head" ? offset : head;
            offset += Padded(table.Length);
            entry += 16;
        }
        BinaryPrimitives.WriteUInt32BigEndian(span[(head + 8)..], unchecked(ChecksumMagic - Checksum(span)));
        return file;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var i = 0; i + 4 <= bytes.Length; i += 4)
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]));
        return sum;
    }
}
