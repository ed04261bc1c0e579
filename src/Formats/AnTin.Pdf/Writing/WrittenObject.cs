namespace AnTin.Pdf.Writing;

/// <summary>
/// An object in its written form, for use in many documents: the bytes, and the places where references of the document go.
/// </summary>
internal sealed class WrittenObject : PdfObject
{
    private readonly byte[] bytes;
    private readonly (int At, int Target)[] holes;
    private readonly PdfReference[] references;

    private WrittenObject(byte[] bytes, (int At, int Target)[] holes, PdfReference[] references)
    {
        this.bytes = bytes;
        this.holes = holes;
        this.references = references;
    }

    /// <summary>Writes an object in memory; references with negative numbers -1, -2, … are the places left open.</summary>
    public static WrittenObject Of(PdfObject value)
    {
        using var output = new PdfOutput { Holes = [] };
        ObjectWriter.WriteBody(output, value, document: null);
        return new WrittenObject(output.ToArray(), [.. output.Holes], []);
    }

    /// <summary>The object with its open references given: the first answers to -1.</summary>
    public WrittenObject With(PdfReference[] targets) => holes.Length == 0 ? this : new WrittenObject(bytes, holes, targets);

    public void WriteTo(PdfOutput output)
    {
        var from = 0;
        foreach (var (at, target) in holes)
        {
            output.Write(bytes.AsSpan(from, at - from));
            ObjectWriter.Write(output, references[target]);
            from = at;
        }

        output.Write(bytes.AsSpan(from));
    }
}
