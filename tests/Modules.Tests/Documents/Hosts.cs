using AnTin.Modules.Tests.Documents;
using AnTin.Platform.Faults;
using AnTin.TestKit.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Hosts))]

namespace AnTin.Modules.Tests.Documents;

/// <summary>One demonstration server per database for all tests of this program that do not need one of their own: making its keys takes seconds.</summary>
public sealed class Hosts : IAsyncDisposable
{
    private readonly Dictionary<StoreKind, Task<DocumentsHost>> _hosts = [];
    private readonly Lock _lock = new();

    internal Task<DocumentsHost> GetAsync(StoreKind kind)
    {
        Assert.SkipWhen(kind == StoreKind.PostgreSql && PostgresServer.Programs is null, "PostgreSQL is not installed");
        lock (_lock)
        {
            if (!_hosts.TryGetValue(kind, out Task<DocumentsHost>? host))
                _hosts.Add(kind, host = DocumentsHost.StartAsync(kind, services: services => services.AddSingleton<ICrashPoint, Aim>()));
            return host;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Task<DocumentsHost> host in _hosts.Values)
            await (await host).DisposeAsync();
    }
}

/// <summary>Stops an act at a named place, once; only for the test that aims, not for those that run beside it.</summary>
internal sealed class Aim : ICrashPoint
{
    private static readonly AsyncLocal<string?[]> Target = new();

    public static void At(string point) => Target.Value = [point];

    public void Reach(string name)
    {
        if (Target.Value is not { } target || target[0] != name)
            return;
        target[0] = null;
        throw new StoppedException(name);
    }
}

internal sealed class StoppedException(string point) : Exception($"Stopped at {point}.");
