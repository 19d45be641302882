using ControlTower.Core.Audit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;

namespace ControlTower.Core.Engine;

/// <summary>Writes what a batch changed, in the order of the locks: cases, audit, rows in bulk, then links of references.</summary>
internal sealed class CycleWriter(ITowerDb database, InlineSealing sealing, BatchCorrelation correlation, TowerClocks clocks)
{
    public async Task<CycleResult> WriteAsync(CycleContext cycle, DecidedBatch decided, CancellationToken cancellation)
    {
        await CaseInserts.InsertNewAsync(database.Statements, cycle.Db, cycle.Writes, cancellation);
        await sealing.SealAsync(cycle.Db, cycle.Writes.Audit, cancellation);
        await database.Statements.WriteAsync(cycle.Db, cycle.Writes, cancellation);
        await correlation.LinkAsync(cycle, decided.Items, decided.Placed, cancellation);
        return new CycleResult(
            decided.Items.Count,
            decided.Items.Count(item => item.Message.State == InboxState.Applied),
            cycle.Writes.Commands.Count,
            new Change(
                [.. cycle.Writes.Transactions.Select(t => t.Id)],
                [.. cycle.Writes.NewCases.Select(c => c.Case.Id), .. cycle.Writes.ChangedCases.Select(c => c.Id)]))
        {
            Facts = FactsOf(cycle, decided),
        };
    }

    private List<AppliedFact> FactsOf(CycleContext cycle, DecidedBatch decided)
    {
        var records = decided.Units.ToDictionary(unit => unit.Record.Id, unit => unit.Record);
        var received = decided.Items.ToDictionary(item => item.Message.Id, item => item.Message.AcceptedAt);
        var now = clocks.SystemNow;
        return cycle.Writes.Events.ConvertAll(e => new AppliedFact(
            records[e.TransactionId].Key, records[e.TransactionId].CorrelationId, e.Milestone, e.Connector,
            received.GetValueOrDefault(e.MessageId, now), now));
    }
}
