namespace AnTin.Platform.Hosting;

/// <summary>
/// Fills an empty store with the demonstration: run once, on the embedded default, never in Production, in the order
/// of <see cref="Order"/>, each in a scope of its own. A kill in the middle leaves a store that the next start finishes:
/// a seeder finds what it made before and goes on.
/// </summary>
public interface IDemoSeeder
{
    /// <summary>Directory 100, Authority 200, Custody 300, Documents 400 …</summary>
    int Order { get; }

    /// <returns>Lines for the person who starts the program (accounts, passwords, addresses); may be empty.</returns>
    Task<IReadOnlyList<string>> SeedAsync(CancellationToken ct);
}
