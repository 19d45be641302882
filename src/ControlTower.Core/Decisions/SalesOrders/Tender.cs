using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// Tender to the TMS: one per shipment that is ready, unless a hold stops it. It does not depend on later facts. Where
/// no connector takes tenders at all, nobody tenders; a site or legal entity that was left out is a gap like any other.
/// </summary>
internal static class Tender
{
    public static void Decide(Draft draft)
    {
        if (!draft.Topology.Connectors.Any(connector => connector.TakesKind(CommandKinds.TenderShipment)))
        {
            return;
        }

        foreach (var shipment in draft.View.Shipments)
        {
            var isWanted = shipment is { ReadyAt: not null, TendersHere: true } && IsOrdered(draft, shipment)
                && !draft.IsStopped("shipment", shipment)
                && draft.Accepted(CommandKinds.TenderShipment, shipment.Part) is null;
            if (isWanted)
            {
                draft.Want(CommandKinds.TenderShipment, shipment.Part, Roles.Tms, shipment.Site, Content(draft, shipment));
            }
        }
    }

    private static bool IsOrdered(Draft draft, ShipmentView shipment)
    {
        foreach (var part in shipment.Lines)
        {
            if (draft.View.FindLine(part.Line) is { Commercial: > 0 })
            {
                return true;
            }
        }

        return false;
    }

    private static string Content(Draft draft, ShipmentView shipment) => CommandContent.Write(writer =>
    {
        writer.References(
            (ReferenceKinds.Order, draft.Order.Number), (ReferenceKinds.Fulfilment, shipment.Fulfilment),
            (ReferenceKinds.Shipment, shipment.Number));
        writer.Text("site", shipment.Site);
        writer.Text("carrier", shipment.BuiltFor);
        ShipmentContent.WriteLines(writer, draft, shipment.BuiltLines);
        if (shipment.Parcels.Count > 0)
        {
            writer.WriteStartArray("parcels");
            foreach (var parcel in shipment.Parcels)
            {
                writer.WriteStartObject();
                writer.Text("parcel", parcel);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    });
}
