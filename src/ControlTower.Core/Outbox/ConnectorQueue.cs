using System.Collections.Concurrent;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// One connector's way out. It claims no more than its channel lets through at that moment, sends side by side, and waits for nobody else's connector. What comes with its lease
/// (<see cref="EagerDispatch"/>) goes first.
/// </summary>
internal sealed class ConnectorQueue(string connector, ConnectorRegistry registry, CommandClaims claims, InFlightSends sends, OutboxOptions options, TowerClocks clocks, ILogger log)
    : IDisposable
{
    /// <summary>How long ended sends are gathered before the next claim, so that a busy lane claims in batches.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    private readonly ConcurrentQueue<OutboxCommand> _leased = new();
    private int _isWorking;
    private volatile bool _isLineEmpty;

    public bool IsWorking => Volatile.Read(ref _isWorking) == 1;

    /// <summary>Sends under way, and commands for which there is a place.</summary>
    public int UnderWay => sends.Count;

    /// <summary>Leased commands that their channel does not count yet. Asked before the channel's pace: what starts in between is then counted twice instead of not at all.</summary>
    private int NotStarted => _leased.Count + sends.Starting;

    /// <summary>Places for commands that are about to be written with their lease.</summary>
    /// <returns>How many, from none to <paramref name="wanted"/>; each is taken or released.</returns>
    public int Reserve(int wanted, IConnectorChannel channel)
    {
        var before = NotStarted;
        var places = _isLineEmpty ? Math.Clamp(channel.Pace().Ahead - before, 0, wanted) : 0;
        sends.Reserve(places);
        return places;
    }

    /// <summary>Others will stand in the line: what comes now stands behind them.</summary>
    public void Line() => _isLineEmpty = false;

    /// <summary>The cycle that wanted places was undone.</summary>
    public void Release(int places) => sends.Release(places);

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
            await sends.EndedAsync(Gather, cancellation);
        }
    }

    public void Dispose() => sends.Dispose();

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
        catch (Exception error)
        {
            log.Log(TransientErrors.IsTransient(error) ? LogLevel.Warning : LogLevel.Error, error, "The lane to {Connector} stopped and will be started again", connector);
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
                // They came while it ended, or a error stopped it.
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
        var starting = sends.Starting;
        var pace = channel?.Pace();
        if (pace is null or { Free: 0, RetryIn: not null })
        {
            HandBack("The connector lets nothing through.", pace?.RetryIn);
            return true;
        }

        for (var free = pace.Free - starting; free > 0 && _leased.TryDequeue(out var command); free--)
        {
            sends.Begin(channel!, command);
        }

        if (!_leased.IsEmpty)
        {
            await sends.EndedAsync(Gather, stopping);
        }

        return true;
    }

    /// <summary>Nothing was sent: they wait in the line again.</summary>
    private void HandBack(string reason, TimeSpan? until)
    {
        while (_leased.TryDequeue(out var command))
        {
            _isLineEmpty = false;
            sends.HandBack(command, reason, until);
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
            if (pace.RetryIn is not null || UnderWay == 0)
            {
                return false;
            }

            await sends.EndedAsync(Timeout.InfiniteTimeSpan, stopping);
            return true;
        }

        if (UnderWay > pace.Free)
        {
            await Task.Delay(Gather, clocks.System, stopping);
        }

        var before = NotStarted;
        var limit = Math.Min(channel.Pace().Free - before, options.ClaimSize);
        if (limit <= 0)
        {
            await sends.EndedAsync(Gather, stopping);
            return true;
        }

        var claimed = await claims.ClaimAsync(connector, limit, stopping);
        _isLineEmpty = claimed.Taken.Count + claimed.Revalidated.Count < limit;

        // What needs no judging leaves while the rest is judged.
        Begin(channel, claimed.Taken);
        var passed = await claims.RevalidateAsync(claimed, stopping);
        Begin(channel, passed);
        return claimed.Taken.Count + passed.Count > 0;
    }

    private void Begin(IConnectorChannel channel, IReadOnlyList<OutboxCommand> taken)
    {
        sends.Reserve(taken.Count);
        foreach (var command in taken)
        {
            sends.Begin(channel, command);
        }
    }
}
