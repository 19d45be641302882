using System.Globalization;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Streaming;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>
/// Tests the connector: address, authentication, the queues with their waiting messages. Nothing is consumed, declared
/// or published.
/// </summary>
internal static class RabbitTest
{
    private const ushort NotFound = 404;

    public static async Task<TestResult> RunAsync(Broker broker, CancellationToken cancellation)
    {
        var steps = new List<TestStep>();
        try
        {
            await using var connection = await broker.ConnectAsync("test", cancellation);
            steps.Add(new TestStep(
                $"{connection.Endpoint.HostName} took user {broker.Settings.User} into virtual host {broker.Settings.VirtualHost}.", true));
            foreach (var queue in broker.Settings.Queues)
            {
                steps.Add(await OfQueueAsync(connection, queue, broker.Settings, cancellation));
            }

            if (broker.Settings.Exchange is { } exchange)
            {
                steps.Add(await OfExchangeAsync(connection, exchange, broker.Settings, cancellation));
            }
        }
        catch (StreamException error)
        {
            steps.Add(new TestStep(error.Message, false));
        }

        return new TestResult(steps);
    }

    /// <summary>Declaring an existing exchange changes nothing, and is refused when it is of another type.</summary>
    private static async Task<TestStep> OfExchangeAsync(
        IConnection connection, string exchange, RabbitSettings settings, CancellationToken cancellation)
    {
        try
        {
            await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellation))
            {
                await channel.ExchangeDeclarePassiveAsync(exchange, cancellation);
            }

            await MilestoneExchange.DeclareAsync(connection, exchange, cancellation);
            return new TestStep($"Exchange {exchange} is there and can be published to. Nothing was published.", true);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == NotFound)
        {
            return new TestStep(
                $"Exchange {exchange} is not there yet; the tower makes it when it publishes, if user {settings.User} may.", null);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            return new TestStep(BrokerErrors.From(error, settings, $"exchange {exchange}").Message, false);
        }
    }

    private static async Task<TestStep> OfQueueAsync(
        IConnection connection, string queue, RabbitSettings settings, CancellationToken cancellation)
    {
        try
        {
            // A refused request ends its channel: each has its own.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            var found = await channel.QueueDeclarePassiveAsync(queue, cancellation);
            return new TestStep(string.Create(CultureInfo.InvariantCulture,
                $"Queue {queue} is there; {found.MessageCount} messages wait, {found.ConsumerCount} consumers take. None was taken."),
                true);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            return new TestStep(BrokerErrors.From(error, settings, $"queue {queue}").Message, false);
        }
    }
}
