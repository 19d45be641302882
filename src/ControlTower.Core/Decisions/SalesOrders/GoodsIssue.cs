using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// Goods issue in the ERP: one per shipment that the warehouse confirmed, unless the ERP has posted it or a command
/// requests it.
/// </summary>
internal static class GoodsIssue
{
    public static void Decide(Draft draft)
    {
        foreach (var shipment in draft.View.Shipments)
        {
            var isWanted = shipment is { ShippedAt: not null, GoodsIssue: null }
                && draft.Accepted(CommandKinds.PostGoodsIssue, shipment.Part) is null;
            if (isWanted)
            {
                draft.Want(CommandKinds.PostGoodsIssue, shipment.Part, Roles.Erp, shipment.Site, Content(draft, shipment));
            }
        }
    }

    private static string Content(Draft draft, ShipmentView shipment) => CommandContent.Write(writer =>
    {
        writer.References(
            (ReferenceKinds.Order, draft.Order.Number), (ReferenceKinds.Fulfilment, shipment.Fulfilment),
            (ReferenceKinds.Shipment, shipment.Number));
        writer.Text("site", shipment.Site);
        writer.Instant("shippedAt", shipment.ShippedAt);
        ShipmentContent.WriteLines(writer, draft, shipment.Lines);
    });
}
