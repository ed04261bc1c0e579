// What bytes a signature covers, and whether they are one revision from the first byte to its last.
// References: ISO 32000-2:2020, 12.8.1 (ByteRange: the whole file but the value of Contents), 7.5.6 (incremental updates);
// ETSI EN 319 142-1 V1.2.1, 5.3. The attacks it stands against: Mladenov, Mainka et al., "1 Trillion Dollar Refund: How to
// Spoof PDF Signatures", CCS 2019 (signature wrapping, incremental saving, universal forgery).
using System.Buffers;
using AnTin.Pdf;

namespace AnTin.Signatures;

internal sealed class SignatureCoverage(PdfDocument document)
{
    // From the start of a signature's object to its value: entries before /Contents. Real ones have some hundred bytes.
    private const int LongestHead = 64 * 1024;

    private static readonly SearchValues<byte> White = SearchValues.Create("\0\t\n\f\r "u8);

    /// <summary>The index of the revision that a signature signs whole, or what is wrong with its range.</summary>
    public (int? Revision, string? Fault) Find(PdfFormField field, PdfDictionary signature, IReadOnlyList<long> range)
    {
        if (range is not [0, > 0 and var gapStart, var gapEnd, >= 0 and var tail] || gapEnd <= gapStart + 1)
            return (null, "byte-range.form");
        var length = document.Source.Length;
        if (gapEnd > length || tail > length - gapEnd)
            return (null, "byte-range.outside");
        if (!GapIsContents(signature, gapStart, gapEnd))
            return (null, "byte-range.gap");
        var signedEnd = gapEnd + tail;
        foreach (var revision in document.Revisions)
        {
            if (revision.End < 0 || !EndsWith(revision, signedEnd))
                continue;
            return StandsIn(revision, field, signature, gapStart) is { } fault ? (null, fault) : (revision.Index, null);
        }

        return (null, "byte-range.end");
    }

    /// <summary>Whether nothing but line ends follows an offset.</summary>
    public bool IsEnd(long offset) => document.Source.Length - offset is >= 0 and <= 2 && IsWhite(offset, document.Source.Length);

    /// <summary>Whether nothing but white space follows the last revision.</summary>
    public bool EndsCleanly()
    {
        var end = document.LastRevision.End;
        return end >= 0 && IsWhite(end, document.Source.Length);
    }

    // A signer may leave out the line end after %%EOF, or include white space that was there.
    private bool EndsWith(PdfRevision revision, long signedEnd)
    {
        if (signedEnd <= revision.End)
            return revision.End - signedEnd <= 2 && signedEnd >= revision.StartXrefOffset + 10 && IsWhite(signedEnd, revision.End);
        var next =
            revision.Index + 1 < document.Revisions.Count ? document.Revisions[revision.Index + 1].XrefOffset : document.Source.Length;
        return signedEnd <= next && IsWhite(revision.End, signedEnd);
    }

    private bool IsWhite(long from, long to)
    {
        Span<byte> buffer = stackalloc byte[512];
        for (var at = from; at < to; at += buffer.Length)
        {
            var part = buffer[..(int)Math.Min(buffer.Length, to - at)];
            if (document.Source.Read(at, part) != part.Length || part.ContainsAnyExcept(White))
                return false;
        }

        return true;
    }

    // The gap holds exactly "<", hexadecimal digits, ">", and they are the value of /Contents.
    private bool GapIsContents(PdfDictionary signature, long gapStart, long gapEnd)
    {
        if (document.Resolve(signature["Contents"]) is not PdfString { IsHex: true } contents)
            return false;
        var size = gapEnd - gapStart - 2;
        if (size != 2L * contents.Bytes.Length)
            return false;
        var gap = new byte[size + 2];
        if (document.Source.Read(gapStart, gap) != gap.Length || gap[0] != '<' || gap[^1] != '>')
            return false;
        var bytes = new byte[contents.Bytes.Length];
        return Convert.FromHexString(gap.AsSpan(1, (int)size), bytes, out _, out var written) == OperationStatus.Done
            && written == bytes.Length
            && contents.Bytes.Span.SequenceEqual(bytes);
    }

    // The dictionary that is judged is the one that is signed: it stands in the signed bytes, and the gap is inside of its object.
    private string? StandsIn(PdfRevision revision, PdfFormField field, PdfDictionary signature, long gapStart)
    {
        var view = document.AtRevision(revision.Index);
        if (view.AcroForm?.Find(field.FullName) is not { } signed)
            return "signature.not-in-revision";
        if (view.Resolve(signed.Value) is not PdfDictionary there || !there.Equals(signature))
            return "signature.changed";
        var holder = signed.Value as PdfReference ?? signed.Reference;
        if (holder is null || view.FindEntry(holder.Number) is not { Kind: XrefKind.InFile } entry)
            return "signature.place";
        if (entry.Location < revision.Start || entry.Location >= gapStart || gapStart - entry.Location > LongestHead)
            return "signature.place";
        var head = new byte[gapStart - entry.Location];
        if (document.Source.Read(entry.Location, head) != head.Length || head.AsSpan().IndexOf("endobj"u8) >= 0)
            return "signature.place";
        return null;
    }
}
