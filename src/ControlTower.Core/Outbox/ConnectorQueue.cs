using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// One connector's queue on this node. It owns the order of claims, the slots in use and what is known of the queue's
/// length; pace and breaker are its channel's. It claims no more than the channel lets through at that moment, and
/// waits for no other connector. Commands that came with their lease (<see cref="EagerDispatch"/>) are sent first.
/// </summary>
internal sealed class ConnectorQueue(
    string connector,
    ConnectorRegistry registry,
    CommandClaims claims,
    SendSlots slots,
    CommandSender sender,
    OutboxOptions options,
    TowerClocks clocks,
    ILogger log)
    : IDisposable
{
    /// <summary>
    /// How long ended sends are gathered before the next claim, so that a busy queue claims in batches.
    /// </summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(1);
    private readonly EagerSends _eager = new();
    private int _isWorking;
    private volatile bool _isEmpty;

    public bool IsWorking => Volatile.Read(ref _isWorking) == 1;

    /// <summary>
    /// Commands that their channel does not count yet. Read before the channel's pace: what starts in between is then
    /// counted twice instead of not at all.
    /// </summary>
    private int NotStarted => _eager.Count + slots.Starting;

    /// <summary>
    /// Slots for commands that are about to be written with their lease: none while others wait before them.
    /// </summary>
    public SlotReservation Reserve(int wanted, IConnectorChannel channel)
    {
        var before = NotStarted;
        return slots.Reserve(_isEmpty ? Math.Clamp(channel.Pace().Ahead - before, 0, wanted) : 0);
    }

    /// <summary>Commands are about to be written that wait in the queue: what comes now is sent after them.</summary>
    public void MarkWaiting() => _isEmpty = false;

    /// <summary>Sends commands whose lease is committed.</summary>
    public void Send(SlotReservation reservation, IReadOnlyList<OutboxCommand> commands, CancellationToken stopping)
    {
        foreach (var command in commands)
        {
            _eager.Add(reservation.Assign(command));
        }

        Start(stopping);
    }

    /// <summary>Starts working in the background unless it already does.</summary>
    public void Start(CancellationToken stopping)
    {
        if (Interlocked.Exchange(ref _isWorking, 1) == 0)
        {
            _ = WorkAsync(stopping);
        }
    }

    /// <summary>Waits until every slot is free.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        while (slots.Taken > 0)
        {
            await slots.WaitForFreeAsync(Gather, cancellation);
        }
    }

    public void Dispose() => slots.Dispose();

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await RepeatAsync(stopping);
        }
        catch (Exception error)
        {
            log.Log(
                TransientErrors.IsTransient(error) ? LogLevel.Warning : LogLevel.Error, error,
                "The queue of {Connector} stopped and will be started again", connector);
            if (!_eager.IsEmpty)
            {
                await Task.Delay(AfterError, clocks.System, CancellationToken.None);
            }
        }
        finally
        {
            Interlocked.Exchange(ref _isWorking, 0);
            if (!_eager.IsEmpty)
            {
                // They came while it ended, or an error stopped it.
                Start(stopping);
            }
        }
    }

    /// <summary>
    /// Until there is nothing to do; on stopping, sends in flight end by themselves and what has not begun is handed
    /// back.
    /// </summary>
    private async Task RepeatAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested && (await SendEagerAsync(stopping) || await ClaimAndSendAsync(stopping)))
            {
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Handed back below.
        }

        if (stopping.IsCancellationRequested)
        {
            HandBack("This node stops.", null);
        }
    }

    private void HandBack(string reason, TimeSpan? until)
    {
        if (_eager.HandBack(reason, until))
        {
            MarkWaiting();
        }
    }

    /// <returns>Whether there were any.</returns>
    private async Task<bool> SendEagerAsync(CancellationToken stopping)
    {
        if (_eager.IsEmpty)
        {
            return false;
        }

        var channel = await OpenChannelAsync(stopping);
        var starting = slots.Starting;
        var pace = channel?.Pace();
        if (pace is null or { Free: 0, RetryIn: not null })
        {
            HandBack("The connector lets nothing through.", pace?.RetryIn);
            return true;
        }

        for (var free = pace.Free - starting; free > 0 && _eager.TryTake(out var reservation); free--)
        {
            sender.Begin(channel!, reservation);
        }

        if (!_eager.IsEmpty)
        {
            await slots.WaitForFreeAsync(Gather, stopping);
        }

        return true;
    }

    /// <returns>Whether there may be more to do now.</returns>
    private async Task<bool> ClaimAndSendAsync(CancellationToken stopping)
    {
        if (await OpenChannelAsync(stopping) is not { } channel)
        {
            return false;
        }

        var pace = channel.Pace();
        if (pace.Free == 0)
        {
            return await WaitForSendAsync(pace, stopping);
        }

        if (slots.Taken > pace.Free)
        {
            await Task.Delay(Gather, clocks.System, stopping);
        }

        var before = NotStarted;
        var limit = Math.Min(channel.Pace().Free - before, options.ClaimSize);
        if (limit <= 0)
        {
            await slots.WaitForFreeAsync(Gather, stopping);
            return true;
        }

        return await ClaimAsync(channel, limit, stopping);
    }

    /// <summary>With a time to wait the dispatcher comes back; without one a send in flight has to end.</summary>
    private async Task<bool> WaitForSendAsync(ChannelPace pace, CancellationToken stopping)
    {
        if (pace.RetryIn is not null || slots.Taken == 0)
        {
            return false;
        }

        await slots.WaitForFreeAsync(Timeout.InfiniteTimeSpan, stopping);
        return true;
    }

    /// <summary>What needs no revalidation is sent while the rest is revalidated.</summary>
    private async Task<bool> ClaimAsync(IConnectorChannel channel, int limit, CancellationToken stopping)
    {
        var claimed = await claims.ClaimAsync(connector, limit, stopping);
        _isEmpty = claimed.Taken.Count + claimed.Revalidated.Count < limit;
        Begin(channel, claimed.Taken);
        var passed = await claims.RevalidateAsync(claimed, stopping);
        Begin(channel, passed);
        return claimed.Taken.Count + passed.Count > 0;
    }

    private void Begin(IConnectorChannel channel, IReadOnlyList<OutboxCommand> taken)
    {
        using var reservation = slots.Reserve(taken.Count);
        foreach (var command in taken)
        {
            sender.Begin(channel, reservation.Assign(command));
        }
    }

    private async Task<IConnectorChannel?> OpenChannelAsync(CancellationToken stopping) =>
        await registry.FindAsync(connector, stopping) is { Channel: { } channel, Record.Paused: false } ? channel : null;
}
