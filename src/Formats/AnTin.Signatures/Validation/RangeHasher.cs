// Digests of many ranges of one file, and of the file itself, in one pass over its bytes.
using System.Security.Cryptography;
using AnTin.Pdf;

namespace AnTin.Signatures;

internal sealed class RangeHasher : IDisposable
{
    private const int Block = 256 * 1024;

    private readonly List<Task> _tasks = [];

    /// <summary>Asks for the digest of everything up to <paramref name="end"/> but [holeStart, holeEnd). The same question is computed once.</summary>
    public Func<ReadOnlyMemory<byte>> Add(HashAlgorithmName algorithm, long holeStart, long holeEnd, long end)
    {
        var task = _tasks.Find(t => t.Algorithm == algorithm && t.HoleStart == holeStart && t.HoleEnd == holeEnd && t.End == end);
        if (task is null)
        {
            task = new Task(algorithm, holeStart, holeEnd, end, IncrementalHash.CreateHash(algorithm));
            _tasks.Add(task);
        }

        return () => task.Digest;
    }

    public void Run(IRandomAccessSource source)
    {
        var cuts = new SortedSet<long>();
        foreach (var task in _tasks)
        {
            cuts.UnionWith([0, task.HoleStart, task.HoleEnd, task.End]);
        }

        var buffer = Array.Empty<byte>();
        long from = 0;
        foreach (var to in cuts)
        {
            var active = _tasks.FindAll(t => to > from && to <= t.End && (to <= t.HoleStart || from >= t.HoleEnd));
            if (active.Count == 1)
            {
                source.HashRange(from, to - from, active[0].Hash);
            }
            else if (active.Count > 1)
            {
                Feed(source, from, to, active, ref buffer);
            }

            from = to;
        }

        foreach (var task in _tasks)
        {
            task.Digest = task.Hash.GetHashAndReset();
        }
    }

    public void Dispose() => _tasks.ForEach(t => t.Hash.Dispose());

    private static void Feed(IRandomAccessSource source, long from, long to, List<Task> active, ref byte[] buffer)
    {
        if (source is MemorySource)
        {
            active.ForEach(t => source.HashRange(from, to - from, t.Hash));
            return;
        }

        if (buffer.Length == 0)
        {
            buffer = new byte[Block];
        }

        while (from < to)
        {
            var count = source.Read(from, buffer.AsSpan(0, (int)Math.Min(Block, to - from)));
            if (count == 0)
            {
                throw new PdfFormatException("file.short", "The source ended before its length", from);
            }

            foreach (var task in active)
            {
                task.Hash.AppendData(buffer, 0, count);
            }

            from += count;
        }
    }

    private sealed class Task(HashAlgorithmName algorithm, long holeStart, long holeEnd, long end, IncrementalHash hash)
    {
        public HashAlgorithmName Algorithm { get; } = algorithm;

        public long HoleStart { get; } = holeStart;

        public long HoleEnd { get; } = holeEnd;

        public long End { get; } = end;

        public IncrementalHash Hash { get; } = hash;

        public ReadOnlyMemory<byte> Digest { get; set; }
    }
}
