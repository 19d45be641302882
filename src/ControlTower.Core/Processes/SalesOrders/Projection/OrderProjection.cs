using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>
/// The projection from a state to its <see cref="OrderView"/>. Each concern has its projector; a projector reads the
/// facts and what earlier projectors made. The order matters: a cancelled fulfilment fails its release, and only then
/// do invoices and postings look for the commands that asked for them.
/// </summary>
public static class OrderProjection
{
    /// <summary>Pure: the same facts and topology give the same view.</summary>
    public static OrderView Project(TransactionState state, SystemTopology topology)
    {
        var facts = new StateEntries(state);
        var order = OrderProjector.Project(facts, topology);
        var commands = CommandProjector.Project(facts);
        var fulfilments = FulfilmentProjector.Project(facts, order, commands);
        var shipments = ShipmentProjector.Project(facts, order, fulfilments);
        var looseExceptions = TransportProjector.Project(facts, commands, shipments);
        FulfilmentCancellations.Apply(facts, fulfilments, shipments, commands);
        var goodsIssues = GoodsIssueProjector.Project(facts, order, shipments, commands);
        var invoices = InvoiceProjector.Project(facts, order, shipments, commands);
        var postings = PostingProjector.Project(facts, invoices, commands);
        LineTotals.Count(order, commands, fulfilments, shipments, invoices);
        return new OrderView
        {
            Order = order.Snapshot,
            ErpSystem = order.System,
            AcceptedAt = order.AcceptedAt,
            CancelledAt = order.CancelledAt,
            CancelReason = order.CancelReason,
            Lines = order.Lines,
            Holds = HoldProjector.Project(facts),
            Fulfilments = fulfilments,
            Shipments = shipments,
            GoodsIssues = goodsIssues,
            Invoices = invoices,
            Postings = postings,
            Commands = commands,
            TruthTable = TruthTableProjector.Project(facts, new SystemFigures(order, shipments, invoices, postings)),
            Identifiers = IdentifierProjector.Project(facts, order),
            Conflicts = ConflictProjector.Project(facts),
            LooseExceptions = looseExceptions,
            ApprovalFacts = ApprovalProjector.Project(facts),
        };
    }
}
