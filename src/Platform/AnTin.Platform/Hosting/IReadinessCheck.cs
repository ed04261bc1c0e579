namespace AnTin.Platform.Hosting;

/// <summary>One dependency without which the host should get no traffic; shown by name at /readyz.</summary>
public interface IReadinessCheck
{
    string Name { get; }

    /// <summary>Returns when the dependency works; throws, with a message fit for an operator, when not.</summary>
    Task CheckAsync(CancellationToken ct);
}
