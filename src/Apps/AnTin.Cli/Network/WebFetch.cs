using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace AnTin.Cli.Network;

/// <summary>Which addresses a fetch may reach.</summary>
internal enum Reach
{
    /// <summary>Public addresses only: the address comes out of a file that was given to us.</summary>
    Public = 0,

    /// <summary>Any address: the person at the command line named it.</summary>
    Anywhere = 1,
}

/// <summary>An answer of a server, or why there is none (in English, for the detail of a message).</summary>
internal readonly record struct WebAnswer(byte[]? Body, string? Trouble);

/// <summary>
/// Small HTTP exchanges with hard limits: no redirect, no proxy, no cookie, a few seconds, a few megabytes. The address is judged where the
/// connection is made, so a name cannot first resolve to one address and then to another.
/// </summary>
internal sealed class WebFetch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IReadOnlySet<string> _knownHosts;
    private readonly HttpMessageInvoker _public;
    private readonly HttpMessageInvoker _anywhere;

    /// <param name="knownHosts"><c>host:port</c> that may be reached wherever they are.</param>
    public WebFetch(IReadOnlySet<string> knownHosts)
    {
        _knownHosts = knownHosts;
        _public = new HttpMessageInvoker(Handler(ConnectToPublicAsync));
        _anywhere = new HttpMessageInvoker(Handler(connect: null));
    }

    public Task<WebAnswer> GetAsync(Uri address, Reach reach, int limit, CancellationToken ct) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, address), reach, limit, ct);

    public async Task<WebAnswer> PostAsync(Uri address, byte[] body, string contentType, Reach reach, int limit, CancellationToken ct)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = content }, reach, limit, ct);
    }

    public void Dispose()
    {
        _public.Dispose();
        _anywhere.Dispose();
    }

    private async Task<WebAnswer> SendAsync(HttpRequestMessage request, Reach reach, int limit, CancellationToken ct)
    {
        using HttpRequestMessage owned = request;
        Uri address = request.RequestUri!;
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            return new WebAnswer(null, $"{address.Scheme} is not asked");
        bool known = reach == Reach.Anywhere || _knownHosts.Contains($"{address.Host}:{address.Port}");
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(Patience);
        try
        {
            using HttpResponseMessage response = await (known ? _anywhere : _public).SendAsync(request, limited.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                return new WebAnswer(null, $"HTTP {(int)response.StatusCode}");
            return await ReadAsync(response, limit, limited.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new WebAnswer(null, $"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return new WebAnswer(null, (e.InnerException as AddressRefusedException ?? e).Message);
        }
    }

    private static async Task<WebAnswer> ReadAsync(HttpResponseMessage response, int limit, CancellationToken ct)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        byte[] block = new byte[16 * 1024];
        while (await stream.ReadAsync(block, ct) is var count and > 0)
        {
            if (body.Length + count > limit)
                return new WebAnswer(null, $"the answer is longer than {limit} bytes");
            await body.WriteAsync(block.AsMemory(0, count), ct);
        }
        return new WebAnswer(body.ToArray(), null);
    }

    private static SocketsHttpHandler Handler(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = connect,
    };

    private static async ValueTask<Stream> ConnectToPublicAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        string host = context.DnsEndPoint.Host;
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, ct);
        IPAddress[] allowed = [.. addresses.Where(PublicAddresses.Contains)];
        if (allowed.Length == 0)
            throw new AddressRefusedException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A name out of a file leads into somebody's own network.</summary>
    private sealed class AddressRefusedException(string host) : IOException($"{host} is not on the public network and no anchor names it");
}
