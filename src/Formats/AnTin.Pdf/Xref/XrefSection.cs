namespace AnTin.Pdf.Xref;

/// <summary>One cross-reference section with its trailer: a classic table or a cross-reference stream.</summary>
internal sealed class XrefSection
{
    private readonly List<(int First, int Count, int Start)> subsections = [];
    private readonly List<XrefEntry> entries = [];
    private bool sorted = true;

    /// <summary>File offset of the keyword xref or of the stream object.</summary>
    public required long Offset { get; init; }

    public required bool IsStream { get; init; }

    /// <summary>Object number of the cross-reference stream; 0 for a table.</summary>
    public int StreamNumber { get; init; }

    public PdfDictionary Trailer { get; set; } = new();

    /// <summary>File offset just after the trailer dictionary or endobj.</summary>
    public long End { get; set; }

    /// <summary>The stream that a hybrid file's table names in /XRefStm.</summary>
    public XrefSection? Hybrid { get; set; }

    public int HighestNumber { get; private set; } = -1;

    public int EntryCount => entries.Count;

    public void Begin(int first, int count)
    {
        if (subsections.Count > 0)
        {
            var last = subsections[^1];
            if (first < last.First + last.Count) sorted = false;
        }

        subsections.Add((first, count, entries.Count));
        if (count > 0) HighestNumber = Math.Max(HighestNumber, first + count - 1);
        entries.EnsureCapacity(entries.Count + Math.Min(count, 65_536));
    }

    public void Add(XrefEntry entry) => entries.Add(entry);

    public XrefEntry Find(int number)
    {
        if (Hybrid is null) return FindHere(number);

        // 7.5.8.4: objects hidden from older readers are free in the table and given by the stream, which is searched next.
        var here = FindHere(number);
        if (here.Kind is XrefKind.InFile) return here;
        var hidden = Hybrid.FindHere(number);
        return hidden.Kind is XrefKind.Missing ? here : hidden;
    }

    public IEnumerable<(int Number, XrefEntry Entry)> All()
    {
        var seen = Hybrid is null ? null : new HashSet<int>();
        foreach (var (first, count, _) in subsections.Concat(Hybrid?.subsections ?? []))
        {
            for (var i = 0; i < count; i++)
            {
                if (seen is null || seen.Add(first + i)) yield return (first + i, Find(first + i));
            }
        }
    }

    /// <summary>Ends filling. False when an object number stands in two subsections, which leaves open which entry counts.</summary>
    public bool Seal()
    {
        if (sorted) return true;
        subsections.Sort(static (a, b) => a.First.CompareTo(b.First));
        sorted = true;
        for (var i = 1; i < subsections.Count; i++)
        {
            if (subsections[i].First < subsections[i - 1].First + subsections[i - 1].Count) return false;
        }

        return true;
    }

    private XrefEntry FindHere(int number)
    {
        if (number > HighestNumber) return default;
        int low = 0, high = subsections.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var (first, count, start) = subsections[middle];
            if (number < first) high = middle - 1;
            else if (number >= first + count) low = middle + 1;
            else return entries[start + number - first];
        }

        return default;
    }
}
