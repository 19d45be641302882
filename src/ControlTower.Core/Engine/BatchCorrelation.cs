using ControlTower.Core.Engine.Correlation;
using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Engine;

/// <summary>
/// Correlates a batch twice: first by what is known, then again with the rows of all numbers locked that get a link or
/// a waiting message. So a number that two workers meet on at the same time is seen by the second.
/// </summary>
internal sealed class BatchCorrelation(IStatements statements, MessageDeferral parker)
{
    /// <summary>The transactions of the batch's facts, the links it adds, and the references it holds.</summary>
    internal sealed class Result
    {
        public List<NewLink> Links { get; set; } = [];

        /// <summary>Transactions to create, by their placeholder number.</summary>
        public Dictionary<long, BatchItem> New { get; set; } = [];

        public Dictionary<ReferenceKey, long> Locked { get; set; } = [];

        /// <summary>The stored number of a placeholder.</summary>
        public Dictionary<long, long> Stored { get; } = [];

        public long Number(long id) => Stored.GetValueOrDefault(id, id);
    }

    public async Task<Result> PlaceAsync(CycleContext cycle, List<BatchItem> items, CancellationToken cancellation)
    {
        var facts = items.Where(IsToPlace).Select(item => item.Fact!).ToList();
        var index = await LinkReader.ReadAsync(cycle.Db, facts, cancellation);
        var result = Plan(cycle, items, index);
        var wanted = KeysToLock(items, result);
        if (wanted.Count == 0)
        {
            return result;
        }

        var locked = (await statements.LockReferencesAsync(cycle.Db, wanted, cancellation))
            .ToDictionary(r => new ReferenceKey(r.Kind, r.Value), r => r.Id);
        if (await LinkReader.AddLinksAsync(cycle.Db, index, wanted, cancellation))
        {
            // Another worker linked one of these numbers meanwhile. Read again, because the index has the first plan's
            // links in it.
            result = Plan(cycle, items, await LinkReader.ReadAsync(cycle.Db, facts, cancellation));
        }

        result.Locked = locked;
        HandBack(items, result);
        return result;
    }

    private static bool IsToPlace(BatchItem item) => item is { Fact: not null, IsRetracted: false };

    /// <summary>
    /// Writes links and deferrals, and wakes messages that wait for one of these numbers. After the transactions are
    /// written: their numbers are known.
    /// </summary>
    public async Task LinkAsync(CycleContext cycle, List<BatchItem> items, Result placed, CancellationToken cancellation)
    {
        var links = placed.Links.ConvertAll(link => new ReferenceLink
        {
            ReferenceId = placed.Locked[link.Key],
            System = link.System,
            TransactionId = placed.Number(link.Transaction),
        });
        await statements.InsertLinksAsync(cycle.Db, links, cancellation);
        await MessageDeferral.ResumeAsync(cycle.Db, links.Select(link => link.ReferenceId).ToHashSet(), cancellation);
        await parker.DeferAsync(
            cycle.Db, items.Where(item => item.IsUnplaced).Select(item => (item.Message, item.Fact!)), placed.Locked, cancellation);
    }

    /// <summary>
    /// Correlates every fact in the batch's order, and repeats while that correlates more: a fact may bring the link
    /// that an earlier one of the batch waits for.
    /// </summary>
    private static Result Plan(CycleContext cycle, List<BatchItem> items, LinkIndex index)
    {
        var result = new Result();
        var placer = new Correlator(index, cycle.Topology);
        var linker = new ReferenceLinker(index, cycle.Topology);
        var left = items.Where(IsToPlace).ToList();
        for (var before = int.MaxValue; left.Count > 0 && left.Count < before;)
        {
            before = left.Count;
            left.RemoveAll(item => TryPlace(item, placer, linker, index, result));
        }

        return result;
    }

    private static bool TryPlace(BatchItem item, Correlator placer, ReferenceLinker linker, LinkIndex index, Result result)
    {
        var fact = item.Fact!;
        item.Placement = placer.Place(fact);
        if (item.Placement.Kind == CorrelationKind.New)
        {
            var number = -1L - result.New.Count;
            result.New.Add(number, item);
            item.Placement = item.Placement with { Transactions = [number] };
            index.AddTransaction(item.Placement.NewKey!, number);
            result.Links.AddRange(linker.Link(fact, [number], isNew: true));
            return true;
        }

        if (item.Placement.Kind != CorrelationKind.Placed)
        {
            return false;
        }

        result.Links.AddRange(linker.Link(fact, item.Placement.Transactions, isNew: false));
        return true;
    }

    private static HashSet<ReferenceKey> KeysToLock(List<BatchItem> items, Result result) =>
        [.. result.Links.Select(link => link.Key),
            .. items.Where(item => item.IsUnplaced).SelectMany(item => MessageDeferral.KeysOf(item.Fact!))];

    /// <summary>
    /// Returns the facts that need a reference which is not locked: taking its lock now would be out of order.
    /// </summary>
    private static void HandBack(List<BatchItem> items, Result result)
    {
        foreach (var item in items.Where(item =>
            item.IsUnplaced && MessageDeferral.KeysOf(item.Fact!).Any(key => !result.Locked.ContainsKey(key))))
        {
            item.IsHandedBack = true;
        }

        var missing = result.Links.Where(link => !result.Locked.ContainsKey(link.Key))
            .SelectMany(link => new[] { link.Transaction })
            .ToHashSet();
        if (missing.Count == 0)
        {
            return;
        }

        // Rare: between the two plans another worker linked a number. All of the transaction's facts of this batch wait for the next cycle.
        foreach (var item in items.Where(item => item.IsPlaced && item.Placement!.Transactions.Any(missing.Contains)))
        {
            item.IsHandedBack = true;
        }

        result.Links.RemoveAll(link => missing.Contains(link.Transaction));
        foreach (var number in result.New.Keys.Where(missing.Contains).ToList())
        {
            result.New.Remove(number);
        }
    }
}
