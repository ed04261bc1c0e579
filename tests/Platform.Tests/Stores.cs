using AnTin.TestKit.Hosting;

namespace AnTin.Platform.Tests;

/// <summary>Rows of the theories that run on both databases.</summary>
public static class Stores
{
    public static TheoryData<StoreKind> Both => [StoreKind.Sqlite, StoreKind.PostgreSql];

    public static async Task<TestStore> CreateAsync(StoreKind kind)
    {
        SkipUnlessAvailable(kind);
        return await TestStore.CreateAsync(kind);
    }

    public static void SkipUnlessAvailable(StoreKind kind) =>
        Assert.SkipWhen(kind == StoreKind.PostgreSql && PostgresServer.Programs is null, "PostgreSQL is not installed");
}
