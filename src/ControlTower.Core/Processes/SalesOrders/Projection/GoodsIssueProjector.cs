using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Goods issues of the ERP, each with its shipment.</summary>
internal static class GoodsIssueProjector
{
    public static List<GoodsIssueView> Project(
        StateEntries facts, CommercialOrder order, List<ShipmentView> shipments, List<CommandView> commands)
    {
        var issues = new List<GoodsIssueView>();
        foreach (var entry in facts.Owned(Milestones.GoodsIssuePosted))
        {
            var number = entry.Data.Document ?? entry.Subject;
            var shipment = ShipmentOfDocument.Find(entry, number, CommandKinds.PostGoodsIssue, shipments, commands);
            var issue = new GoodsIssueView(
                entry.Connector, number, shipment?.Number, entry.Time, entry.Data.PostingDate, entry.Id, LinesOf(entry, order));
            issues.Add(issue);
            if (shipment is not null)
            {
                shipment.GoodsIssue ??= issue;
                shipment.GoodsIssuedAt = shipment.GoodsIssue.At;
            }
        }

        return issues;
    }

    private static List<QuantityView>? LinesOf(StateEntry entry, CommercialOrder order)
    {
        if (entry.Data.Lines is not { } lines)
        {
            return null;
        }

        var quantities = new List<QuantityView>(lines.Count);
        foreach (var line in lines)
        {
            if (order.Includes(line))
            {
                quantities.Add(line.Line, line.Quantity ?? 0);
            }
        }

        return quantities;
    }
}
