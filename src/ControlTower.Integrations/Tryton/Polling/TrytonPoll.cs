using ControlTower.Core.Connectors;
using ControlTower.Integrations.Tryton.Documents;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Polling;

/// <summary>One page of a poll: which documents changed, read whole, split into one event for each fact they may hold.</summary>
internal sealed class TrytonPoll(TrytonClient client, TrytonSettings settings, DocumentReader documents, string role) : IDisposable
{
    private const int MaxPagesWithoutEvents = 20;
    private readonly FeedReader _feeds = new(client, settings);
    private readonly ReportedEvents _seen = new();
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <exception cref="RpcException">The page could not be read; nothing moved.</exception>
    public async Task<PollResult> ReadAsync(string? cursor, CancellationToken cancellation)
    {
        if (TrytonCursor.Parse(cursor) is not { } marks)
        {
            return new PollResult([], null, "The cursor is not the JSON object of watermarks that this connector keeps: set it back.");
        }

        await _gate.WaitAsync(cancellation);
        try
        {
            return await ReadAsync(cursor, marks, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<PollResult> ReadAsync(string? cursor, TrytonCursor marks, CancellationToken cancellation)
    {
        _seen.Begin(cursor);
        var events = new List<byte[]>();
        var rows = new List<RowStamp>();

        // A full page of known records brings nothing new, and is no reason to wait for the next poll.
        for (var (pages, isFull) = (0, true); isFull && events.Count == 0 && pages < MaxPagesWithoutEvents; pages++)
        {
            isFull = await ReadPageAsync(marks, events, rows, cancellation);
        }

        var next = marks.ToString();
        _seen.End(next, rows);
        return new PollResult(events, next);
    }

    /// <returns>Whether there is more.</returns>
    private async Task<bool> ReadPageAsync(TrytonCursor marks, List<byte[]> events, List<RowStamp> rows, CancellationToken cancellation)
    {
        var isFull = false;
        var changed = new SortedSet<(DocumentKind Kind, long Id)>();
        foreach (var feed in Feed.From(role))
        {
            var page = await _feeds.ReadAsync(feed, marks[feed.Model], _seen.Has, cancellation);
            changed.UnionWith(page.Documents.Select(id => (feed.Document, id)));
            rows.AddRange(page.Rows);
            marks[feed.Model] = page.Next;
            isFull |= page.IsFull;
        }

        foreach (var kind in changed.GroupBy(document => document.Kind, document => document.Id))
        {
            foreach (var reported in await documents.ReadAsync(kind.Key, [.. kind], cancellation))
            {
                if (_seen.IsNew(reported.Key, reported.Hash))
                {
                    events.Add(reported.Payload);
                }
            }
        }

        return isFull;
    }
}
