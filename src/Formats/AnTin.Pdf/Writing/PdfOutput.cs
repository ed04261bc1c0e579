using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace AnTin.Pdf.Writing;

/// <summary>A growing pooled buffer that PDF objects are written to. Dispose gives the buffer back.</summary>
internal sealed class PdfOutput : IDisposable
{
    private byte[] buffer;
    private int length;

    public PdfOutput(int capacity = 16 * 1024) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Where references with negative numbers were left out; null where every reference is written.</summary>
    public List<(int At, int Target)>? Holes { get; init; }

    public int Length => length;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        length += bytes.Length;
    }

    public void Write(byte value)
    {
        Reserve(1)[0] = value;
        length++;
    }

    public void WriteInteger(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var written);
        length += written;
    }

    /// <summary>Writes a number with leading zeros.</summary>
    public void WritePadded(long value, int digits)
    {
        value.TryFormat(Reserve(20), out var written, digits == 10 ? "D10" : "D5", CultureInfo.InvariantCulture);
        length += written;
    }

    public void WriteLatin1(string text)
    {
        var to = Reserve(text.Length);
        for (var i = 0; i < text.Length; i++) to[i] = (byte)text[i];
        length += text.Length;
    }

    public void WriteHex(ReadOnlySpan<byte> bytes)
    {
        var to = Reserve(bytes.Length * 2);
        Convert.TryToHexString(bytes, to, out var written);
        length += written;
    }

    /// <summary>Room for at least so many bytes; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Reserve(int count)
    {
        if (buffer.Length - length < count) Grow(count);
        return buffer.AsSpan(length);
    }

    public void Advance(int count) => length += count;

    public byte[] ToArray() => Written.ToArray();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    private void Grow(int count)
    {
        var next = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max((long)buffer.Length * 2, (long)length + count)));
        Written.CopyTo(next);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = next;
    }
}
