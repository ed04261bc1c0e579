// What the bytes of an incremental update may be: objects one after the other, its cross-reference section, startxref, %%EOF
// (ISO 32000-2:2020, 7.5.6). Bytes that no cross-reference entry leads to are dead for a reader that follows the standard, yet
// come alive in one that rebuilds the table by searching: they are how files are made that two readers show differently.
using AnTin.Pdf.Syntax;

namespace AnTin.Pdf;

/// <summary>Checks of the bytes of one revision.</summary>
public static class RevisionBody
{
    /// <summary>
    /// The offset of the first byte of an update that belongs neither to an object that its cross-reference section names, nor to
    /// that section, nor to white space and comments between them; null when there is none.
    /// </summary>
    /// <exception cref="PdfFormatException">An object that is named does not stand where it is said to.</exception>
    public static long? FindStrayByte(PdfDocument document, PdfRevision revision)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(revision);
        var view = document.AtRevision(revision.Index);
        var places = revision
            .Entries.Where(e => e.Entry.Kind is XrefKind.InFile)
            .Select(e => e.Entry.Location)
            .Where(at => at >= revision.Start)
            .ToHashSet();
        var sections = new Dictionary<long, long> { [revision.Main.Offset] = revision.Main.End };
        if (revision.Second is { } second)
            sections[second.Offset] = second.End;
        if (revision.Main.Hybrid is { } hybrid)
            places.Add(hybrid.Offset);

        var reader = document.Objects;
        var at = SkipBlanks(reader, revision.Start, revision.StartXrefOffset);
        while (at < revision.StartXrefOffset)
        {
            if (sections.TryGetValue(at, out var end))
                at = end;
            else if (places.Contains(at))
                at = reader.ReadIndirect(at, view.Resolve).End;
            else
                return at;
            at = SkipBlanks(reader, at, revision.StartXrefOffset);
        }

        return null;
    }

    private static long SkipBlanks(ObjectReader reader, long at, long end)
    {
        var isComment = false;
        while (at < end)
        {
            foreach (var value in reader.Source.Window(at, 64))
            {
                if (at >= end)
                    return end;
                if (value == '%')
                    isComment = true;
                else if (value is (byte)'\r' or (byte)'\n')
                    isComment = false;
                else if (!isComment && !Characters.IsWhite(value))
                    return at;
                at++;
            }
        }

        return end;
    }
}
