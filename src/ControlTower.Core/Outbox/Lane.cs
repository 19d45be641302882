using System.Collections.Concurrent;
using ControlTower.Core.Connectors;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// One connector's way out. It claims no more than its channel lets through at that moment, sends side by side, and waits for nobody else's connector. What comes with its lease
/// (<see cref="Departures"/>) goes first.
/// </summary>
internal sealed class Lane(
    string connector, ConnectorRegistry registry, CommandClaims claims, Settler settler, ConnectorActivity activity, OutboxOptions options, TowerClocks clocks, ILogger log)
    : IDisposable
{
    /// <summary>How long ended sends are gathered before the next claim, so that a busy lane claims in batches.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _ended = new(0);
    private readonly ConcurrentQueue<OutboxCommand> _leased = new();
    private int _isWorking;
    private int _underWay;
    private int _starting;
    private volatile bool _isLineEmpty;

    public bool IsWorking => Volatile.Read(ref _isWorking) == 1;

    /// <summary>Sends under way, and commands for which there is a place.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>Leased commands that their channel does not count yet. Asked before the channel's pace: what starts in between is then counted twice instead of not at all.</summary>
    private int NotStarted => _leased.Count + Volatile.Read(ref _starting);

    /// <summary>Places for commands that are about to be written with their lease.</summary>
    /// <returns>How many, from none to <paramref name="wanted"/>; each is taken or released.</returns>
    public int Reserve(int wanted, IConnectorChannel channel)
    {
        var before = NotStarted;
        var places = _isLineEmpty ? Math.Clamp(channel.Pace().Ahead - before, 0, wanted) : 0;
        Interlocked.Add(ref _underWay, places);
        return places;
    }

    /// <summary>Others will stand in the line: what comes now stands behind them.</summary>
    public void Line() => _isLineEmpty = false;

    /// <summary>The cycle that wanted places was undone.</summary>
    public void Release(int places)
    {
        Interlocked.Add(ref _underWay, -places);
        _ended.Release();
    }

    /// <summary>Sends commands that have places and whose lease is committed.</summary>
    public void Take(IReadOnlyList<OutboxCommand> commands, CancellationToken stopping)
    {
        foreach (var command in commands)
        {
            _leased.Enqueue(command);
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

    /// <summary>Waits until nothing is under way.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        while (UnderWay > 0)
        {
            await EndedAsync(Gather, cancellation);
        }
    }

    public void Dispose() => _ended.Dispose();

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested && (await SendLeasedAsync(stopping) || await ClaimAndSendAsync(stopping)))
            {
            }

            if (stopping.IsCancellationRequested)
            {
                HandBack("This node stops.", null);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping: what is under way ends by itself.
            HandBack("This node stops.", null);
        }
        catch (Exception fault)
        {
            log.Log(TransientFaults.IsTransient(fault) ? LogLevel.Warning : LogLevel.Error, fault, "The lane to {Connector} stopped and will be started again", connector);
            if (!_leased.IsEmpty)
            {
                await Task.Delay(AfterFault, clocks.System, CancellationToken.None);
            }
        }
        finally
        {
            Interlocked.Exchange(ref _isWorking, 0);
            if (!_leased.IsEmpty)
            {
                // They came while it ended, or a fault stopped it.
                Start(stopping);
            }
        }
    }

    /// <returns>Whether there were any.</returns>
    private async Task<bool> SendLeasedAsync(CancellationToken stopping)
    {
        if (_leased.IsEmpty)
        {
            return false;
        }

        var channel = await registry.FindAsync(connector, stopping) is { Channel: { } open, Record.Paused: false } ? open : null;
        var starting = Volatile.Read(ref _starting);
        var pace = channel?.Pace();
        if (pace is null or { Free: 0, RetryIn: not null })
        {
            HandBack("The connector lets nothing through.", pace?.RetryIn);
            return true;
        }

        for (var free = pace.Free - starting; free > 0 && _leased.TryDequeue(out var command); free--)
        {
            _ = SendAsync(channel!, command);
        }

        if (!_leased.IsEmpty)
        {
            await EndedAsync(Gather, stopping);
        }

        return true;
    }

    /// <summary>Nothing was sent: they wait in the line again.</summary>
    private void HandBack(string reason, TimeSpan? until)
    {
        while (_leased.TryDequeue(out var command))
        {
            _isLineEmpty = false;
            var result = new SendResult(SendOutcome.NotSent, Code: SendCodes.HandedBack, Detail: $"Handed back before it was sent. {reason}", RetryAfter: until);
            settler.Add(new AttemptEnded(command, result, DoubtPolicy.NativeKey));
            Interlocked.Decrement(ref _underWay);
            _ended.Release();
        }
    }

    /// <returns>Whether there may be more to do now.</returns>
    private async Task<bool> ClaimAndSendAsync(CancellationToken stopping)
    {
        if (await registry.FindAsync(connector, stopping) is not { Channel: { } channel, Record.Paused: false })
        {
            return false;
        }

        var pace = channel.Pace();
        if (pace.Free == 0)
        {
            // With a time to wait the dispatcher comes back; without one a running send has to end.
            return pace.RetryIn is null && UnderWay > 0 && await EndedAsync(Timeout.InfiniteTimeSpan, stopping);
        }

        if (UnderWay > pace.Free)
        {
            await Task.Delay(Gather, clocks.System, stopping);
        }

        var before = NotStarted;
        var limit = Math.Min(channel.Pace().Free - before, options.ClaimSize);
        if (limit <= 0)
        {
            return await EndedAsync(Gather, stopping);
        }

        var claimed = await claims.ClaimAsync(connector, limit, stopping);
        _isLineEmpty = claimed.Taken.Count + claimed.Judged.Count < limit;

        // What needs no judging leaves while the rest is judged.
        Begin(channel, claimed.Taken);
        var passed = await claims.JudgeAsync(claimed, stopping);
        Begin(channel, passed);
        return claimed.Taken.Count + passed.Count > 0;
    }

    private void Begin(IConnectorChannel channel, IReadOnlyList<OutboxCommand> taken)
    {
        Interlocked.Add(ref _underWay, taken.Count);
        foreach (var command in taken)
        {
            _ = SendAsync(channel, command);
        }
    }

    private async Task<bool> EndedAsync(TimeSpan atMost, CancellationToken stopping)
    {
        await _ended.WaitAsync(atMost, stopping);
        while (_ended.Wait(0, CancellationToken.None))
        {
            // Others ended as well: one look serves for all.
        }

        return true;
    }

    /// <summary>
    /// A send is not cancelled by stopping: its time-out ends it. A fault that no channel classed leaves the attempt open; when its lease ends it is in doubt.
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
            settler.Add(new AttemptEnded(command, result, channel.DoubtOf(command.Kind)));
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Sending {Key} to {Connector} failed in a way its channel does not know", command.Key, connector);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
            _ended.Release();
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
