using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>
/// The other side: publishes persistent messages with confirms, and publishes again under the same id what was not
/// confirmed before the broker stopped.
/// </summary>
internal sealed class Sender(RabbitServer broker)
{
    private const int AtOnce = 500;

    /// <summary>A durable queue of one test.</summary>
    public async Task DeclareAsync(string queue)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
    }

    public async Task PublishAsync(string queue, IReadOnlyList<string> bodies, Action<BasicProperties>? mark = null)
    {
        var sent = 0;
        while (sent < bodies.Count)
        {
            try
            {
                await using var connection = await broker.ConnectAsync();
                await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
                    publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
                while (sent < bodies.Count)
                {
                    var batch = bodies.Skip(sent).Take(AtOnce).ToList();
                    await Task.WhenAll(batch.Select(body => SendAsync(channel, queue, body, mark).AsTask()));
                    sent += batch.Count;
                }
            }
            catch (Exception fault) when (fault is RabbitMQClientException or IOException or ObjectDisposedException
                or OperationCanceledException)
            {
                await broker.BackAsync();
            }
        }
    }

    /// <summary>The number of messages that wait in the queue unconsumed.</summary>
    public async Task<uint> WaitingAsync(string queue)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
    }

    private static ValueTask SendAsync(IChannel channel, string queue, string body, Action<BasicProperties>? mark)
    {
        var properties = new BasicProperties { ContentType = "application/cloudevents+json", DeliveryMode = DeliveryModes.Persistent };
        mark?.Invoke(properties);
        return channel.BasicPublishAsync("", queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }
}
