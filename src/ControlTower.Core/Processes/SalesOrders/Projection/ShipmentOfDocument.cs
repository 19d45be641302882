using ControlTower.Core.Facts;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>The shipment that a goods issue or an invoice belongs to.</summary>
internal static class ShipmentOfDocument
{
    /// <summary>
    /// By the shipment it names, by the command it answers, or, where the order has one shipment, that one.
    /// </summary>
    /// <param name="kind">Kind of the command that asks for such documents.</param>
    public static ShipmentView? Find(
        StateEntry document, string number, string kind, List<ShipmentView> shipments, List<CommandView> commands)
    {
        if (Named(document, shipments) is { } named)
        {
            return named;
        }

        foreach (var command in commands)
        {
            if (command.Kind == kind && command.ExternalId == number && command.Outcome == CommandOutcome.Accepted)
            {
                return shipments.Find(shipment => shipment.Part == command.Part);
            }
        }

        return document.Link(ReferenceKinds.Shipment) is null && shipments.Count == 1 ? shipments[0] : null;
    }

    /// <summary>The number with its system first: two warehouses may use one number.</summary>
    private static ShipmentView? Named(StateEntry document, List<ShipmentView> shipments)
    {
        ShipmentView? byNumber = null;
        foreach (var shipment in shipments)
        {
            if (document.LinksTo(ReferenceKinds.Shipment, shipment.System, shipment.Number))
            {
                return shipment;
            }

            byNumber ??= document.LinksTo(ReferenceKinds.Shipment, null, shipment.Number) ? shipment : null;
        }

        return byNumber;
    }
}
