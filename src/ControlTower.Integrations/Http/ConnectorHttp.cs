using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ControlTower.Integrations.Http;

/// <summary>
/// The one HTTP client of all connectors. It dials validated addresses only, follows no redirects, keeps no cookies,
/// unpacks nothing and does not use the machine's proxy, which would dial in its place. Connections with a client
/// certificate are kept separate from all others.
/// </summary>
public sealed class ConnectorHttp(AddressGuard guard) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    // Shorter than the keep-alive of common servers (Node.js: 5 s), so that a connection they are closing is not picked.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(3);

    private readonly HttpMessageInvoker _client = new(CreateHandler(guard, null));
    private readonly ConcurrentDictionary<string, Lazy<HttpMessageInvoker>> _clients = new(StringComparer.Ordinal);

    /// <exception cref="HttpRequestException">The target was not reached, or the connection was lost.</exception>
    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        SendAsync(_client, request, cancellation);

    /// <summary>Over connections that show this certificate (mutual TLS).</summary>
    internal Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, X509Certificate2? certificate, CancellationToken cancellation) => certificate is null
        ? SendAsync(_client, request, cancellation)
        : SendAsync(_clients.GetOrAdd(certificate.Thumbprint, _ => new(() => new HttpMessageInvoker(CreateHandler(guard, certificate))))
            .Value, request, cancellation);

    public void Dispose()
    {
        _client.Dispose();
        foreach (var client in _clients.Values.Where(client => client.IsValueCreated))
        {
            client.Value.Dispose();
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpMessageInvoker client, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await client.SendAsync(request, cancellation);
        }
        catch (SocketException reset)
        {
            // A target that resets a connection right after it was made: the handler reads the socket's remote address
            // and does not wrap that failure.
            throw new HttpRequestException(HttpRequestError.ConnectionError, reset.Message, reset);
        }
    }

    private static SocketsHttpHandler CreateHandler(AddressGuard guard, X509Certificate2? certificate) => new()
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
        SslOptions = certificate is null
            ? new SslClientAuthenticationOptions()
            : new SslClientAuthenticationOptions { ClientCertificateContext = SslStreamCertificateContext.Create(
                certificate, null, offline: true) },
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
