// Writing objects, ISO 32000-2:2020, 7.3. Numbers that were read keep their spelling, strings keep their form.

using AnTin.Pdf.Syntax;

namespace AnTin.Pdf.Writing;

internal static class ObjectWriter
{
    /// <summary>Writes "n g obj … endobj".</summary>
    public static void WriteIndirect(PdfOutput output, int number, int generation, PdfObject value, PdfDocument document)
    {
        output.WriteInteger(number);
        output.Write((byte)' ');
        output.WriteInteger(generation);
        output.Write(" obj\n"u8);
        WriteBody(output, value, document);
        output.Write("\nendobj\n"u8);
    }

    /// <summary>Writes an object that may be a stream; its data is read from <paramref name="document"/> when it is not in memory.</summary>
    public static void WriteBody(PdfOutput output, PdfObject value, PdfDocument? document)
    {
        if (value is PdfStream stream) WriteStream(output, stream, document);
        else Write(output, value);
    }

    public static void Write(PdfOutput output, PdfObject value)
    {
        switch (value)
        {
            case PdfName name:
                WriteName(output, name.Value);
                break;
            case PdfInteger { Text: null } integer:
                output.WriteInteger(integer.Value);
                break;
            case PdfNumber number:
                output.WriteLatin1(number.ToString()!);
                break;
            case PdfReference { Number: < 0 } open when output.Holes is { } holes:
                holes.Add((output.Length, -open.Number - 1));
                break;
            case PdfReference reference:
                output.WriteInteger(reference.Number);
                output.Write((byte)' ');
                output.WriteInteger(reference.Generation);
                output.Write(" R"u8);
                break;
            case PdfString text:
                WriteString(output, text);
                break;
            case PdfArray array:
                WriteArray(output, array);
                break;
            case PdfDictionary dictionary:
                WriteDictionary(output, dictionary);
                break;
            case PdfBoolean boolean:
                output.Write(boolean.Value ? "true"u8 : "false"u8);
                break;
            case PdfNull:
                output.Write("null"u8);
                break;
            case WrittenObject written:
                written.WriteTo(output);
                break;
            case PdfPlaceholder placeholder:
                placeholder.WriteTo(output.Reserve(placeholder.Length), output.Length);
                output.Advance(placeholder.Length);
                break;
            default:
                throw new InvalidOperationException("A stream cannot be a direct object.");
        }
    }

    private static void WriteStream(PdfOutput output, PdfStream stream, PdfDocument? document)
    {
        var data = stream.DataOffset < 0 ? stream.Data : document!.RawData(stream);
        var dictionary = stream.Dictionary;
        if (dictionary["Length"] is not PdfInteger length || length.Value != data.Length) dictionary = dictionary.Copy().With("Length", PdfInteger.Of(data.Length));
        WriteDictionary(output, dictionary);
        output.Write("\nstream\n"u8);
        output.Write(data.Span);
        output.Write("\nendstream"u8);
    }

    private static void WriteDictionary(PdfOutput output, PdfDictionary dictionary)
    {
        output.Write("<<"u8);
        foreach (ref readonly var entry in dictionary.Entries)
        {
            if (entry.Value is PdfNull) continue;
            WriteName(output, entry.Key.Value);
            if (entry.Value is not (PdfName or PdfString or PdfArray or PdfDictionary or PdfPlaceholder)) output.Write((byte)' ');
            Write(output, entry.Value);
        }

        output.Write(">>"u8);
    }

    private static void WriteArray(PdfOutput output, PdfArray array)
    {
        output.Write((byte)'[');
        for (var i = 0; i < array.Count; i++)
        {
            if (i > 0) output.Write((byte)' ');
            Write(output, array[i]);
        }

        output.Write((byte)']');
    }

    private static void WriteName(PdfOutput output, string name)
    {
        // Every byte may need three characters.
        var to = output.Reserve((name.Length * 3) + 1);
        to[0] = (byte)'/';
        var n = 1;
        foreach (var c in name)
        {
            var b = (byte)c;
            if (b is > 0x20 and < 0x7F && b != '#' && Characters.IsRegular(b))
            {
                to[n++] = b;
                continue;
            }

            to[n++] = (byte)'#';
            to[n++] = HexDigit(b >> 4);
            to[n++] = HexDigit(b & 15);
        }

        output.Advance(n);
    }

    private static void WriteString(PdfOutput output, PdfString text)
    {
        var bytes = text.Bytes.Span;
        if (text.IsHex)
        {
            output.Write((byte)'<');
            output.WriteHex(bytes);
            output.Write((byte)'>');
            return;
        }

        var to = output.Reserve((bytes.Length * 2) + 2);
        to[0] = (byte)'(';
        var n = 1;
        foreach (var b in bytes)
        {
            // A carriage return written bare would read back as a line feed (7.3.4.2).
            var escape = b switch { (byte)'(' or (byte)')' or (byte)'\\' => b, (byte)'\r' => (byte)'r', _ => (byte)0 };
            if (escape != 0) to[n++] = (byte)'\\';
            to[n++] = escape != 0 ? escape : b;
        }

        to[n++] = (byte)')';
        output.Advance(n);
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
