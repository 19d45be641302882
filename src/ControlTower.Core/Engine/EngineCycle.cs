using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Policies;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Engine;

/// <summary>
/// One batch in one database transaction: claim, map, place, lock, merge, decide, write, commit. Locks are taken in one order (messages of the batch,
/// references, transactions, commands); what turns out to need an earlier one is handed back. A crash at any point undoes the whole cycle, and the
/// messages wait where they were.
/// </summary>
internal sealed class EngineCycle(
    ITowerDb database,
    TowerClocks clocks,
    ISystemTopologyStore landscapes,
    IPolicyStore policies,
    AsOfClock asOfClock,
    StateCache states,
    MessageMapper mapper,
    Retractor retractor,
    BatchCorrelation placing,
    BatchMerging merging,
    BatchMessages messages,
    InlineSealing sealing,
    IEagerDispatch departures,
    TransactionWriter writer)
{
    public delegate Task<List<InboxMessage>> Claim(TowerDbContext db, DateTimeOffset now, CancellationToken cancellation);

    /// <exception cref="BatchException">The batch cannot be processed as it is; nothing of it was written.</exception>
    public async Task<CycleResult> RunAsync(Claim claim, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var cycle = await BeginAsync(db, cancellation);
        var claimed = await claim(db, cycle.SystemNow, cancellation);
        if (claimed.Count == 0)
        {
            return CycleResult.Nothing;
        }

        try
        {
            var decided = await DecideAsync(cycle, claimed, cancellation);
            using var departure = await departures.PrepareAsync(cycle, cancellation);
            var result = await WriteAsync(cycle, decided, cancellation);
            await transaction.CommitAsync(cancellation);
            departure.Dispatch();
            states.Put(decided.Units.Select(unit => (unit.Record, unit.State)));
            return result;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new BatchException([.. claimed.Select(m => m.Id)], error);
        }
    }

    internal async Task<CycleContext> BeginAsync(TowerDbContext db, CancellationToken cancellation) => new(
        db,
        await landscapes.GetAsync(cancellation),
        await policies.GetAsync(cancellation),
        await asOfClock.ReadAsync(db, cancellation),
        UtcMicroseconds.Cut(clocks.SystemNow),
        UtcMicroseconds.Cut(clocks.BusinessNow));

    private async Task<Decided> DecideAsync(CycleContext cycle, List<InboxMessage> claimed, CancellationToken cancellation)
    {
        var mapped = new BatchItem[claimed.Count];
        PureSteps.For(mapped.Length, i => mapped[i] = new BatchItem(claimed[i], mapper.Map(claimed[i], cycle.Topology)));
        var items = mapped.ToList();
        await retractor.WriteAsync(cycle.Db, items, cancellation);
        await Retractor.MarkAsync(cycle.Db, items, item => item.IsRetracted = true, cancellation);
        var placed = await placing.PlaceAsync(cycle, items, cancellation);
        var units = await merging.LockAndMergeAsync(cycle, items, placed, cancellation);
        await writer.WriteAsync(cycle, units.All, units.Changed, cancellation);
        await messages.SettleAsync(cycle, items, cancellation);
        return new Decided(items, placed, units.All);
    }

    private async Task<CycleResult> WriteAsync(CycleContext cycle, Decided decided, CancellationToken cancellation)
    {
        await CaseInserts.InsertNewAsync(database.Statements, cycle.Db, cycle.Writes, cancellation);
        await sealing.SealAsync(cycle.Db, cycle.Writes.Audit, cancellation);
        await database.Statements.WriteAsync(cycle.Db, cycle.Writes, cancellation);
        await placing.LinkAsync(cycle, decided.Items, decided.Placed, cancellation);
        return new CycleResult(
            decided.Items.Count,
            decided.Items.Count(item => item.Message.State == InboxState.Applied),
            cycle.Writes.Commands.Count,
            new Change(
                [.. cycle.Writes.Transactions.Select(t => t.Id)],
                [.. cycle.Writes.NewCases.Select(c => c.Case.Id), .. cycle.Writes.ChangedCases.Select(c => c.Id)]))
        {
            Facts = FactsOf(cycle, decided.Items, decided.Units),
        };
    }

    private List<AppliedFact> FactsOf(CycleContext cycle, List<BatchItem> items, IReadOnlyCollection<TransactionWork> units)
    {
        var records = units.ToDictionary(unit => unit.Record.Id, unit => unit.Record);
        var received = items.ToDictionary(item => item.Message.Id, item => item.Message.AcceptedAt);
        var now = clocks.SystemNow;
        return cycle.Writes.Events.ConvertAll(e => new AppliedFact(
            records[e.TransactionId].Key, records[e.TransactionId].CorrelationId, e.Milestone, e.Connector, received.GetValueOrDefault(e.MessageId, now), now));
    }

    private sealed record Decided(List<BatchItem> Items, BatchCorrelation.Result Placed, IReadOnlyCollection<TransactionWork> Units);
}

/// <param name="Claimed">Messages the cycle took; 0 when there was nothing to do.</param>
/// <param name="Applied">Messages merged.</param>
/// <param name="Commands">Commands that it added.</param>
/// <param name="Change">What to announce.</param>
public sealed record CycleResult(int Claimed, int Applied, int Commands, Change Change)
{
    /// <summary>What was merged, to be told once it is committed.</summary>
    public IReadOnlyList<AppliedFact> Facts { get; init; } = [];

    public static CycleResult Nothing { get; } = new(0, 0, 0, new Change([], []));
}

/// <summary>A batch that could not be processed; nothing of it was written.</summary>
internal sealed class BatchException(IReadOnlyList<long> messages, Exception error) : Exception(error.Message, error)
{
    public IReadOnlyList<long> Messages { get; } = messages;
}
