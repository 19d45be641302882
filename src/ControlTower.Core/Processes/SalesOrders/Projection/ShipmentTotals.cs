namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>How far a shipment's part of a line has come.</summary>
internal static class ShipmentTotals
{
    public static void Count(CommercialOrder order, ShipmentView shipment)
    {
        foreach (var part in shipment.Lines)
        {
            if (order.FindLine(part.Line) is { } line)
            {
                Add(line, shipment, part.Quantity);
            }
        }
    }

    private static void Add(LineView line, ShipmentView shipment, decimal quantity)
    {
        line.Ready += quantity;
        line.Shipped += shipment.ShippedAt is null ? 0 : quantity;
        line.GoodsIssued += shipment.GoodsIssue is { } issue ? issue.Lines?.OfLine(line.Line) ?? quantity : 0;
        line.PickedUp += shipment.PickedUpAt is null ? 0 : quantity;
        if (ProofOf(shipment, line.Line) is { } proof)
        {
            line.Delivered += proof.Delivered;
            line.Refused += proof.Refused;
            line.Damaged += proof.Damaged;
        }
        else if (shipment.DeliveredAt is not null)
        {
            line.Delivered += quantity;
        }
    }

    private static ProofLineView? ProofOf(ShipmentView shipment, string number)
    {
        for (var i = 0; i < shipment.Proof?.Lines.Count; i++)
        {
            if (shipment.Proof.Lines[i].Line == number)
            {
                return shipment.Proof.Lines[i];
            }
        }

        return null;
    }
}
