using AnTin.Contracts.Platform;

namespace AnTin.Modules.Oversight.Domain;

internal static class VietnamDay
{
    /// <summary>Today in Vietnam (+07:00).</summary>
    public static DateOnly Today(this TimeProvider time) =>
        DateOnly.FromDateTime(time.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);
}
