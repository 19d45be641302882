using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ControlTower.Integrations.Http;

/// <summary>
/// The one HTTP client of all connectors. It dials judged addresses only, follows no redirects, keeps no cookies, unpacks nothing and does not use the
/// machine's proxy, which would dial in its place.
/// </summary>
public sealed class ConnectorHttp(AddressGuard guard) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    // Shorter than the keep-alive of common servers (Node.js: 5 s), so that a connection they are closing is not picked.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(3);

    private readonly HttpMessageInvoker _client = new(CreateHandler(guard));

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => _client.SendAsync(request, cancellation);

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler CreateHandler(AddressGuard guard) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionIdleTimeout = IdleTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 64,
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        ConnectCallback = (context, cancellation) => ConnectAsync(guard, context.DnsEndPoint, cancellation),
    };

    private static async ValueTask<Stream> ConnectAsync(AddressGuard guard, DnsEndPoint target, CancellationToken cancellation)
    {
        var addresses = await guard.DialableAsync(target.Host, cancellation);
        if (addresses.Count == 0)
        {
            throw new AddressRefusedException(target.Host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses], target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
