using System.Text;

namespace AnTin.Pdf;

/// <summary>
/// A name, without its solidus and with #xx escapes resolved. Names are bytes; <see cref="Value"/> holds one byte a character
/// (Latin-1), so that every name survives reading and writing. <see cref="Text"/> reads the bytes as UTF-8.
/// </summary>
public sealed class PdfName : PdfObject
{
    // Names that nearly every file repeats; one instance each keeps parsing from allocating them again.
    private static readonly Dictionary<string, PdfName> Known = MakeKnown();
    private static readonly Dictionary<string, PdfName>.AlternateLookup<ReadOnlySpan<char>> KnownBySpan = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Makes a name from its bytes given as Latin-1 characters.</summary>
    /// <exception cref="ArgumentException">A character above U+00FF, or NUL, which no name may hold (ISO 32000-2 7.3.5).</exception>
    public PdfName(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var c in value)
        {
            if (c is '\0' or > '\u00FF') throw new ArgumentException("A PDF name holds bytes 01 to FF.", nameof(value));
        }

        Value = value;
    }

    private PdfName(string value, bool known) => Value = known ? string.Intern(value) : value;

    /// <summary>One byte a character.</summary>
    public string Value { get; }

    /// <summary>The bytes read as UTF-8 (ISO 32000-2 7.3.5, NOTE 4).</summary>
    public string Text => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Value));

    /// <summary>Makes a name whose bytes are the UTF-8 form of a text.</summary>
    public static PdfName FromText(string text) => new(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (obj is PdfName other && string.Equals(other.Value, Value, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => "/" + Value;

    internal static PdfName FromLatin1(ReadOnlySpan<char> value) =>
        KnownBySpan.TryGetValue(value, out var known) ? known : new PdfName(new string(value), known: false);

    internal static PdfName Of(string value) => Known.TryGetValue(value, out var known) ? known : new PdfName(value);

    private static Dictionary<string, PdfName> MakeKnown()
    {
        string[] names =
        [
            "Type", "Subtype", "Page", "Pages", "Catalog", "Kids", "Count", "Parent", "Resources", "MediaBox", "CropBox", "Rotate", "Contents", "Annots",
            "Length", "Filter", "FlateDecode", "DecodeParms", "Predictor", "Columns", "Colors", "BitsPerComponent", "XRef", "ObjStm", "N", "First", "Extends",
            "Size", "Root", "Info", "ID", "Prev", "XRefStm", "Encrypt", "W", "Index", "Font", "ProcSet", "PDF", "Text", "ImageB", "ImageC", "ImageI", "XObject",
            "ExtGState", "ColorSpace", "Pattern", "Shading", "Properties", "Metadata", "StructTreeRoot", "MarkInfo", "Lang", "Outlines", "Names", "Dests",
            "AcroForm", "Fields", "SigFlags", "DR", "DA", "NeedAppearances", "FT", "Tx", "Btn", "Ch", "Sig", "T", "TU", "V", "DV", "Ff", "F", "Rect", "P", "AP",
            "D", "R", "Annot", "Widget", "BBox", "Matrix", "Form", "Image", "Width", "Height", "SMask", "DeviceRGB", "DeviceGray", "DeviceCMYK", "BaseFont",
            "Encoding", "ToUnicode", "FirstChar", "LastChar", "Widths", "FontDescriptor", "FontName", "Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent",
            "CapHeight", "StemV", "FontFile2", "FontFile3", "Type0", "Type1", "TrueType", "CIDFontType2", "Identity-H", "CIDToGIDMap", "DescendantFonts", "DW",
            "Group", "S", "Transparency", "CS", "I", "K", "StructElem", "StructParents", "StructParent", "Pg", "A", "Link", "URI", "Border", "Dest", "XYZ", "Fit",
            "Producer", "Creator", "CreationDate", "ModDate", "Title", "Author", "Linearized", "L", "H", "O", "E", "ByteRange", "SubFilter", "Adobe.PPKLite",
            "ETSI.CAdES.detached", "adbe.pkcs7.detached", "Reference", "SigRef", "TransformMethod", "TransformParams", "FieldMDP", "DocMDP", "Lock",
            "SigFieldLock", "Action", "All", "Include", "Exclude", "M", "Reason", "Location", "Name", "ContactInfo", "Prop_Build", "Version", "Perms",
        ];
        var known = new Dictionary<string, PdfName>(names.Length, StringComparer.Ordinal);
        foreach (var name in names) known.TryAdd(name, new PdfName(name, known: true));
        return known;
    }
}
