namespace AnTin.Pdf.Filters;

/// <summary>The filters of one stream with their parameters, ready to be applied in order.</summary>
internal static class FilterChain
{
    // No producer stacks more than three; a dozen still ends quickly.
    private const int Limit = 12;

    /// <summary>Decodes until the data is plain or a picture filter is met.</summary>
    public static PdfStreamContent Decode(PdfDocument document, PdfStream stream, int budget)
    {
        var (names, parameters) = Read(document, stream);
        var data = document.RawData(stream);
        for (var i = 0; i < names.Count; i++)
        {
            switch (names[i])
            {
                case "FlateDecode" or "Fl":
                    data = Unpredict(document, Filters.Flate(data, budget), parameters[i]);
                    break;
                case "LZWDecode" or "LZW":
                    var early = Number(document, parameters[i], "EarlyChange", 1);
                    data = Unpredict(document, Lzw.Decode(data.Span, early == 0 ? 0 : 1, budget), parameters[i]);
                    break;
                case "ASCIIHexDecode" or "AHx":
                    data = Filters.AsciiHex(data.Span, budget);
                    break;
                case "ASCII85Decode" or "A85":
                    data = Filters.Ascii85(data.Span, budget);
                    break;
                case "RunLengthDecode" or "RL":
                    data = Filters.RunLength(data.Span, budget);
                    break;
                case "Crypt" when parameters[i] is null || parameters[i]!["Name"] is null or PdfName { Value: "Identity" }:
                    break;
                case "DCTDecode" or "DCT" or "JPXDecode" or "CCITTFaxDecode" or "CCF" or "JBIG2Decode":
                    return new PdfStreamContent(data, names[i], parameters[i]);
                default:
                    throw new PdfFormatException("filter.unknown", $"The filter {names[i]} is unknown", stream.DataOffset);
            }
        }

        return new PdfStreamContent(data, PictureFilter: null, Parameters: null);
    }

    private static (List<string> Names, List<PdfDictionary?> Parameters) Read(PdfDocument document, PdfStream stream)
    {
        if (stream.Dictionary.Contains("F")) throw new PdfFormatException("stream.external", "The stream's data lies in another file", stream.DataOffset);
        var names = new List<string>();
        var parameters = new List<PdfDictionary?>();
        var filter = document.Resolve(stream.Dictionary["Filter"]);
        var parms = document.Resolve(stream.Dictionary["DecodeParms"]);
        if (filter is PdfName single)
        {
            names.Add(single.Value);
            parameters.Add(AsDictionary(document, parms is PdfArray { Count: > 0 } list ? list[0] : parms));
        }
        else if (filter is PdfArray many)
        {
            if (many.Count > Limit) throw new PdfFormatException("limit.filters", "A stream has too many filters", stream.DataOffset);
            for (var i = 0; i < many.Count; i++)
            {
                if (document.Resolve(many[i]) is not PdfName name) throw new PdfFormatException("stream.filter", "A filter is not a name", stream.DataOffset);
                names.Add(name.Value);
                parameters.Add(AsDictionary(document, parms is PdfArray all ? (i < all.Count ? all[i] : null) : (many.Count == 1 ? parms : null)));
            }
        }
        else if (filter is not PdfNull)
        {
            throw new PdfFormatException("stream.filter", "/Filter is neither a name nor an array", stream.DataOffset);
        }

        return (names, parameters);
    }

    private static PdfDictionary? AsDictionary(PdfDocument document, PdfObject? value) => document.Resolve(value) as PdfDictionary;

    private static byte[] Unpredict(PdfDocument document, byte[] data, PdfDictionary? parameters) =>
        parameters is null
            ? data
            : Predictor.Undo(
                data,
                Number(document, parameters, "Predictor", 1),
                Number(document, parameters, "Colors", 1),
                Number(document, parameters, "BitsPerComponent", 8),
                Number(document, parameters, "Columns", 1));

    private static int Number(PdfDocument document, PdfDictionary? parameters, string key, int missing) =>
        parameters is not null && document.Resolve(parameters[key]) is PdfInteger { Value: >= 0 and <= int.MaxValue } n ? (int)n.Value : missing;
}
