using System.Threading.Channels;
using ControlTower.Core.Connectors.Streaming;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>
/// Consumes one queue over one channel. The broker never delivers more unacknowledged messages than the prefetch, which
/// is all that is held here; gathered messages are stored together and acknowledged by one frame, after the commit.
/// </summary>
internal sealed class QueueConsumer(IChannel channel, string queue, RabbitSettings settings) : IAsyncDisposable
{
    /// <summary>In one commit.</summary>
    private const int MostAtOnce = 500;
    private const int MostBytes = 8 * 1024 * 1024;
    private readonly Channel<Delivery> _arrived = Channel.CreateUnbounded<Delivery>(new() { SingleReader = true, SingleWriter = true });

    /// <exception cref="StreamException">The broker refused, or has no such queue.</exception>
    public static async Task<QueueConsumer> StartAsync(
        IConnection connection, string queue, RabbitSettings settings, CancellationToken cancellation)
    {
        try
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            var consumer = new QueueConsumer(channel, queue, settings);
            await consumer.BeginAsync(cancellation);
            return consumer;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            throw BrokerErrors.From(error, settings, $"queue {queue}");
        }
    }

    /// <summary>
    /// Passes on what arrives until stopped; messages that are being stored then are still acknowledged.
    /// </summary>
    public async Task RunAsync(IFactIntake intake, CancellationToken stopping)
    {
        try
        {
            while (await _arrived.Reader.WaitToReadAsync(stopping))
            {
                var batch = Gather();
                await intake.AcceptAsync(batch.ConvertAll(delivery => delivery.Body), stopping);
                await channel.BasicAckAsync(batch[^1].Tag, multiple: true, CancellationToken.None);
            }
        }
        catch (Exception error) when (error is RabbitMQ.Client.Exceptions.RabbitMQClientException or ObjectDisposedException or IOException)
        {
            throw BrokerErrors.From(error, settings, $"queue {queue}");
        }
    }

    /// <summary>What was not acknowledged goes back into the queue.</summary>
    public ValueTask DisposeAsync() => channel.DisposeAsync();

    private async Task BeginAsync(CancellationToken cancellation)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            // The body belongs to the library and is valid during this call only.
            _arrived.Writer.TryWrite(new Delivery(message.DeliveryTag, Deliveries.Body(message.BasicProperties, message.Body.ToArray())));
            return Task.CompletedTask;
        };

        // The broker ends a consumer when its queue is deleted or its node goes away.
        consumer.UnregisteredAsync += (_, _) => EndAsync(
            BrokerErrors.Broke($"The broker ended the delivery of queue {queue}: it was deleted, or its node went away."));
        channel.ChannelShutdownAsync += (_, reason) => EndAsync(BrokerErrors.From(reason, settings, $"queue {queue}"));
        await channel.BasicQosAsync(0, (ushort)settings.Prefetch, global: false, cancellation);
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellation);
    }

    private Task EndAsync(StreamException why)
    {
        _arrived.Writer.TryComplete(why);
        return Task.CompletedTask;
    }

    private List<Delivery> Gather()
    {
        var batch = new List<Delivery>();
        for (var bytes = 0; batch.Count < MostAtOnce && bytes < MostBytes
            && _arrived.Reader.TryRead(out var delivery); bytes += delivery.Body.Body.Length)
        {
            batch.Add(delivery);
        }

        return batch;
    }

    private sealed record Delivery(ulong Tag, StreamedBody Body);
}
