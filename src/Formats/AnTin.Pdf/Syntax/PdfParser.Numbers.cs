// Numbers and references, ISO 32000-2:2020, 7.3.3 and 7.3.10.

using System.Globalization;
using System.Text;

namespace AnTin.Pdf.Syntax;

internal ref partial struct PdfParser
{
    private PdfObject ReadNumberOrReference()
    {
        var number = ReadNumber();
        if (!AllowReferences || number is not PdfInteger { Value: >= 0, Text: null } integer || integer.Value > limits.ObjectNumber) return number;

        var after = position;
        SkipSpace();
        if (position < data.Length && Characters.IsDigit(data[position]) && TryUnsigned(out var generation) && generation <= 65_535)
        {
            SkipSpace();
            if (AtEnd && !isFinal) throw new WindowEndException();
            if (!AtEnd && data[position] == 'R')
            {
                RequireAvailable(2);
                if (position + 1 >= data.Length || !Characters.IsRegular(data[position + 1]))
                {
                    position++;
                    return new PdfReference((int)integer.Value, (int)generation);
                }
            }
        }
        else if (AtEnd && !isFinal)
        {
            throw new WindowEndException();
        }

        position = after;
        return number;
    }

    private PdfNumber ReadNumber()
    {
        var start = position;
        if (data[position] is (byte)'+' or (byte)'-') position++;
        long mantissa = 0;
        int digits = 0, decimals = 0, point = -1;
        for (; position < data.Length; position++)
        {
            var b = data[position];
            if (Characters.IsDigit(b))
            {
                if (digits < 18) mantissa = (mantissa * 10) + (b - '0');
                digits++;
                if (point >= 0) decimals++;
            }
            else if (b == '.' && point < 0)
            {
                point = position;
            }
            else
            {
                break;
            }
        }

        if (position == data.Length && !isFinal) throw new WindowEndException();
        if (digits == 0 || (position < data.Length && Characters.IsRegular(data[position])))
        {
            position = start;
            throw Fault("syntax.number", "A number is malformed");
        }

        var text = data[start..position];
        var negative = text[0] == '-';
        if (point < 0 && digits <= 18) return MakeInteger(text, negative ? -mantissa : mantissa);
        if (digits > 15) return new PdfReal(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text));
        var value = mantissa / Math.Pow(10, decimals);
        return new PdfReal(negative ? -value : value, Encoding.ASCII.GetString(text));
    }

    private static PdfInteger MakeInteger(ReadOnlySpan<byte> text, long value)
    {
        var first = text[0];
        var canonical = first is >= (byte)'1' and <= (byte)'9' || (text.Length == 1 && first == '0') || (first == '-' && text[1] != '0');
        return canonical ? PdfInteger.Of(value) : new PdfInteger(value, Encoding.ASCII.GetString(text));
    }
}
