using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AnTin.Pdf;

namespace AnTin.TestKit.Pdf;

/// <summary>A source with a hole of zeros in the middle, larger than any disk of a test machine would like to hold.</summary>
public sealed class SparseSource : IRandomAccessSource
{
    private readonly byte[] head;
    private readonly long hole;
    private readonly byte[] tail;

    private SparseSource(byte[] head, long hole, byte[] tail) => (this.head, this.hole, this.tail) = (head, hole, tail);

    /// <inheritdoc/>
    public long Length => head.Length + hole + tail.Length;

    /// <summary>A one-page file with a stream of zeros.</summary>
    public static SparseSource WithStreamOf(long zeros)
    {
        string[] bodies = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"];
        var start = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<long>();
        for (var i = 0; i < bodies.Length; i++)
        {
            offsets.Add(start.Length);
            start.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{bodies[i]}\nendobj\n");
        }

        offsets.Add(start.Length);
        start.Append(CultureInfo.InvariantCulture, $"4 0 obj\n<< /Length {zeros} >>\nstream\n");
        const string End = "\nendstream\nendobj\n";
        var at = start.Length + zeros + End.Length;
        var rest = new StringBuilder(End).Append("xref\n0 5\n0000000000 65535 f \n");
        foreach (var offset in offsets) rest.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        rest.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n");
        return new SparseSource(Encoding.ASCII.GetBytes(start.ToString()), zeros, Encoding.ASCII.GetBytes(rest.ToString()));
    }

    /// <summary>The same followed by more bytes.</summary>
    public SparseSource With(ReadOnlySpan<byte> more) => new(head, hole, [.. tail, .. more]);

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        var count = (int)Math.Min(destination.Length, Math.Max(0, Length - offset));
        for (var i = 0; i < count;)
        {
            var at = offset + i;
            var part = at < head.Length ? head.AsSpan((int)at) : at < head.Length + hole ? [] : tail.AsSpan((int)(at - head.Length - hole));
            if (part.IsEmpty)
            {
                var zeros = (int)Math.Min(count - i, head.Length + hole - at);
                destination.Slice(i, zeros).Clear();
                i += zeros;
                continue;
            }

            part = part[..Math.Min(part.Length, count - i)];
            part.CopyTo(destination[i..]);
            i += part.Length;
        }

        return count;
    }

    /// <inheritdoc/>
    public void HashRange(long offset, long length, IncrementalHash hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        var block = new byte[1 << 20];
        while (length > 0)
        {
            var read = Read(offset, block.AsSpan(0, (int)Math.Min(block.Length, length)));
            hash.AppendData(block.AsSpan(0, read));
            offset += read;
            length -= read;
        }
    }
}
