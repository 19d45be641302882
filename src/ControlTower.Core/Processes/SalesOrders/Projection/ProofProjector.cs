using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>Proofs of delivery, by line.</summary>
internal static class ProofProjector
{
    public static ProofView? Project(ShipmentView shipment, List<StateEntry> transport)
    {
        if (ShipmentParts.Find(shipment, transport, Milestones.DeliveryPod) is not { } parts)
        {
            return null;
        }

        var last = ShipmentParts.Last(parts);
        return new ProofView(
            last.Time, last.Connector, last.Id, last.Data.Pod?.SignedBy, last.Data.Pod?.Document,
            shipment.Lines.ConvertAll(line => LineFrom(line, parts)));
    }

    /// <summary>
    /// A proof without lines covers the whole of its document: what other parts did not present was delivered.
    /// </summary>
    private static ProofLineView LineFrom(QuantityView shipped, List<StateEntry> parts)
    {
        decimal delivered = 0, refused = 0, damaged = 0;
        var isOpenEnded = false;
        foreach (var part in parts)
        {
            isOpenEnded |= part.Data.Pod?.Lines is null;
            foreach (var line in part.Data.Pod?.Lines ?? [])
            {
                if (line.Line == shipped.Line)
                {
                    delivered += line.Delivered;
                    refused += line.Refused;
                    damaged += line.Damaged;
                }
            }
        }

        delivered = isOpenEnded ? Math.Max(delivered, shipped.Quantity - refused) : delivered;
        return new ProofLineView(shipped.Line, delivered, refused, damaged);
    }
}
