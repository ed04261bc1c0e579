using System.Buffers;

namespace AnTin.Pdf.Filters;

/// <summary>A growing buffer that refuses to pass its limit.</summary>
internal sealed class DecodeOutput(int limit) : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public void Append(byte value)
    {
        if (Length == buffer.Length) Grow(1);
        RequireRoom(1);
        buffer[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> values)
    {
        RequireRoom(values.Length);
        if (buffer.Length - Length < values.Length) Grow(values.Length);
        values.CopyTo(buffer.AsSpan(Length));
        Length += values.Length;
    }

    public void Append(byte value, int count)
    {
        RequireRoom(count);
        if (buffer.Length - Length < count) Grow(count);
        buffer.AsSpan(Length, count).Fill(value);
        Length += count;
    }

    /// <summary>Room to be written directly, at least one byte; <see cref="Advance"/> says how much was used.</summary>
    public Span<byte> Free()
    {
        if (Length == buffer.Length) Grow(1);
        return buffer.AsSpan(Length);
    }

    public void Advance(int count)
    {
        RequireRoom(count);
        Length += count;
    }

    public byte[] ToArray() => Written.ToArray();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void RequireRoom(int count)
    {
        if (count > limit - Length) throw new PdfFormatException("limit.decoded-bytes", "A stream decodes to more bytes than allowed");
    }

    private void Grow(int atLeast)
    {
        var next = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max((long)buffer.Length * 2, (long)Length + atLeast)));
        Written.CopyTo(next);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = next;
    }
}
