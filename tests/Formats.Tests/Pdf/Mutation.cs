using CsCheck;

namespace AnTin.Formats.Tests.Pdf;

/// <summary>Damage to a file: bytes changed, lost, inserted, copied, digits changed, the end cut off.</summary>
internal static class Mutation
{
    public static Gen<(int At, int Kind, byte Value, int Count)[]> Several { get; } = Gen.Select(Gen.Int[0, 1 << 20], Gen.Int[0, 5], Gen.Byte, Gen.Int[1, 40]).Array[1, 6];

    public static byte[] Apply(byte[] file, (int At, int Kind, byte Value, int Count)[] edits) => [.. edits.Aggregate(file.ToList(), Mutate)];

    private static List<byte> Mutate(List<byte> bytes, (int At, int Kind, byte Value, int Count) edit)
    {
        if (bytes.Count == 0) return bytes;
        var at = edit.At % bytes.Count;
        var count = Math.Min(edit.Count, bytes.Count - at);
        switch (edit.Kind)
        {
            case 0: bytes[at] = edit.Value; break;
            case 1: bytes.RemoveRange(at, count); break;
            case 2: bytes.InsertRange(at, Enumerable.Repeat(edit.Value, count)); break;
            case 3: bytes.InsertRange(at, bytes.GetRange(edit.At % 97 % bytes.Count, Math.Min(count, bytes.Count - (edit.At % 97 % bytes.Count)))); break;
            case 4:
                // A digit somewhere becomes another: offsets, lengths, counts and object numbers go wrong.
                var digit = bytes.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
                if (digit >= 0) bytes[digit] = (byte)('0' + (edit.Value % 10));
                break;
            default: bytes.RemoveRange(at, bytes.Count - at); break;
        }

        return bytes;
    }
}
