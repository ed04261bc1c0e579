// UUID version 7 with a counter, RFC 9562 §5.7 and §6.2, method 1: ids of one process sort in the order they were given, also
// within a millisecond and when the clock is set back. Between processes the clock decides, as before.

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AnTin.Platform.Evidence;

/// <summary>Ids for entries: the sequencer goes by them, so acts of one process stand in the log in the order they were done.</summary>
internal sealed class OrderedIds
{
    private const int CounterLimit = 1 << 12;

    private readonly Lock _gate = new();
    private long _millisecond;
    private int _counter;

    public Guid Next(DateTimeOffset now)
    {
        long millisecond;
        int counter;
        lock (_gate)
        {
            if (now.ToUnixTimeMilliseconds() > _millisecond)
                (_millisecond, _counter) = (now.ToUnixTimeMilliseconds(), 0);
            else if (++_counter == CounterLimit)
                (_millisecond, _counter) = (_millisecond + 1, 0);
            (millisecond, counter) = (_millisecond, _counter);
        }
        Span<byte> id = stackalloc byte[16];
        RandomNumberGenerator.Fill(id[8..]);
        BinaryPrimitives.WriteUInt64BigEndian(id, ((ulong)millisecond << 16) | 0x7000 | (uint)counter);
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }
}
