using System.Diagnostics;
using System.Globalization;
using AnTin.Platform.Modules;

namespace AnTin.Platform.Faults;

/// <summary>Every crash point of the host, so that the fault table can walk them.</summary>
public sealed class CrashPointRegistry(ModuleList modules, IEnumerable<string> platform)
{
    public IReadOnlySet<string> Names { get; } =
        modules.Modules.SelectMany(module => module.CrashPoints).Concat(platform).ToHashSet(StringComparer.Ordinal);
}

/// <summary>Production's: nothing can be aimed at.</summary>
internal sealed class NoCrashPoint : ICrashPoint
{
    public void Reach(string name)
    {
    }
}

/// <summary>
/// Outside Production: with ANTIN_CRASH_POINT=name[:n] the process kills itself at the n-th time it gets there, the
/// hard way, so that no handler, finaliser or buffer flush softens the blow. Unregistered names are a bug and throw.
/// </summary>
internal sealed class ArmedCrashPoint : ICrashPoint
{
    public const string Variable = "ANTIN_CRASH_POINT";

    private readonly CrashPointRegistry _registry;
    private readonly string? _target;
    private int _remaining;

    /// <param name="aim">The variable's value; null or empty aims at nothing.</param>
    /// <exception cref="InvalidOperationException">The name is not registered, or n is not a positive number.</exception>
    public ArmedCrashPoint(CrashPointRegistry registry, string? aim)
    {
        _registry = registry;
        if (string.IsNullOrEmpty(aim))
            return;
        string[] parts = aim.Split(':', 2);
        _remaining = 1;
        if (!registry.Names.Contains(parts[0])
            || (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _remaining) || _remaining < 1)))
            throw new InvalidOperationException($"{Variable}={aim}: expected one of {string.Join(", ", registry.Names.Order(StringComparer.Ordinal))}, then :n if wanted.");
        _target = parts[0];
    }

    public void Reach(string name)
    {
        if (!_registry.Names.Contains(name))
            throw new InvalidOperationException($"Crash point {name} is not registered.");
        if (name == _target && Interlocked.Decrement(ref _remaining) == 0)
            Die();
    }

    // SIGKILL on Unix, TerminateProcess on Windows: neither can be caught.
    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
