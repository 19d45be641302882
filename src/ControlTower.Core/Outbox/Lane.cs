using ControlTower.Core.Connectors;
using ControlTower.Core.Persistence;
using ControlTower.Core.Time;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// One connector's way out. It claims no more than its channel lets through at that moment, sends side by side, and waits for nobody else's connector.
/// </summary>
internal sealed class Lane(
    string connector, ConnectorRegistry registry, CommandClaims claims, Settler settler, ConnectorActivity activity, OutboxOptions options, TowerClocks clocks, ILogger log)
    : IDisposable
{
    /// <summary>How long ended sends are gathered before the next claim, so that a busy lane claims in batches.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private readonly SemaphoreSlim _ended = new(0);
    private int _isWorking;
    private int _underWay;

    public bool IsWorking => Volatile.Read(ref _isWorking) == 1;

    public int UnderWay => Volatile.Read(ref _underWay);

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
            while (!stopping.IsCancellationRequested && await ClaimAndSendAsync(stopping))
            {
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping: what is under way ends by itself.
        }
        catch (Exception fault)
        {
            log.Log(TransientFaults.IsTransient(fault) ? LogLevel.Warning : LogLevel.Error, fault, "The lane to {Connector} stopped and will be started again", connector);
        }
        finally
        {
            Volatile.Write(ref _isWorking, 0);
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

        // What needs no judging leaves while the rest is judged.
        var claimed = await claims.ClaimAsync(connector, Math.Min(pace.Free, options.ClaimSize), stopping);
        Begin(channel, claimed.Taken);
        var passed = await claims.JudgeAsync(claimed, stopping);
        Begin(channel, passed);
        return claimed.Taken.Count + passed.Count > 0;
    }

    private void Begin(IConnectorChannel channel, IReadOnlyList<OutboxCommand> taken)
    {
        foreach (var command in taken)
        {
            Interlocked.Increment(ref _underWay);
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
            var result = await Task.Run(() => channel.SendAsync(envelope, CancellationToken.None));
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
}
