using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>A consumer of milestones: a durable queue bound to the exchange, read to its end each time.</summary>
internal sealed class Subscriber(RabbitServer broker, string exchange, string queue)
{
    private readonly ConcurrentQueue<ReceivedMessage> _told = new();

    /// <summary>In the order of arrival; a repeated message is here twice.</summary>
    public IReadOnlyList<ReceivedMessage> All => [.. _told];

    public async Task DeclareAsync(string type = ExchangeType.Topic)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(exchange, type, durable: true);
    }

    public async Task BindAsync(string pattern)
    {
        await using var connection = await broker.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(queue, exchange, pattern);
    }

    /// <summary>Consumes what is there now.</summary>
    public async Task<int> ReadAsync()
    {
        try
        {
            await using var connection = await broker.ConnectAsync();
            await using var channel = await connection.CreateChannelAsync();
            while (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
            {
                _told.Enqueue(new ReceivedMessage(message.RoutingKey, message.BasicProperties.MessageId!,
                    message.BasicProperties.Persistent,
                    Encoding.UTF8.GetString(message.Body.Span)));
            }
        }
        catch (Exception fault) when (fault is RabbitMQClientException or IOException)
        {
            // The broker is restarting: its messages are read later.
        }

        return _told.Select(told => told.Id).Distinct(StringComparer.Ordinal).Count();
    }

    internal sealed record ReceivedMessage(string RoutingKey, string Id, bool IsPersistent, string Body)
    {
        public JsonElement Event => JsonElement.Parse(Body);

        public string Subject => Event.GetProperty("subject").GetString()!;

        public string Sequence => Event.GetProperty("sequence").GetString()!;
    }
}
