using System.Text.Json;
using ControlTower.Core.Audit;
using ControlTower.Core.Engine;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Processes.SalesOrders;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Housekeeping.Rebuild;

/// <summary>
/// Merges transactions again from nothing but their events, in bounded batches under their rows' locks, and compares
/// the result with what is stored. The state is a join of the events, so no difference is expected; where there is one
/// all the same (a restored backup, a row changed by hand), it can be repaired, with an entry in the audit chain.
/// </summary>
public sealed class Rebuilder
{
    /// <summary>Transactions whose rows are locked at once: the engine waits for no more than these.</summary>
    private const int MostAtOnce = 100;

    private readonly ITowerDb _database;
    private readonly CycleContexts _contexts;
    private readonly TransactionLoader _loader;
    private readonly TransactionWriter _writer;
    private readonly EngineAnnouncer _announcer;
    private readonly AuditTrail _audit;

    internal Rebuilder(
        ITowerDb database, CycleContexts contexts, TransactionLoader loader, TransactionWriter writer, EngineAnnouncer announcer,
        AuditTrail audit) =>
        (_database, _contexts, _loader, _writer, _announcer, _audit) = (database, contexts, loader, writer, announcer, audit);

    /// <summary>One transaction; null when there is none of that key.</summary>
    /// <param name="actor">In whose name a difference is repaired; null only compares.</param>
    public async Task<RebuildReport?> OneAsync(string key, Actor? actor, CancellationToken cancellation = default)
    {
        await using var db = await _database.CreateDbContextAsync(cancellation);
        var id = await db.Transactions.Where(t => t.Key == key).Select(t => t.Id).FirstOrDefaultAsync(cancellation);
        return id == 0 ? null : await BatchAsync([id], actor, cancellation);
    }

    /// <summary>All transactions, or those changed since then.</summary>
    /// <param name="from">System time; null for all.</param>
    /// <param name="progress">Called after each batch.</param>
    public async Task<RebuildReport> AllAsync(
        DateTimeOffset? from, Actor? actor, Action<RebuildReport>? progress = null, CancellationToken cancellation = default)
    {
        var total = new RebuildReport(0, 0, [], 0, actor is not null);
        for (long after = 0; await NextAsync(after, from, cancellation) is { Length: > 0 } ids; after = ids[^1])
        {
            var batch = await BatchAsync(ids, actor, cancellation);
            total = new RebuildReport(
                total.Transactions + batch.Transactions,
                total.Events + batch.Events,
                [.. total.Differences.Concat(batch.Differences).Take(RebuildReport.MostNamed)],
                total.Different + batch.Different,
                total.Repaired);
            progress?.Invoke(total);
        }

        return total;
    }

    private async Task<long[]> NextAsync(long after, DateTimeOffset? from, CancellationToken cancellation)
    {
        await using var db = await _database.CreateDbContextAsync(cancellation);
        return await Next(db, after, from).Take(MostAtOnce).ToArrayAsync(cancellation);
    }

    internal static IQueryable<long> Next(TowerDbContext db, long after, DateTimeOffset? from) =>
        db.Transactions.Where(t => t.Id > after && (from == null || t.UpdatedAt >= from)).OrderBy(t => t.Id).Select(t => t.Id);

    private async Task<RebuildReport> BatchAsync(long[] ids, Actor? actor, CancellationToken cancellation)
    {
        await using var db = await _database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var rows = await _database.Statements.LockTransactionsAsync(db, ids, cancellation);
        var facts = (await Facts(db, ids).ToListAsync(cancellation)).ToLookup(e => e.Transaction, e => e.Fact);
        var different = new List<(TransactionRecord Row, TransactionState State, string What)>();
        foreach (var row in rows)
        {
            var state = Merged(facts[row.Id]);
            if (Difference(row, state, facts[row.Id].Count()) is { } what)
            {
                different.Add((row, state, what));
            }
        }

        if (different.Count > 0 && actor is not null)
        {
            await RepairAsync(db, different, actor, cancellation);
            await transaction.CommitAsync(cancellation);
            await _announcer.AnnounceAsync(new Change([.. different.Select(d => d.Row.Id)], []), cancellation);
        }

        return new RebuildReport(
            rows.Count, facts.Sum(group => group.Count()), different.ConvertAll(d => new RebuildDifference(d.Row.Key, d.What)),
            different.Count, actor is not null);
    }

    internal static IQueryable<StoredFact> Facts(TowerDbContext db, long[] ids) =>
        db.TransactionEvents.Where(e => ids.Contains(e.TransactionId) && !e.Retracted)
            .OrderBy(e => e.Id)
            .Select(e => new StoredFact(e.TransactionId, e.Fact));

    private static TransactionState Merged(IEnumerable<string> facts)
    {
        var state = TransactionState.Empty;
        foreach (var fact in facts)
        {
            state.Merge(FactJson.Deserialize(fact));
        }

        return state;
    }

    /// <summary>One sentence, or null when both are the same. Equal states have equal text.</summary>
    private static string? Difference(TransactionRecord row, TransactionState merged, int events)
    {
        try
        {
            var stored = TransactionState.FromJson(row.State);
            return stored.ToJson() == merged.ToJson() ? null
                : $"The stored state has {stored.Entries.Count} current facts; merging its {events} events gives another one with "
                    + $"{merged.Entries.Count}.";
        }
        catch (JsonException)
        {
            return $"The stored state cannot be read; merging its {events} events gives one with {merged.Entries.Count} current facts.";
        }
    }

    /// <summary>
    /// Writes the merged states, decides again and adds the audit entries, as the engine does with any fact.
    /// </summary>
    private async Task RepairAsync(
        TowerDbContext db, List<(TransactionRecord Row, TransactionState State, string What)> different, Actor actor,
        CancellationToken cancellation)
    {
        foreach (var (row, state, _) in different)
        {
            var (id, json) = (row.Id, state.ToJson());
            await db.Transactions.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.State, json), cancellation);
        }

        var context = await _contexts.CreateAsync(db, cancellation);
        var units = await _loader.LockAsync(db, different.ConvertAll(d => d.Row.Id), cancellation);
        foreach (var (row, state, what) in different)
        {
            units[row.Id].State = state;
            context.Writes.Audit.Add(_audit.Entry(actor, "transaction.rebuilt", "transaction", row.Key, row.Key, what, null, null));
        }

        await _writer.WriteAsync(context, units.Values, units.Keys.ToHashSet(), cancellation);
        await _database.Statements.WriteAsync(db, context.Writes, cancellation);
    }

    internal sealed record StoredFact(long Transaction, string Fact);
}
