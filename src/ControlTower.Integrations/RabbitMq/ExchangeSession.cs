using System.Threading.RateLimiting;
using ControlTower.Core.Connectors.Streaming;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>
/// A channel with publisher confirms. The frames are sent in the order in which they are given; the confirms are
/// awaited together.
/// </summary>
internal sealed class ExchangeSession(
    IConnection connection, IChannel channel, RateLimiter limiter, string exchange, RabbitSettings settings) : IPublishingSession
{
    /// <summary>A broker that is short of memory or disk delays confirms for as long as it is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<PublishResult> PublishAsync(IReadOnlyList<OutgoingMilestone> milestones, CancellationToken cancellation)
    {
        if (!channel.IsOpen)
        {
            return new PublishResult([.. milestones.Select(_ => PublishOutcome.Untold)], Closed());
        }

        using var patience = new CancellationTokenSource(Patience);
        var sent = milestones.Select(milestone => SendAsync(milestone, patience.Token)).ToList();
        var ended = await Task.WhenAll(sent);
        return new PublishResult([.. ended.Select(end => end.Outcome)], ended.Select(end => end.Error)
            .FirstOrDefault(error => error is not null));
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
        await limiter.DisposeAsync();
    }

    private async Task<(
        PublishOutcome Outcome, StreamException? Error)> SendAsync(OutgoingMilestone milestone, CancellationToken patience)
    {
        var properties = new BasicProperties
        {
            MessageId = milestone.Id,
            ContentType = "application/cloudevents+json",
            ContentEncoding = "utf-8",
            DeliveryMode = DeliveryModes.Persistent,
            AppId = "control-tower",
        };
        try
        {
            await channel.BasicPublishAsync(exchange, milestone.Address, mandatory: true, properties, milestone.Body, patience);
            return (PublishOutcome.Confirmed, null);
        }
        catch (PublishException returned) when (returned.IsReturn)
        {
            return (PublishOutcome.Unroutable, null);
        }
        catch (PublishException)
        {
            return (PublishOutcome.Untold, BrokerErrors.Broke("The broker could not keep what was published; it is published again."));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return (PublishOutcome.Untold, BrokerErrors.Broke("The broker did not confirm what was published; it is published again."));
        }
        catch (Exception error)
        {
            return (PublishOutcome.Untold, channel.IsOpen ? BrokerErrors.From(error, settings, $"exchange {exchange}") : Closed());
        }
    }

    private StreamException Closed() => (channel.CloseReason ?? connection.CloseReason) is { } reason
        ? BrokerErrors.From(reason, settings, $"exchange {exchange}")
        : BrokerErrors.Broke("The broker closed the connection.");
}
