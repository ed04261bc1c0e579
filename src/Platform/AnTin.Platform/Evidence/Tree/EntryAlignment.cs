namespace AnTin.Platform.Evidence.Tree;

/// <summary>
/// Tells what happened to the lines of an export, against the leaf hashes that the signed root vouches for. The longest
/// run of lines that kept their order stands; the rest moved, vanished, was replaced or does not belong.
/// </summary>
internal static class EntryAlignment
{
    private const int Unknown = -1;

    public static void Compare(IReadOnlyList<MerkleHash> tree, IReadOnlyList<MerkleHash> lines, AuditVerifier.Findings findings)
    {
        int[] places = PlacesOf(tree, lines);
        if (places.Length == tree.Count && !places.Where((place, line) => place != line).Any())
            return;
        bool[] kept = LongestOrdered(places);
        bool[] present = new bool[tree.Count];
        foreach (int place in places.Where(place => place != Unknown))
            present[place] = true;

        var foreign = new Queue<int>();
        int next = 0;
        for (int line = 0; line < places.Length; line++)
        {
            if (kept[line])
            {
                ReportGap(next, places[line], present, foreign, findings, atEnd: false);
                next = places[line] + 1;
            }
            else if (places[line] == Unknown)
            {
                foreign.Enqueue(line);
            }
            else
            {
                findings.Add(AuditFindingKind.Reordered, places[line],
                    $"Mục {places[line]} nằm sai chỗ (dòng {line + 1}).", $"Entry {places[line]} stands at another place (line {line + 1}).");
            }
        }
        ReportGap(next, tree.Count, present, foreign, findings, atEnd: true);
    }

    // Leaves are unique by their ids, so a hash has one place; a repeated line is foreign the second time.
    private static int[] PlacesOf(IReadOnlyList<MerkleHash> tree, IReadOnlyList<MerkleHash> lines)
    {
        var index = new Dictionary<MerkleHash, int>(tree.Count);
        for (int i = 0; i < tree.Count; i++)
            index[tree[i]] = i;
        int[] places = new int[lines.Count];
        for (int i = 0; i < lines.Count; i++)
            places[i] = index.Remove(lines[i], out int place) ? place : Unknown;
        return places;
    }

    // Patience sorting: tails[k] is the line that ends the best ordered run of k+1 lines so far.
    private static bool[] LongestOrdered(int[] places)
    {
        List<int> tails = [];
        int[] before = new int[places.Length];
        for (int line = 0; line < places.Length; line++)
        {
            if (places[line] == Unknown)
                continue;
            int low = 0;
            int high = tails.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (places[tails[middle]] < places[line])
                    low = middle + 1;
                else
                    high = middle;
            }
            before[line] = low == 0 ? Unknown : tails[low - 1];
            if (low == tails.Count)
                tails.Add(line);
            else
                tails[low] = line;
        }
        bool[] kept = new bool[places.Length];
        for (int line = tails.Count == 0 ? Unknown : tails[^1]; line != Unknown; line = before[line])
            kept[line] = true;
        return kept;
    }

    // Entries [from, to) that are nowhere in the export, against the foreign lines found in their stead.
    private static void ReportGap(int from, int to, bool[] present, Queue<int> foreign, AuditVerifier.Findings findings, bool atEnd)
    {
        List<int> missing = [.. Enumerable.Range(from, to - from).Where(place => !present[place])];
        int replaced = Math.Min(missing.Count, foreign.Count);
        foreach (int place in missing.Take(replaced))
        {
            int line = foreign.Dequeue() + 1;
            findings.Add(AuditFindingKind.Altered, place, $"Mục {place} đã bị sửa (dòng {line}).", $"Entry {place} was altered (line {line}).");
        }
        while (foreign.TryDequeue(out int surplus))
            findings.Add(AuditFindingKind.Inserted, null, $"Dòng {surplus + 1} không thuộc nhật ký.", $"Line {surplus + 1} is not of this log.");
        int cut = atEnd ? StartOfCut(missing, to) : to;
        foreach (int place in missing.Skip(replaced).Where(place => place < cut))
            findings.Add(AuditFindingKind.Dropped, place, $"Thiếu mục {place}.", $"Entry {place} is missing.");
        cut = Math.Max(cut, replaced < missing.Count ? missing[replaced] : to);
        if (cut < to)
        {
            findings.Add(AuditFindingKind.Truncated, cut,
                $"Nhật ký bị cắt: thiếu {to - cut} mục cuối, từ mục {cut}.", $"The log is cut: the last {to - cut} entries are missing, from entry {cut} on.");
        }
    }

    private static int StartOfCut(List<int> missing, int end)
    {
        int start = end;
        for (int i = missing.Count - 1; i >= 0 && missing[i] == start - 1; i--)
            start--;
        return start;
    }
}
