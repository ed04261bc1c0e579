namespace AnTin.Modules.Documents.Features;

/// <summary>
/// Lets one act at a time through per key within this process; singleton. Only saves work that would lose a race: correctness between
/// processes comes from the database. A gate lives while somebody waits at it.
/// </summary>
internal sealed class Gates
{
    private readonly Dictionary<object, Gate> _gates = [];
    private readonly Lock _lock = new();

    public async Task<IDisposable> EnterAsync(object key, CancellationToken ct)
    {
        Gate gate = Join(key);
        try
        {
            await gate.Semaphore.WaitAsync(ct);
        }
        catch
        {
            Leave(key, gate);
            throw;
        }
        return new Passage(this, key, gate);
    }

    private Gate Join(object key)
    {
        lock (_lock)
        {
            if (!_gates.TryGetValue(key, out Gate? gate))
                _gates.Add(key, gate = new Gate());
            gate.Users++;
            return gate;
        }
    }

    private void Leave(object key, Gate gate)
    {
        lock (_lock)
        {
            if (--gate.Users > 0)
                return;
            _gates.Remove(key);
            gate.Semaphore.Dispose();
        }
    }

    private sealed class Gate
    {
        public SemaphoreSlim Semaphore { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Passage(Gates gates, object key, Gate gate) : IDisposable
    {
        public void Dispose()
        {
            gate.Semaphore.Release();
            gates.Leave(key, gate);
        }
    }
}
