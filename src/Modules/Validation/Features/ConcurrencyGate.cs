namespace AnTin.Modules.Validation.Features;

/// <summary>
/// Keeps strangers from taking all processors: as many verifications at once as there are processors, as many again times eight waiting,
/// the rest is told to come back.
/// </summary>
internal sealed class ConcurrencyGate : IDisposable
{
    private readonly SemaphoreSlim _running = new(Environment.ProcessorCount);
    private readonly int _mostWaiting = Environment.ProcessorCount * 8;
    private int _present;

    /// <returns>Null when too many are waiting already; otherwise leave by disposing.</returns>
    public async Task<IDisposable?> EnterAsync(CancellationToken ct)
    {
        if (Interlocked.Increment(ref _present) > Environment.ProcessorCount + _mostWaiting)
        {
            Interlocked.Decrement(ref _present);
            return null;
        }
        try
        {
            await _running.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Decrement(ref _present);
            throw;
        }
        return new Place(this);
    }

    public void Dispose() => _running.Dispose();

    private void Leave()
    {
        _running.Release();
        Interlocked.Decrement(ref _present);
    }

    private sealed class Place(ConcurrencyGate gate) : IDisposable
    {
        private ConcurrencyGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
