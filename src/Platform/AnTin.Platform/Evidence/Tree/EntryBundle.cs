using System.Buffers.Binary;
using System.Text;

namespace AnTin.Platform.Evidence.Tree;

/// <summary>C2SP tlog-tiles, log entries: each with its length in 16 bits, big-endian.</summary>
public static class EntryBundle
{
    public static byte[] Encode(IEnumerable<string> leaves)
    {
        using var bundle = new MemoryStream();
        Span<byte> length = stackalloc byte[2];
        foreach (string leaf in leaves)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(leaf);
            BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)bytes.Length));
            bundle.Write(length);
            bundle.Write(bytes);
        }
        return bundle.ToArray();
    }
}
