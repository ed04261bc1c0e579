using System.Globalization;
using System.Net;
using AnTin.Migrations.Sqlite;
using AnTin.Platform.Hosting;
using AnTin.Platform.Modules;

namespace AnTin.Server.Hosting;

/// <summary>
/// Turns raw configuration into <see cref="PlatformSettings"/> once, at start. Unknown keys under <c>AnTin:</c> refuse
/// the start: a misspelt setting must not pass for one that is obeyed.
/// </summary>
internal static class SettingsReader
{
    public const string Section = "AnTin";
    public const string DataVariable = "ANTIN_DATA";

    private static readonly string[] Keys =
    [
        "DataDirectory", "Database:Provider", "Database:ConnectionString", "Database:MigrateAtStart", "Demo",
        "Evidence:Origin", "Evidence:IntervalMilliseconds", "PublicUrl", "TrustedProxies",
    ];

    /// <exception cref="SettingsException">A key is unknown, or a value cannot be used.</exception>
    public static PlatformSettings Read(IConfiguration configuration, IHostEnvironment environment, ModuleList modules)
    {
        IConfigurationSection section = configuration.GetSection(Section);
        RefuseUnknown(section, modules);
        bool production = environment.IsProduction();
        DatabaseProvider provider = ReadProvider(section);
        string data = Path.GetFullPath(
            section["DataDirectory"] ?? Environment.GetEnvironmentVariable(DataVariable) ?? "data", environment.ContentRootPath);
        return new PlatformSettings
        {
            DataDirectory = data,
            Provider = provider,
            ConnectionString = ReadConnectionString(section, provider, data),
            MigrateAtStart = ReadBool(section, "Database:MigrateAtStart", provider == DatabaseProvider.Sqlite),
            Demo = ReadDemo(section, provider, production),
            IsProduction = production,
            EvidenceOrigin = ReadOrigin(section, production),
            EvidenceInterval = TimeSpan.FromMilliseconds(ReadNumber(section, "Evidence:IntervalMilliseconds", 500, 50, 1000)),
            PublicUrl = ReadPublicUrl(configuration, section),
            TrustedProxies = ReadProxies(section),
        };
    }

    private static void RefuseUnknown(IConfigurationSection section, ModuleList modules)
    {
        HashSet<string> known = new(Keys, StringComparer.OrdinalIgnoreCase);
        foreach (IModule module in modules.Modules)
            known.UnionWith(module.OptionKeys.Select(key => $"{module.Name}:{key}"));
        string? unknown = section.AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Value is not null && pair.Key.Length > 0)
            .Select(pair => pair.Key)
            .FirstOrDefault(key => !known.Contains(key));
        if (unknown is not null)
            throw new SettingsException($"{Section}:{unknown} is not a known setting. Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
    }

    private static DatabaseProvider ReadProvider(IConfigurationSection section)
    {
        string? value = section["Database:Provider"];
        if (value is null)
            return DatabaseProvider.Sqlite;
        return Enum.TryParse(value, ignoreCase: true, out DatabaseProvider provider) && Enum.IsDefined(provider)
            ? provider
            : throw Wrong("Database:Provider", value, "Sqlite or PostgreSql");
    }

    private static string ReadConnectionString(IConfigurationSection section, DatabaseProvider provider, string data)
    {
        if (section["Database:ConnectionString"] is { Length: > 0 } given)
            return given;
        return provider == DatabaseProvider.Sqlite
            ? SqliteDatabase.ConnectionStringOf(Path.Combine(data, "antin.db"))
            : throw new SettingsException($"{Section}:Database:ConnectionString is needed with PostgreSql.");
    }

    // The demonstration belongs to the embedded default; elsewhere it must be asked for, and in Production it cannot be had.
    private static bool ReadDemo(IConfigurationSection section, DatabaseProvider provider, bool production)
    {
        bool demo = ReadBool(section, "Demo", !production && provider == DatabaseProvider.Sqlite);
        return demo && production
            ? throw new SettingsException($"{Section}:Demo cannot be true in Production: demonstration accounts have known passwords.")
            : demo;
    }

    private static string ReadOrigin(IConfigurationSection section, bool production)
    {
        string? origin = section["Evidence:Origin"];
        if (origin is null)
        {
            return production
                ? throw new SettingsException($"{Section}:Evidence:Origin is needed in Production: the logs' name, for example antin.your-province.gov.vn; it cannot be changed later.")
                : "antin.example";
        }
        bool sound = origin.Length is > 0 and <= 200 && origin.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '/' or ':');
        return sound ? origin : throw Wrong("Evidence:Origin", origin, "a host name, perhaps with a path");
    }

    private static Uri ReadPublicUrl(IConfiguration configuration, IConfigurationSection section)
    {
        string? value = section["PublicUrl"] ?? configuration["urls"]?.Split(';')[0];
        if (value is null)
            return new Uri(AnTinHost.DefaultUrl);
        bool sound = Uri.TryCreate(value.TrimEnd('/').Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal), UriKind.Absolute, out Uri? url)
            && url.Scheme is "http" or "https";
        return sound ? url! : throw Wrong("PublicUrl", value, "an http or https address");
    }

    private static IReadOnlyList<IPAddress> ReadProxies(IConfigurationSection section)
    {
        string value = section["TrustedProxies"] ?? "";
        return [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => IPAddress.TryParse(text, out IPAddress? address) ? address : throw Wrong("TrustedProxies", value, "IP addresses with commas between"))];
    }

    private static bool ReadBool(IConfigurationSection section, string key, bool byDefault)
    {
        string? value = section[key];
        if (value is null)
            return byDefault;
        return bool.TryParse(value, out bool flag) ? flag : throw Wrong(key, value, "true or false");
    }

    private static long ReadNumber(IConfigurationSection section, string key, long byDefault, long least, long most)
    {
        string? value = section[key];
        if (value is null)
            return byDefault;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? number
            : throw Wrong(key, value, $"a number from {least} to {most}");
    }

    private static SettingsException Wrong(string key, string value, string expected) =>
        new($"{Section}:{key} is '{value}'; expected {expected}.");
}
