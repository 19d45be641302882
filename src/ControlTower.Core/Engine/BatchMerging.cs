using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Processes.SalesOrders;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>
/// Locks the transactions that a batch's facts belong to, merges the facts, and merges transactions again that lose a
/// fact.
/// </summary>
internal sealed class BatchMerging(TransactionLoader loader, IStatements statements)
{
    /// <param name="Changed">Ids whose state changed.</param>
    internal sealed record Units(IReadOnlyCollection<TransactionWork> All, IReadOnlySet<long> Changed);

    public async Task<Units> LockAndMergeAsync(
        CycleContext cycle, List<BatchItem> items, BatchCorrelation.Result placed, CancellationToken cancellation)
    {
        var known = items.Where(item => item.IsPlaced).SelectMany(item => item.Placement!.Transactions).Where(id => id > 0).ToHashSet();
        known.UnionWith(await Retractor.AffectedAsync(cycle.Db, items, cancellation));
        var units = await loader.LockAsync(cycle.Db, known, cancellation);

        // A retraction that another worker committed while this one waited for the locks: the next cycle takes it into account.
        await Retractor.MarkAsync(cycle.Db, items, item => item.IsHandedBack |= !item.IsRetracted, cancellation);
        DropOrphans(items, placed);
        await CreateAsync(cycle, placed, units, cancellation);
        var changed = await RebuildAsync(cycle, items, units, cancellation);
        foreach (var item in items.Where(item => item.IsPlaced))
        {
            foreach (var unit in item.Placement!.Transactions.Select(id => units[placed.Number(id)]))
            {
                Merge(cycle, item, unit, changed);
            }
        }

        return new Units(units.Values, changed);
    }

    /// <summary>When an order's first fact is handed back, all facts that depend on it are handed back too.</summary>
    private static void DropOrphans(List<BatchItem> items, BatchCorrelation.Result placed)
    {
        var orphaned = placed.New.Where(pair => pair.Value.IsHandedBack).Select(pair => pair.Key).ToHashSet();
        foreach (var item in items.Where(item => item.IsPlaced && item.Placement!.Transactions.Any(orphaned.Contains)))
        {
            item.IsHandedBack = true;
        }

        foreach (var number in orphaned)
        {
            placed.New.Remove(number);
        }

        placed.Links.RemoveAll(link => orphaned.Contains(link.Transaction));
    }

    private static void Merge(CycleContext cycle, BatchItem item, TransactionWork unit, HashSet<long> changed)
    {
        var fact = item.Fact!;
        var json = FactJson.Serialize(fact);
        var isChange = unit.State.Merge(fact);
        if (isChange)
        {
            changed.Add(unit.Record.Id);
        }

        if (cycle.Topology.Publishers.Count > 0)
        {
            unit.NewFacts.Add(new NewFact(fact, json, isChange));
        }

        unit.MessagesByEvent[fact.Id] = item.Message.Id;
        cycle.Writes.Events.Add(new TransactionEvent
        {
            TransactionId = unit.Record.Id,
            MessageId = item.Message.Id,
            Connector = fact.Connector,
            Milestone = fact.Milestone,
            Subject = fact.Subject,
            Sequence = fact.Sequence,
            Time = fact.Time,
            RecordedAt = cycle.SystemNow,
            Fact = json,
            Witness = !Milestones.Owns(fact.Role, fact.Milestone),
        });
    }

    /// <summary>Stores the rows of new transactions: the others' rows refer to their numbers.</summary>
    private async Task CreateAsync(
        CycleContext cycle, BatchCorrelation.Result placed, Dictionary<long, TransactionWork> units, CancellationToken cancellation)
    {
        var rows = placed.New.ToDictionary(pair => pair.Key, pair => Row(cycle, pair.Value));
        if (rows.Count == 0)
        {
            return;
        }

        await statements.InsertTransactionsAsync(cycle.Db, rows.Values, cancellation);
        foreach (var (number, row) in rows)
        {
            placed.Stored[number] = row.Id;
            units[row.Id] = new TransactionWork(row, TransactionState.Empty, isNew: true);
        }
    }

    private static TransactionRecord Row(CycleContext cycle, BatchItem item)
    {
        var key = item.Placement!.NewKey!;
        return new TransactionRecord
        {
            Key = key,
            ErpSystem = item.Fact!.Connector,
            OrderNumber = item.Fact.Data.Order!.Number,
            State = "{}",
            StateFormat = TransactionState.Format,
            CreatedAt = cycle.SystemNow,
            UpdatedAt = cycle.SystemNow,
            CorrelationId = TraceContext.TraceIdOf(item.Message.TraceParent) ?? TraceContext.TraceIdFor(key),
        };
    }

    /// <summary>Merges transactions that lose a fact again, from the facts that remain.</summary>
    private static async Task<HashSet<long>> RebuildAsync(
        CycleContext cycle, List<BatchItem> items, Dictionary<long, TransactionWork> units, CancellationToken cancellation)
    {
        var taken = (await Retractor.FindAsync(cycle.Db, items, cancellation)).Where(e => units.ContainsKey(e.TransactionId)).ToList();
        foreach (var group in taken.GroupBy(e => e.TransactionId))
        {
            var gone = group.Select(e => e.EventId).ToArray();
            units[group.Key].State = await RebuildMerge.FromEventsAsync(cycle.Db, group.Key, gone, cancellation);
            cycle.Writes.RetractedEvents.AddRange(gone);
        }

        return [.. taken.Select(e => e.TransactionId)];
    }
}

/// <summary>A transaction's state from nothing but its events.</summary>
internal static class RebuildMerge
{
    /// <param name="leftOut">Events that are retracted in this very cycle.</param>
    public static async Task<TransactionState> FromEventsAsync(
        TowerDbContext db, long transaction, IReadOnlyCollection<long> leftOut, CancellationToken cancellation)
    {
        var state = TransactionState.Empty;
        await foreach (var fact in Facts(db, transaction, leftOut).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            state.Merge(FactJson.Deserialize(fact));
        }

        return state;
    }

    internal static IQueryable<string> Facts(TowerDbContext db, long transaction, IReadOnlyCollection<long> leftOut) =>
        db.TransactionEvents.Where(e => e.TransactionId == transaction && !e.Retracted && !leftOut.Contains(e.Id))
            .OrderBy(e => e.Id)
            .Select(e => e.Fact);
}
