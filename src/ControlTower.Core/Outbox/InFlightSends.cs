using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>What one connector is being sent: begins sends, counts them with the places that are kept for others, and wakes who waits for one to end.</summary>
internal sealed class InFlightSends(string connector, OutcomeWriter settler, ConnectorActivity activity, OutboxOptions options, TowerClocks clocks, ILogger log) : IDisposable
{
    private readonly SemaphoreSlim _ended = new(0);
    private int _count;
    private int _starting;

    /// <summary>Sends under way, and commands for which there is a place.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Begun, and not counted by their channel yet.</summary>
    public int Starting => Volatile.Read(ref _starting);

    /// <summary>Each place ends with a send, is handed back or is released.</summary>
    public void Reserve(int places) => Interlocked.Add(ref _count, places);

    public void Release(int places)
    {
        Interlocked.Add(ref _count, -places);
        _ended.Release();
    }

    /// <summary>Sends a command that has its place.</summary>
    public void Begin(IConnectorChannel channel, OutboxCommand command) => _ = SendAsync(channel, command);

    /// <summary>Nothing was sent: the command waits in the line again, and its place is free.</summary>
    public void HandBack(OutboxCommand command, string reason, TimeSpan? until)
    {
        var result = new SendResult(SendOutcome.NotSent, Code: SendCodes.HandedBack, Detail: $"Handed back before it was sent. {reason}", RetryAfter: until);
        settler.Add(new AttemptEnded(command, result, UnknownOutcomePolicy.NativeKey));
        Release(1);
    }

    /// <summary>Waits until a place is free, or for the time.</summary>
    public async Task EndedAsync(TimeSpan atMost, CancellationToken stopping)
    {
        await _ended.WaitAsync(atMost, stopping);
        while (_ended.Wait(0, CancellationToken.None))
        {
            // Others ended as well: one look serves for all.
        }
    }

    public void Dispose() => _ended.Dispose();

    /// <summary>
    /// A send is not cancelled by stopping: its time-out ends it. A error that no channel classed leaves the attempt open; when its lease ends it is in doubt.
    /// </summary>
    private async Task SendAsync(IConnectorChannel channel, OutboxCommand command)
    {
        try
        {
            // Only the first half of the lease may begin a write; the time-out is shorter than the other half.
            var latest = command.LeaseUntil!.Value.AddSeconds(-options.LeaseSeconds / 2d);
            var envelope = new CommandEnvelope(command.Kind, command.Key, command.Body, command.TraceParent, () => clocks.SystemNow < latest);
            Interlocked.Increment(ref _starting);
            var result = await Task.Run(() => StartAsync(channel, envelope));
            activity.Answered(connector, result, channel.Pace().IsDown);
            settler.Add(new AttemptEnded(command, result, channel.PolicyForUnknownOutcome(command.Kind)));
        }
        catch (Exception error)
        {
            log.LogError(error, "Sending {Key} to {Connector} failed in a way its channel does not know", command.Key, connector);
        }
        finally
        {
            Release(1);
        }
    }

    /// <summary>From here on the channel's own pace counts it.</summary>
    private Task<SendResult> StartAsync(IConnectorChannel channel, CommandEnvelope envelope)
    {
        try
        {
            return channel.SendAsync(envelope, CancellationToken.None);
        }
        finally
        {
            Interlocked.Decrement(ref _starting);
        }
    }
}
