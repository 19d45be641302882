using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>Proofs of delivery, by line.</summary>
internal sealed partial class ViewBuilder
{
    private ProofView? ProofOf(ShipmentView shipment)
    {
        if (PartsOf(shipment, Milestones.DeliveryPod) is not { } parts)
        {
            return null;
        }

        var last = parts.MaxBy(part => part.Time)!;
        return new ProofView(
            last.Time, last.Connector, last.Id, last.Data.Pod?.SignedBy, last.Data.Pod?.Document,
            shipment.Lines.ConvertAll(line => ProofLineOf(line, parts)));
    }

    /// <summary>A proof without lines speaks of the whole of its document: what other parts did not present was delivered.</summary>
    private static ProofLineView ProofLineOf(QuantityView shipped, List<StateEntry> parts)
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
