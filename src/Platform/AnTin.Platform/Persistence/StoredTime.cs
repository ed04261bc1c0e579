using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AnTin.Platform.Persistence;

/// <summary>
/// Instants are UTC to the microsecond in both databases. SQLite cannot order DateTimeOffset, so there they are UTC
/// ticks; PostgreSQL's timestamptz accepts offset zero only and keeps microseconds, so SQLite keeps no more.
/// </summary>
public static class StoredTime
{
    public static DateTimeOffset ToStored(DateTimeOffset value) => new(TicksOf(value), TimeSpan.Zero);

    internal static void Configure(ModelConfigurationBuilder conventions, string? provider)
    {
        if (provider?.EndsWith(".Sqlite", StringComparison.Ordinal) == true)
            conventions.Properties<DateTimeOffset>().HaveConversion<TicksConverter>();
        else
            conventions.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }

    private static long TicksOf(DateTimeOffset value) =>
        value.UtcTicks - value.UtcTicks % TimeSpan.TicksPerMicrosecond;

    private sealed class TicksConverter() : ValueConverter<DateTimeOffset, long>(
        value => TicksOf(value), ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
        value => ToStored(value), value => value);
}
