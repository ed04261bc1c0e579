namespace AnTin.Pdf;

/// <summary>What a stream decodes to.</summary>
/// <param name="Bytes">The data after all filters, or before the picture filter that stopped decoding.</param>
/// <param name="PictureFilter">DCTDecode, JPXDecode, CCITTFaxDecode or JBIG2Decode when <paramref name="Bytes"/> is still in that form.</param>
/// <param name="Parameters">That filter's parameters.</param>
public sealed record PdfStreamContent(ReadOnlyMemory<byte> Bytes, string? PictureFilter, PdfDictionary? Parameters);
