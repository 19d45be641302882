using System.Globalization;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Streaming;
using RabbitMQ.Client;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>Says what would happen: address, sign-in, the queues with what waits in them. Nothing is taken from a queue, nothing declared, nothing published.</summary>
internal static class RabbitTest
{
    public static async Task<TestResult> RunAsync(Broker broker, CancellationToken cancellation)
    {
        var steps = new List<TestStep>();
        try
        {
            await using var connection = await broker.ConnectAsync("test", cancellation);
            steps.Add(new TestStep($"{connection.Endpoint.HostName} took user {broker.Settings.User} into virtual host {broker.Settings.VirtualHost}.", true));
            foreach (var queue in broker.Settings.Queues)
            {
                steps.Add(await OfQueueAsync(connection, queue, broker.Settings, cancellation));
            }
        }
        catch (StreamFaultException fault)
        {
            steps.Add(new TestStep(fault.Message, false));
        }

        return new TestResult(steps);
    }

    private static async Task<TestStep> OfQueueAsync(IConnection connection, string queue, RabbitSettings settings, CancellationToken cancellation)
    {
        try
        {
            // A refused question ends its channel: each has its own.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            var found = await channel.QueueDeclarePassiveAsync(queue, cancellation);
            return new TestStep(string.Create(CultureInfo.InvariantCulture, $"Queue {queue} is there; {found.MessageCount} messages wait, {found.ConsumerCount} consumers take. None was taken."), true);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            return new TestStep(BrokerFaults.Of(fault, settings, $"queue {queue}").Message, false);
        }
    }
}
