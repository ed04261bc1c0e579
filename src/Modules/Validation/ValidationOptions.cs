using AnTin.Platform.Hosting;
using Microsoft.Extensions.Configuration;

namespace AnTin.Modules.Validation;

/// <summary>Settings of <c>AnTin:Validation</c>.</summary>
/// <param name="MaxFileMegabytes">Largest file the public page and the API take (1 to 4096; default 256: the largest project files seen, within what an unknown person may put on our disk).</param>
/// <param name="RequestsPerMinute">Verifications one address may ask for in a minute (1 to 10000; default 60: an office behind one address).</param>
internal sealed record ValidationOptions(int MaxFileMegabytes, int RequestsPerMinute)
{
    public static readonly string[] Keys = [nameof(MaxFileMegabytes), nameof(RequestsPerMinute)];

    public long MaxFileBytes => MaxFileMegabytes * 1024L * 1024L;

    /// <exception cref="SettingsException">A value outside its range; the host does not start.</exception>
    public static ValidationOptions From(IConfigurationSection section) => new(
        InRange(section.GetValue(nameof(MaxFileMegabytes), 256), 1, 4096, nameof(MaxFileMegabytes)),
        InRange(section.GetValue(nameof(RequestsPerMinute), 60), 1, 10_000, nameof(RequestsPerMinute)));

    private static int InRange(int value, int min, int max, string name) =>
        value >= min && value <= max ? value : throw new SettingsException($"AnTin:Validation:{name} must be {min} to {max}, not {value}.");
}
