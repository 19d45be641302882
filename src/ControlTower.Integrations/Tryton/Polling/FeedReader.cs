using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Polling;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Polling;

/// <summary>The result of one read of a feed.</summary>
/// <param name="Documents">Ids of the documents that changed.</param>
/// <param name="IsFull">There is more.</param>
internal sealed record FeedPage(IReadOnlyCollection<long> Documents, FeedMark Next, bool IsFull, IReadOnlyList<RowStamp> Rows);

/// <summary>One version of one record: a transaction of Tryton stamps a record once.</summary>
internal readonly record struct RowStamp(string Model, long Id, DateTimeOffset At);

/// <summary>
/// Reads which documents changed since a watermark. Tryton stamps with the start of the transaction, so a change may
/// become visible later than a younger one: every read begins before the watermark by the overlap, and what was seen
/// there already is left out by id and stamp.
/// </summary>
internal sealed class FeedReader(TrytonClient client, TrytonSettings settings)
{
    private readonly TimeSpan _overlap = TimeSpan.FromSeconds(settings.OverlapSeconds);

    public async Task<FeedPage> ReadAsync(Feed feed, FeedMark mark, Predicate<RowStamp> isSeen, CancellationToken cancellation)
    {
        var written = await PageAsync(feed, "write_date", mark.Written, mark.WrittenId, cancellation);
        var created = await PageAsync(feed, "create_date", mark.Created, mark.CreatedId, cancellation);
        var documents = new HashSet<long>();
        var rows = new List<RowStamp>();
        Collect(feed, written.Rows, isSeen, documents, rows);
        Collect(feed, created.Rows, isSeen, documents, rows);
        var next = new FeedMark { Written = written.Mark, WrittenId = written.Id, Created = created.Mark, CreatedId = created.Id };
        return new FeedPage(documents, next, written.Id > 0 || created.Id > 0, rows);
    }

    private static void Collect(
        Feed feed, IReadOnlyList<JsonElement> page, Predicate<RowStamp> isSeen, HashSet<long> documents, List<RowStamp> rows)
    {
        foreach (var row in page)
        {
            if (RpcValue.IdOf(row, "id") is { } id && RpcValue.StampOf(row) is { } at && new RowStamp(feed.Model, id, at) is var stamp
                && !isSeen(stamp))
            {
                rows.Add(stamp);
                if (feed.DocumentOf(row) is { } document)
                {
                    documents.Add(document);
                }
            }
        }
    }

    private async Task<(IReadOnlyList<JsonElement> Rows, Watermark Mark, long Id)> PageAsync(
        Feed feed, string stamp, Watermark mark, long id, CancellationToken cancellation)
    {
        var domain = feed.Filter();
        foreach (var clause in Since(stamp, mark, id))
        {
            domain.Add(clause);
        }

        string[] fields = feed.Parent is null ? ["write_date", "create_date"] : ["write_date", "create_date", feed.Parent];
        var order = new JsonArray(new JsonArray(stamp, "ASC"), new JsonArray("id", "ASC"));
        var rows = await client.SearchAsync(feed.Model, domain, settings.PageSize, fields, order, cancellation);
        if (rows.Count == 0)
        {
            return (rows, mark, 0);
        }

        var last = RpcValue.InstantOf(rows[^1], stamp);
        return rows.Count == settings.PageSize
            ? (rows, new Watermark(last), RpcValue.IdOf(rows[^1], "id") ?? 0)
            : (rows, mark.Past(last), 0);
    }

    /// <summary>Records never written since their creation are followed by their creation, the others by their last write.</summary>
    private List<JsonNode> Since(string stamp, Watermark mark, long id)
    {
        var clauses = new List<JsonNode>();
        if (stamp == "create_date")
        {
            clauses.Add(new JsonArray("write_date", "=", null));
        }

        if (mark.At is { } at && id > 0)
        {
            clauses.Add(new JsonArray(
                "OR",
                new JsonArray(new JsonArray(stamp, ">", RpcValue.Instant(at))),
                new JsonArray(new JsonArray(stamp, "=", RpcValue.Instant(at)), new JsonArray("id", ">", id))));
        }
        else if ((mark.From(_overlap) ?? settings.Since) is { } from)
        {
            clauses.Add(new JsonArray(stamp, ">=", RpcValue.Instant(from)));
        }
        else if (stamp == "write_date")
        {
            clauses.Add(new JsonArray("write_date", "!=", null));
        }

        return clauses;
    }
}
