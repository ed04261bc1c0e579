// Which objects an incremental update gives another content.
using AnTin.Pdf;

namespace AnTin.Signatures;

internal static class TouchedObjects
{
    /// <summary>
    /// Numbers of the objects that differ between two successive revisions, compared by content: an object that an update writes
    /// again unchanged is not among them.
    /// </summary>
    public static HashSet<int> Between(PdfDocument before, PdfDocument after)
    {
        var touched = new HashSet<int>();
        var holders = new HashSet<int>();
        foreach (var (number, _) in after.LastRevision.Entries)
        {
            if (number == 0 || before.FindEntry(number) == after.FindEntry(number))
                continue;
            if (before.GetObject(number) is PdfStream stream && before.Get<PdfName>(stream.Dictionary, "Type")?.Value == "ObjStm")
                holders.Add(number);
            if (Differs(number, before, after))
                touched.Add(number);
        }

        // An object stream that is replaced under its own number changes every object in it that nothing newer overrides.
        if (holders.Count > 0)
        {
            foreach (var (number, entry) in before.Revisions.SelectMany(revision => revision.Entries))
            {
                if (entry.Kind is XrefKind.Compressed && holders.Contains((int)entry.Location) && Differs(number, before, after))
                    touched.Add(number);
            }
        }

        return touched;
    }

    /// <summary>Whether two values are the same, streams by their data; references are compared, not followed.</summary>
    public static bool Same(PdfObject? left, PdfDocument before, PdfObject? right, PdfDocument after)
    {
        if (ReferenceEquals(left, right))
            return true;
        if (left is not PdfStream was || right is not PdfStream now)
            return (left ?? PdfNull.Instance).Equals(right ?? PdfNull.Instance);
        return was.DataLength == now.DataLength
            && WithoutLength(was.Dictionary).Equals(WithoutLength(now.Dictionary))
            && before.RawData(was).Span.SequenceEqual(after.RawData(now).Span);
    }

    private static bool Differs(int number, PdfDocument before, PdfDocument after) =>
        Generation(before.FindEntry(number)) != Generation(after.FindEntry(number))
        || !Same(before.GetObject(number), before, after.GetObject(number), after);

    // Only the generation under which an object lives matters to references; that of a free number does not.
    private static int Generation(XrefEntry entry) => entry.Kind is XrefKind.InFile ? entry.Extra : 0;

    private static PdfDictionary WithoutLength(PdfDictionary dictionary)
    {
        var copy = dictionary.Copy();
        copy.Remove("Length");
        return copy;
    }
}
