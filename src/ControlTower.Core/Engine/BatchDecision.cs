using ControlTower.Core.Persistence.Inbox;

namespace ControlTower.Core.Engine;

/// <summary>Maps, correlates, locks, merges and decides one batch; what it changes waits in the context's writes.</summary>
internal sealed class BatchDecision(
    MessageMapper mapper,
    Retractor retractor,
    BatchCorrelation correlation,
    BatchMerging merging,
    BatchMessages messages,
    TransactionWriter writer)
{
    public async Task<DecidedBatch> DecideAsync(CycleContext cycle, List<InboxMessage> claimed, CancellationToken cancellation)
    {
        var mapped = new BatchItem[claimed.Count];
        PureSteps.For(mapped.Length, i => mapped[i] = new BatchItem(claimed[i], mapper.Map(claimed[i], cycle.Topology)));
        var items = mapped.ToList();
        await retractor.WriteAsync(cycle.Db, items, cancellation);
        await Retractor.MarkAsync(cycle.Db, items, item => item.IsRetracted = true, cancellation);
        var placed = await correlation.PlaceAsync(cycle, items, cancellation);
        var units = await merging.LockAndMergeAsync(cycle, items, placed, cancellation);
        await writer.WriteAsync(cycle, units.All, units.Changed, cancellation);
        await messages.SettleAsync(cycle, items, cancellation);
        return new DecidedBatch(items, placed, units.All);
    }
}

/// <summary>A batch with its decisions, before anything of it is written.</summary>
internal sealed record DecidedBatch(
    List<BatchItem> Items, BatchCorrelation.Result Placed, IReadOnlyCollection<TransactionWork> Units);
