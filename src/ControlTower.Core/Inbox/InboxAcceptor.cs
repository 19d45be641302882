using System.Collections.Concurrent;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;

namespace ControlTower.Core.Inbox;

/// <summary>
/// Accepts events durably: when the task succeeds they are committed. Requests that arrive while an insert is running
/// are stored together by the next one, so concurrency costs a request at most one commit of waiting and no timer is
/// needed. A crash before the end leaves nothing.
/// </summary>
public sealed class InboxAcceptor(ITowerDb database, InboxWriter writer, EngineSignal signal) : IDisposable
{
    /// <summary>Two: while one waits for the disk the next is gathered.</summary>
    private readonly SemaphoreSlim _gate = new(2, 2);
    private readonly ConcurrentQueue<Ticket> _waiting = new();

    /// <summary>Events in one insert; a larger request is inserted alone.</summary>
    private const int MostEvents = 2000;

    public async Task<AcceptResult> AcceptAsync(
        string connector, IReadOnlyList<IncomingEvent> events, CancellationToken cancellation = default)
    {
        if (events.Count == 0)
        {
            return default;
        }

        cancellation.ThrowIfCancellationRequested();
        var ticket = new Ticket(connector, events);
        _waiting.Enqueue(ticket);
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            // Whoever entered the semaphore works until their own ticket is taken, by them or by the other worker.
            while (!ticket.Taken && Take() is { Count: > 0 } tickets)
            {
                await StoreAsync(tickets);
            }
        }
        finally
        {
            _gate.Release();
        }

        return await ticket.Result.Task;
    }

    public void Dispose() => _gate.Dispose();

    private List<Ticket> Take()
    {
        var tickets = new List<Ticket>();
        var events = 0;
        while (events < MostEvents && _waiting.TryDequeue(out var ticket))
        {
            ticket.Taken = true;
            tickets.Add(ticket);
            events += ticket.Events.Count;
        }

        return tickets;
    }

    private async Task StoreAsync(List<Ticket> tickets)
    {
        try
        {
            await StoreTogetherAsync(tickets);
        }
        catch (Exception) when (tickets.Count > 1)
        {
            // An error of one request must not fail the others: each is tried again on its own.
            foreach (var ticket in tickets)
            {
                await StoreAsync([ticket]);
            }
        }
        catch (Exception error)
        {
            tickets[0].Result.TrySetException(error);
        }
    }

    private async Task StoreTogetherAsync(List<Ticket> tickets)
    {
        var events = tickets.SelectMany(ticket => ticket.Events.Select(e => (ticket.Connector, e))).ToList();
        await using var db = await database.CreateDbContextAsync();
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var accepted = await writer.WriteAsync(db, events, CancellationToken.None);
        await transaction.CommitAsync();
        signal.Raise();
        var from = 0;
        foreach (var ticket in tickets)
        {
            var count = accepted.AsSpan(from, ticket.Events.Count).Count(true);
            ticket.Result.TrySetResult(new AcceptResult(count, ticket.Events.Count - count));
            from += ticket.Events.Count;
        }
    }

    private sealed class Ticket(string connector, IReadOnlyList<IncomingEvent> events)
    {
        public string Connector { get; } = connector;

        public IReadOnlyList<IncomingEvent> Events { get; } = events;

        public volatile bool Taken;

        public TaskCompletionSource<AcceptResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
