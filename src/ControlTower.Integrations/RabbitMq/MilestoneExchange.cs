using System.Threading.RateLimiting;
using ControlTower.Core.Connectors.Streaming;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>Publishes milestones to a durable topic exchange: persistent, mandatory, each confirmed by the broker.</summary>
internal sealed class MilestoneExchange(Broker broker, string exchange) : IMilestonePublisher
{
    private const ushort AccessRefused = 403;

    /// <summary>More than are ever published at once: the library's own limiter would slow down and reorder.</summary>
    private const int MostUnconfirmed = 10_000;

    public async Task<IPublishingSession> OpenAsync(CancellationToken cancellation)
    {
        var connection = await broker.ConnectAsync("milestones", cancellation);
        try
        {
            await DeclareAsync(connection, exchange, cancellation);
            var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = MostUnconfirmed });
            var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, limiter), cancellation);
            return new ExchangeSession(connection, channel, limiter, exchange, broker.Settings);
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            cancellation.ThrowIfCancellationRequested();
            throw BrokerErrors.From(error, broker.Settings, $"exchange {exchange}");
        }
    }

    public string WhyUnroutable(string address) =>
        $"No queue is bound to exchange {exchange} for routing key {address}: milestones published under it reach nobody and wait here.";

    /// <summary>
    /// Creates it where it is missing. Without the right to create exchanges it checks whether it is there.
    /// </summary>
    internal static async Task DeclareAsync(IConnection connection, string exchange, CancellationToken cancellation)
    {
        try
        {
            // A refused request ends its channel: each has its own.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, autoDelete: false,
                cancellationToken: cancellation);
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == AccessRefused)
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            await channel.ExchangeDeclarePassiveAsync(exchange, cancellation);
        }
    }
}
