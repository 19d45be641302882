using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>Sends one connector's reserved commands through its channel, each on its own.</summary>
internal sealed class CommandSender(string connector, ConnectorActivity activity, OutboxOptions options, TowerClocks clocks, ILogger log)
{
    public void Begin(IConnectorChannel channel, SendReservation reservation) => _ = SendAsync(channel, reservation);

    /// <summary>
    /// A send is not cancelled by stopping: its time-out ends it. After an exception that no channel classifies the
    /// attempt stays open; when its lease ends, its outcome is unknown.
    /// </summary>
    private async Task SendAsync(IConnectorChannel channel, SendReservation reservation)
    {
        using var reserved = reservation;
        var command = reserved.Command;
        try
        {
            // Only the first half of the lease may begin a write; the time-out is shorter than the other half.
            var latest = command.LeaseUntil!.Value.AddSeconds(-options.LeaseSeconds / 2d);
            var envelope = new CommandEnvelope(
                command.Kind, command.Key, command.Body, command.TraceParent, MayWrite: () => clocks.SystemNow < latest);
            var result = await reserved.StartAsync(() => channel.SendAsync(envelope, CancellationToken.None));
            activity.Answered(connector, result, channel.Pace().IsDown);
            reserved.Complete(result, channel.PolicyForUnknownOutcome(command.Kind));
        }
        catch (Exception error)
        {
            log.LogError(error, "Sending {Key} to {Connector} failed in a way its channel does not know", command.Key, connector);
        }
    }
}
