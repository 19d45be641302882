using System.Collections.Concurrent;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Connectors.Polling;

/// <summary>
/// Reads systems that cannot push. A node that polls moves the connector's next poll forward as its lease; the cursor
/// is committed with the events it brought, so that a crash reads a page again and loses none. A slow connector delays
/// only itself.
/// </summary>
public sealed class PollWorker(
    ITowerDb database, ConnectorRegistry registry, InboxWriter inbox, UnreadableEvents unreadable, ConnectorActivity activity,
    EngineSignal engine, TowerClocks clocks, ILogger<PollWorker> log)
{
    private const int PageSize = 500;
    private const int PagesPerPoll = 20;

    // Renewed for each page: after a node died, its polls wait this long until another node takes them over.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Starts a poll for every connector that is due and not being polled; ends at once.</summary>
    public async Task StartDueAsync(CancellationToken cancellation)
    {
        foreach (var connector in await registry.AllAsync(cancellation))
        {
            // A running poll is kept in the list and checked for completion: it may end before it is listed.
            if (IsDue(connector) && _running.GetValueOrDefault(connector.Name) is null or { IsCompleted: true }
                && await ClaimAsync(connector.Record, cancellation) is { } until)
            {
                _running[connector.Name] = RunAsync(connector, until, cancellation);
            }
        }
    }

    /// <summary>Waits for the polls that were started; for tests and for stopping.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_running.Values);

    private bool IsDue(RegisteredConnector connector) =>
        connector is { Channel: not null, Record: { Poll: true, Paused: false } } && !(connector.Record.NextPollAt > clocks.SystemNow);

    /// <summary>Moves the next poll forward unless another node did (compare-and-set).</summary>
    /// <returns>The lease's end, or null.</returns>
    private async Task<DateTimeOffset?> ClaimAsync(ConnectorRecord record, CancellationToken cancellation)
    {
        var until = UtcMicroseconds.Cut(clocks.SystemNow + Lease);
        await using var db = await database.CreateDbContextAsync(cancellation);
        var claimed = await db.Connectors
            .Where(c => c.Id == record.Id && c.Poll && !c.Paused && c.NextPollAt == record.NextPollAt)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.NextPollAt, until), cancellation);
        return claimed == 1 ? until : null;
    }

    private async Task RunAsync(RegisteredConnector connector, DateTimeOffset until, CancellationToken cancellation)
    {
        await Task.Yield();
        var lease = new PollLease { Until = until };
        var next = TimeSpan.FromSeconds(connector.Record.PollSeconds);
        try
        {
            next = await ReadPagesAsync(connector, lease, next, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped: what was read is committed with its cursor, and the next poll continues from there.
        }
        catch (Exception error)
        {
            log.LogWarning(error, "Polling {Connector} failed", connector.Name);
        }
        finally
        {
            await ReleaseAsync(connector, lease.Until, next);
        }
    }

    /// <returns>How long until the next poll.</returns>
    private async Task<TimeSpan> ReadPagesAsync(
        RegisteredConnector connector, PollLease lease, TimeSpan interval, CancellationToken cancellation)
    {
        var cursor = await CursorAsync(connector.Record.Id, cancellation);
        for (var page = 0; page < PagesPerPoll; page++)
        {
            if (page > 0 && !await RenewAsync(connector.Record.Id, lease, cancellation))
            {
                return interval;
            }

            var result = await connector.Channel!.PollAsync(cursor, PageSize, cancellation);
            activity.Polled(connector.Name, result);
            if (result.Error is not null)
            {
                return result.RetryAfter > interval ? result.RetryAfter.Value : interval;
            }

            if (result.Next != cursor && !await StoreAsync(connector, cursor, result, cancellation))
            {
                return interval;
            }

            if (result.Events.Count == 0 || result.Next == cursor)
            {
                return interval;
            }

            cursor = result.Next;
        }

        // There are more pages: continue at once, after other connectors had their turn.
        return TimeSpan.Zero;
    }

    /// <returns>
    /// False when somebody requested a poll meanwhile, or another node took over: they set the time of the next poll.
    /// </returns>
    private async Task<bool> RenewAsync(long id, PollLease lease, CancellationToken cancellation)
    {
        var (existing, until) = (lease.Until, UtcMicroseconds.Cut(clocks.SystemNow + Lease));
        await using var db = await database.CreateDbContextAsync(cancellation);
        lease.Until = until;
        return await db.Connectors.Where(c => c.Id == id && c.NextPollAt == existing)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.NextPollAt, until), cancellation) == 1;
    }

    private async Task<string?> CursorAsync(long id, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db.Connectors.Where(c => c.Id == id).Select(c => c.Cursor).SingleAsync(cancellation);
    }

    /// <returns>
    /// Whether the cursor was still where this page began; if not, another node read it and nothing was stored.
    /// </returns>
    private async Task<bool> StoreAsync(RegisteredConnector connector, string? cursor, PollResult page, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var moved = await db.Connectors.Where(c => c.Id == connector.Record.Id && c.Cursor == cursor)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Cursor, page.Next), cancellation);
        if (moved == 0)
        {
            return false;
        }

        var (events, broken) = (new List<IncomingEvent>(page.Events.Count), new List<(string, byte[], string)>());
        foreach (var raw in page.Events)
        {
            if (EventReading.Read(raw, null, out var error) is { } incoming)
            {
                events.Add(incoming);
            }
            else
            {
                broken.Add((connector.Name, raw, error!));
            }
        }

        if (events.Count > 0)
        {
            await inbox.WriteAsync(db, connector.Name, events, cancellation);
            activity.Received(connector.Name);
        }

        await unreadable.OpenAsync(db, broken, cancellation);
        await transaction.CommitAsync(cancellation);
        engine.Raise();
        return true;
    }

    /// <summary>Ends the lease, unless somebody requested a poll in the meantime.</summary>
    private async Task ReleaseAsync(RegisteredConnector connector, DateTimeOffset until, TimeSpan next)
    {
        try
        {
            var at = clocks.SystemNow + next;
            await using var db = await database.CreateDbContextAsync();
            await db.Connectors.Where(c => c.Id == connector.Record.Id && c.NextPollAt == until)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.NextPollAt, at));
        }
        catch (Exception error)
        {
            log.LogWarning("The next poll of {Connector} waits for its lease: {Error}", connector.Name, error.Message);
        }
    }

    private sealed class PollLease
    {
        public required DateTimeOffset Until { get; set; }
    }
}
