// Reading a PDF file by random access, ISO 32000-2:2020, 7.5.
// Limits: nothing is repaired; encrypted files are recognised but not decrypted.

using AnTin.Pdf.Filters;
using AnTin.Pdf.Sources;
using AnTin.Pdf.Syntax;
using AnTin.Pdf.Xref;

namespace AnTin.Pdf;

/// <summary>
/// One PDF document, read lazily: opening reads the cross-reference data only, objects are read when asked for.
/// Every member may throw <see cref="PdfFormatException"/> and, of the file's content, nothing else. Not for several threads at once.
/// </summary>
public sealed class PdfDocument
{
    // A chain of references to references; one step is usual, two are rare.
    private const int ReferenceSteps = 16;

    private readonly ObjectReader objects;
    private readonly SharedObjects shared;
    private readonly PdfRevision[] revisions;
    private readonly Dictionary<int, PdfObject> cache = [];
    private readonly List<int> loading = [];
    private PdfDictionary? catalog;
    private PageTree? pageTree;
    private PdfAcroForm? form;
    private bool formRead;

    private PdfDocument(IRandomAccessSource source, PdfLimits limits)
    {
        objects = new ObjectReader(new SourceReader(source), limits);
        shared = new SharedObjects(limits);
        revisions = [];

        var frame = new FileFrame(objects);
        HeaderOffset = frame.FindHeader();
        HeaderVersion = frame.ReadVersion(HeaderOffset);
        var (_, value) = frame.FindLastStartXref();
        if (value >= source.Length - HeaderOffset) throw new PdfFormatException("xref.offset", "startxref points outside the file");
        var chain = new XrefReader(this, objects, HeaderOffset).ReadChain(value + HeaderOffset);
        chain.Reverse();
        revisions = [.. chain];
        frame.Measure(revisions, HeaderOffset, Resolve);
        NextObjectNumber = FindNextObjectNumber();
    }

    private PdfDocument(PdfDocument whole, int count)
    {
        objects = whole.objects;
        shared = whole.shared;
        revisions = whole.revisions[..count];
        HeaderOffset = whole.HeaderOffset;
        HeaderVersion = whole.HeaderVersion;
        NextObjectNumber = FindNextObjectNumber();
    }

    /// <summary>Where the bytes come from.</summary>
    public IRandomAccessSource Source => objects.Source.Source;

    /// <summary>The limits this document is read under.</summary>
    public PdfLimits Limits => objects.Limits;

    /// <summary>File offset of %PDF-; offsets inside the file count from here. 0 in a clean file.</summary>
    public long HeaderOffset { get; }

    /// <summary>The header's version, for instance "1.7"; the catalog's /Version may raise it.</summary>
    public string HeaderVersion { get; }

    /// <summary>The revisions, oldest first; at least one.</summary>
    public IReadOnlyList<PdfRevision> Revisions => revisions;

    /// <summary>The newest revision of this view.</summary>
    public PdfRevision LastRevision => revisions[^1];

    /// <summary>The newest trailer dictionary.</summary>
    public PdfDictionary Trailer => revisions[^1].Trailer;

    /// <summary>Whether the trailer names an encryption dictionary. Such a file's strings and streams are not readable here.</summary>
    public bool IsEncrypted => Trailer.Contains("Encrypt");

    /// <summary>The number the next new object gets: above /Size and above every number in use.</summary>
    public int NextObjectNumber { get; }

    /// <summary>The document catalog.</summary>
    public PdfDictionary Catalog => catalog ??= Resolve(Trailer["Root"]) is PdfDictionary root && root["Pages"] is not null
        ? root
        : throw new PdfFormatException("document.catalog", "The trailer's /Root is not a catalog");

    /// <summary>Number of pages as the page tree's root says.</summary>
    public int PageCount => Tree.Count;

    /// <summary>The interactive form; null when there is none.</summary>
    public PdfAcroForm? AcroForm
    {
        get
        {
            if (formRead) return form;
            form = PdfAcroForm.Read(this);
            formRead = true;
            return form;
        }
    }

    private PageTree Tree => pageTree ??= new PageTree(this);

    /// <summary>Opens a document.</summary>
    /// <exception cref="PdfFormatException">The file is no PDF, or its cross-reference data is broken.</exception>
    public static PdfDocument Open(IRandomAccessSource source, PdfLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new PdfDocument(source, limits ?? PdfLimits.Default);
    }

    /// <summary>The document as it ended with a revision. Shares what was parsed with this one.</summary>
    public PdfDocument AtRevision(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, revisions.Length);
        return index == revisions.Length - 1 ? this : new PdfDocument(this, index + 1);
    }

    /// <summary>A page; the first is 0. Reads only the nodes of the page tree on the way.</summary>
    public PdfPage GetPage(int index) => Tree.Get(index);

    /// <summary>The page that a reference names; null when the page tree does not hold it.</summary>
    public PdfPage? FindPage(PdfReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Tree.Find(reference);
    }

    /// <summary>What the newest cross-reference data says of an object.</summary>
    public XrefEntry FindEntry(int number)
    {
        for (var i = revisions.Length - 1; i >= 0; i--)
        {
            var entry = revisions[i].Find(number);
            if (entry.Kind is not XrefKind.Missing) return entry;
        }

        return default;
    }

    /// <summary>The object with a number; null object when it does not exist or is free.</summary>
    public PdfObject GetObject(int number)
    {
        if (cache.TryGetValue(number, out var known)) return known;
        var value = Load(number, FindEntry(number));
        cache[number] = value;
        return value;
    }

    /// <summary>The object with a number as a revision (by its index) left it.</summary>
    public PdfObject GetObject(int number, int revision) => AtRevision(revision).GetObject(number);

    /// <summary>Follows a reference to the object it means; anything else is given back, absence as the null object.</summary>
    public PdfObject Resolve(PdfObject? value)
    {
        for (var steps = 0; value is PdfReference reference; steps++)
        {
            if (steps == ReferenceSteps) throw new PdfFormatException("object.reference-loop", $"The reference {reference} leads nowhere");
            value = Matches(reference) ? GetObject(reference.Number) : PdfNull.Instance;
        }

        return value ?? PdfNull.Instance;
    }

    /// <summary>The value of a key, references followed, when it is of the type asked for.</summary>
    public T? Get<T>(PdfDictionary dictionary, string key)
        where T : PdfObject
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        return Resolve(dictionary[key]) as T;
    }

    /// <summary>The data of a stream as it stands in the file, still encoded.</summary>
    public ReadOnlyMemory<byte> RawData(PdfStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.DataOffset < 0) return stream.Data;
        if (stream.DataLength > Limits.DecodedStreamBytes) throw new PdfFormatException("limit.stream-bytes", "A stream is longer than allowed", stream.DataOffset);
        return objects.Source.Bytes(stream.DataOffset, (int)stream.DataLength);
    }

    /// <summary>The data of a stream with all its filters undone.</summary>
    /// <exception cref="PdfFormatException">Damaged data, an unknown filter, a picture filter, or a limit exceeded.</exception>
    public ReadOnlyMemory<byte> Decode(PdfStream stream)
    {
        var content = DecodeUpToPicture(stream);
        return content.PictureFilter is null
            ? content.Bytes
            : throw new PdfFormatException("filter.picture", $"The stream is a picture ({content.PictureFilter})", stream.DataOffset);
    }

    /// <summary>The data of a stream with its filters undone up to a picture filter (DCTDecode and the like).</summary>
    public PdfStreamContent DecodeUpToPicture(PdfStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var budget = (int)Math.Min(Limits.DecodedStreamBytes, Math.Max(0, shared.DecodeBudget));
        var content = FilterChain.Decode(this, stream, budget);
        shared.DecodeBudget -= content.Bytes.Length;
        return content;
    }

    internal ObjectReader Objects => objects;

    /// <summary>Whether the first object of the file is a linearization parameter dictionary (Annex F.3.3).</summary>
    internal bool StartsLinearized()
    {
        try
        {
            return objects.Read(HeaderOffset, static (ref PdfParser p) =>
                p.TryUnsigned(out _) && p.TryUnsigned(out _) && p.TryKeyword("obj"u8) && p.ReadObject() is PdfDictionary d && d.Contains("Linearized"));
        }
        catch (PdfFormatException)
        {
            return false;
        }
    }

    private bool Matches(PdfReference reference)
    {
        var entry = FindEntry(reference.Number);
        return entry.Kind is XrefKind.InFile or XrefKind.Compressed && GenerationOf(entry) == reference.Generation;
    }

    private static int GenerationOf(XrefEntry entry) => entry.Kind is XrefKind.Compressed ? 0 : entry.Extra;

    private PdfObject Load(int number, XrefEntry entry)
    {
        if (entry.Kind is not (XrefKind.InFile or XrefKind.Compressed)) return PdfNull.Instance;
        // Two at most in a sound file: a stream and the object that holds its length.
        if (loading.Contains(number)) throw new PdfFormatException("object.cycle", $"Object {number} needs itself to be read");
        loading.Add(number);
        try
        {
            return entry.Kind is XrefKind.InFile ? LoadFromFile(number, entry) : LoadCompressed(number, entry);
        }
        finally
        {
            loading.Remove(number);
        }
    }

    private PdfObject LoadFromFile(int number, XrefEntry entry)
    {
        if (shared.TryGet(entry.Location, number, out var known)) return known;
        var found = objects.ReadIndirect(entry.Location, Resolve);
        if (found.Number != number || found.Generation != entry.Extra)
        {
            throw new PdfFormatException("object.header", $"Object {number} is not where the cross-reference data says", entry.Location);
        }

        // A length held elsewhere may differ from revision to revision: such a stream belongs to this view alone.
        if (found.Value is not PdfStream { Dictionary: var d } || d["Length"] is not PdfReference) shared.Keep(entry.Location, number, found.Value);
        return found.Value;
    }

    private PdfObject LoadCompressed(int number, XrefEntry entry)
    {
        var holder = (int)entry.Location;
        if (FindEntry(holder) is not { Kind: XrefKind.InFile } place) throw new PdfFormatException("object-stream.missing", $"Object {number} is said to be in object stream {holder}, which is none");
        if (!shared.TryGetContent(place.Location, out var content))
        {
            if (GetObject(holder) is not PdfStream stream) throw new PdfFormatException("object-stream.missing", $"Object {holder} is not an object stream", place.Location);
            content = ObjectStreamContent.Read(this, stream, place.Location);
            shared.KeepContent(place.Location, content);
        }

        return content.Get(number, entry.Extra, Limits);
    }

    private int FindNextObjectNumber()
    {
        var next = Trailer["Size"] is PdfInteger { Value: > 0 } size ? size.Value : 1;
        foreach (var revision in revisions) next = Math.Max(next, revision.HighestNumber + 1L);
        return (int)Math.Clamp(next, 1, (long)Limits.ObjectNumber + 1);
    }
}
