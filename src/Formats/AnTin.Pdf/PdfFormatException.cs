namespace AnTin.Pdf;

/// <summary>
/// The file is not the PDF it should be. The only exception that reading a PDF lets out.
/// </summary>
/// <param name="code">Stable word for the kind of fault, for instance <c>xref.entry</c>; user texts are found by it.</param>
/// <param name="message">English sentence for logs.</param>
/// <param name="offset">Byte offset in the file where the fault was met; -1 when it has no place in the file.</param>
/// <param name="innerException">What the base class library said, where it said something.</param>
public sealed class PdfFormatException(string code, string message, long offset = -1, Exception? innerException = null)
    : FormatException(offset >= 0 ? $"{message} (byte {offset})" : message, innerException)
{
    /// <summary>Stable word for the kind of fault.</summary>
    public string Code { get; } = code;

    /// <summary>Byte offset in the file, or -1.</summary>
    public long Offset { get; } = offset;
}
