using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace AnTin.Web.Assets;

/// <summary>An assembly whose embedded resources named <c>assets/…</c> are served to browsers.</summary>
public sealed record AssetSource(Assembly Assembly);

/// <summary>
/// Style sheets, scripts and pictures of the portal. They are embedded in the assemblies, named by the hash of their
/// content (so that a browser keeps them for ever and never shows an old one), and compressed once at start.
/// </summary>
public sealed class AssetStore
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, Asset> _byAddress;
    private readonly FrozenDictionary<string, string> _addressByName;

    /// <exception cref="InvalidOperationException">Two assemblies embed a file of the same name, or one of an unknown kind.</exception>
    public AssetStore(IEnumerable<AssetSource> sources)
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        var assets = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (Assembly assembly in sources.Select(source => source.Assembly).Distinct())
        {
            foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
            {
                string name = resource[Prefix.Length..];
                Asset asset = Load(assembly, resource);
                if (!addresses.TryAdd(name, $"/{Prefix}{AddressOf(name, asset.Hash)}"))
                    throw new InvalidOperationException($"Two assemblies embed {resource}.");
                assets.Add(AddressOf(name, asset.Hash), asset);
            }
        }
        _addressByName = addresses.ToFrozenDictionary(StringComparer.Ordinal);
        _byAddress = assets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The address of an asset by its plain name, <c>antin.css</c>.</summary>
    /// <exception cref="ArgumentException">There is no such asset.</exception>
    public string this[string name] =>
        _addressByName.TryGetValue(name, out string? address) ? address : throw new ArgumentException($"No asset {name}.", nameof(name));

    internal IResult Serve(HttpContext http, string address)
    {
        if (!_byAddress.TryGetValue(address, out Asset? asset))
            return Results.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.Vary = "Accept-Encoding";
        bool brotli = asset.Brotli is not null && AcceptsBrotli(http.Request);
        if (brotli)
            http.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(brotli ? asset.Brotli! : asset.Content, asset.ContentType);
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && e.Quality is null or > 0);

    private static string AddressOf(string name, string hash) =>
        $"{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}";

    private static Asset Load(Assembly assembly, string resource)
    {
        if (!ContentTypes.TryGetValue(Path.GetExtension(resource), out string? contentType))
            throw new InvalidOperationException($"{resource} has no known content type.");
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        byte[] compressed = Compress(content);
        string hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
        return new Asset(content, compressed.Length < content.Length ? compressed : null, contentType, hash);
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
            brotli.Write(content);
        return compressed.ToArray();
    }

    private sealed record Asset(byte[] Content, byte[]? Brotli, string ContentType, string Hash);
}
