using System.Net;
using AnTin.Contracts.Platform;

namespace AnTin.Platform.Hosting;

public enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Settings of the platform after validation at start; modules may read them.</summary>
public sealed record PlatformSettings
{
    /// <summary>Where the embedded default keeps its database, blobs and keys.</summary>
    public required string DataDirectory { get; init; }

    public required DatabaseProvider Provider { get; init; }

    public required string ConnectionString { get; init; }

    /// <summary>Whether the start brings the database's tables up to date; otherwise old tables refuse the start.</summary>
    public required bool MigrateAtStart { get; init; }

    /// <summary>Whether an empty store is filled with the demonstration.</summary>
    public required bool Demo { get; init; }

    public required bool IsProduction { get; init; }

    /// <summary>The name of the logs' keys, a schema-less URL: <c>antin.example.gov.vn</c>.</summary>
    public required string EvidenceOrigin { get; init; }

    public required TimeSpan EvidenceInterval { get; init; }

    /// <summary>The address under which people and certificates reach this server, without a final slash.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>Whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody's by default.</summary>
    public required IReadOnlyList<IPAddress> TrustedProxies { get; init; }

    /// <summary>People come by HTTPS, here or at a proxy before us: cookies are for HTTPS only, and browsers are told to stay with it.</summary>
    public bool IsHttps => PublicUrl.Scheme == Uri.UriSchemeHttps;

    public string OriginOf(string log) => $"{EvidenceOrigin}/log/{log}";

    public string KeyFile(string name) => Path.Combine(DataDirectory, "keys", name);

    public static IReadOnlyList<string> Logs { get; } = [EvidenceLogs.Audit, EvidenceLogs.Issuance];
}

/// <summary>The configuration is not usable: one line that says which key, and what to do. Stops the start.</summary>
public sealed class SettingsException(string message) : Exception(message);
