namespace AnTin.Modules.Tests.Pki;

/// <summary>
/// A clock that stands where it is set, for a whole host: its timers run in real time, since moving a host's timers by a year would
/// fire each of them millions of times.
/// </summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    private long _ticks = now.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public void SetUtcNow(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);
}
