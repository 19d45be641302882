using ControlTower.Core.Connectors.Streaming;
using ControlTower.Integrations.Http;
using RabbitMQ.Client;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>
/// Opens connections to a broker: validated addresses only, no recovery by the library, because the caller reopens the
/// connection.
/// </summary>
internal sealed class Broker(AddressGuard guard, RabbitSettings settings, string? password, string connector)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    // A broker that vanished silently is noticed after two of them.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public RabbitSettings Settings => settings;

    /// <exception cref="Core.Connectors.Streaming.StreamException">It could not be opened.</exception>
    public async Task<IConnection> ConnectAsync(string purpose, CancellationToken cancellation)
    {
        var validator = new CertificateValidator();
        try
        {
            var endpoints = await EndpointsAsync(validator, cancellation);
            var connection = await Factory().CreateConnectionAsync(endpoints, $"Control Tower: {connector}, {purpose}", cancellation);
            await ProveAsync(connection, cancellation);
            return connection;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            throw BrokerErrors.OfConnecting(error, settings, validator.Refusal);
        }
    }

    /// <summary>
    /// The library does not wait for the response to its opening of the virtual host: the first channel shows the
    /// result.
    /// </summary>
    private static async Task ProveAsync(IConnection connection, CancellationToken cancellation)
    {
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private ConnectionFactory Factory() => new()
    {
        UserName = settings.User,
        Password = password ?? "",
        VirtualHost = settings.VirtualHost,
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        RequestedHeartbeat = Heartbeat,
        RequestedConnectionTimeout = ConnectTimeout,
        HandshakeContinuationTimeout = AnswerTimeout,
        ContinuationTimeout = AnswerTimeout,
    };

    /// <summary>One for each address of each host that may be dialled.</summary>
    private async Task<List<AmqpTcpEndpoint>> EndpointsAsync(CertificateValidator validator, CancellationToken cancellation)
    {
        var endpoints = new List<AmqpTcpEndpoint>();
        Exception? unresolved = null;
        foreach (var host in settings.Hosts)
        {
            try
            {
                endpoints.AddRange((await guard.DialableAsync(host.Host, cancellation))
                    .Select(address => new AmqpTcpEndpoint(address.ToString(), host.Port, Tls(host, validator))));
            }
            catch (System.Net.Sockets.SocketException error)
            {
                unresolved = error;
            }
        }

        return endpoints.Count > 0 ? endpoints : throw unresolved ?? BrokerErrors.Broke(
            $"{string.Join(", ", settings.Hosts)} is a loopback, private or link-local address; "
            + $"list the host in {ConnectorAddressOptions.Section}:AllowedHosts to allow it.");
    }

    private SslOption Tls(BrokerHost host, CertificateValidator validator)
    {
        var name = settings.TlsName ?? host.Host;
        return new SslOption { Enabled = settings.Tls, ServerName = name, CertificateValidationCallback = validator.For(name) };
    }
}
