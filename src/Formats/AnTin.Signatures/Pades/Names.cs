using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>Names that signing writes again and again.</summary>
internal static class Names
{
    public static readonly PdfName Annot = new("Annot");
    public static readonly PdfName Widget = new("Widget");
    public static readonly PdfName Sig = new("Sig");
    public static readonly PdfName Tx = new("Tx");
    public static readonly PdfName SigRef = new("SigRef");
    public static readonly PdfName SigFieldLock = new("SigFieldLock");
    public static readonly PdfName TransformParams = new("TransformParams");
    public static readonly PdfName FieldMdp = new("FieldMDP");
    public static readonly PdfName FieldMdpVersion = new("1.2");
    public static readonly PdfName PpkLite = new("Adobe.PPKLite");
    public static readonly PdfName CadesDetached = new("ETSI.CAdES.detached");

    /// <summary>Annotation flags Print (bit 3) and Locked (bit 8), ISO 32000-2:2020, Table 167.</summary>
    public static readonly PdfInteger PrintLocked = new(4 + 128);

    /// <summary>SignaturesExist and AppendOnly, ISO 32000-2:2020, Table 225.</summary>
    public static readonly PdfInteger AppendOnlySignatures = new(3);
}
