using ControlTower.Core.Kernel;
using ControlTower.Core.Policies;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>What the billing policy requires of a shipment, what is there, and what prevents billing.</summary>
internal sealed record BillEvidence(
    IReadOnlyList<EvidenceItem> Items, bool HasBase, bool NeedsProof, bool HasProof, IReadOnlyList<ExceptionView> Exceptions,
    IReadOnlyList<string> Differences)
{
    /// <summary>All that is required is there and no exception prevents billing.</summary>
    public bool IsSatisfied => HasBase && (HasProof || !NeedsProof) && Exceptions.Count == 0 && Differences.Count == 0;

    public static BillEvidence For(Draft draft, ShipmentView shipment)
    {
        var policy = draft.Policies.Billing;
        var needsProof = policy.NeedsProof(draft.Order);
        var items = new List<EvidenceItem>(4) { Shipped(shipment) };
        if (policy.RequireGoodsIssue)
        {
            var issue = shipment.GoodsIssue;
            items.Add(new EvidenceItem(
                Milestones.GoodsIssuePosted, $"Goods issue of shipment {shipment.Number} in the ERP", issue is not null, issue?.At,
                issue?.System, issue?.EventId,
                Total(issue?.Lines ?? shipment.Lines)));
        }

        if (policy.RequirePickUp)
        {
            var pickUp = shipment.PickUp;
            items.Add(new EvidenceItem(
                Milestones.ShipmentPickedUp, $"Pick-up of shipment {shipment.Number} by the carrier", pickUp is not null, pickUp?.At,
                pickUp?.Connector, pickUp?.EventId,
                null));
        }

        if (needsProof)
        {
            items.Add(ProofItem(shipment));
        }

        return new BillEvidence(
            items,
            (shipment.GoodsIssue is not null || !policy.RequireGoodsIssue) && (shipment.PickUp is not null || !policy.RequirePickUp),
            needsProof,
            shipment.Proof is not null,
            policy.HoldOnCarrierException ? shipment.Exceptions.FindAll(exception => exception.IsOpen) : [],
            policy.HoldOnQuantityDifference ? DifferencesOf(shipment) : []);
    }

    /// <summary>In the user's words, each quantity that is not what was shipped.</summary>
    public static List<string> DifferencesOf(ShipmentView shipment)
    {
        var differences = new List<string>();
        foreach (var part in shipment.Lines)
        {
            if (shipment.GoodsIssue?.Lines is { } issued && Quantity(issued, part.Line) is var posted && posted != part.Quantity)
            {
                differences.Add($"line {part.Line}: shipped {part.Quantity:0.######}, goods issue {posted:0.######}");
            }

            foreach (var proof in shipment.Proof?.Lines ?? [])
            {
                if (proof.Line == part.Line && (proof.Delivered != part.Quantity || proof.Refused != 0 || proof.Damaged != 0))
                {
                    differences.Add(
                        $"line {part.Line}: shipped {part.Quantity:0.######}, delivered "
                            + $"{proof.Delivered:0.######}, refused {proof.Refused:0.######}, damaged {proof.Damaged:0.######}");
                }
            }
        }

        return differences;
    }

    private static EvidenceItem Shipped(ShipmentView shipment)
    {
        var confirmation = shipment.Milestones.Find(milestone => milestone.Milestone == Milestones.ShipmentShipped);
        return new EvidenceItem(
            Milestones.ShipmentShipped, $"Ship confirmation of shipment {shipment.Number}", confirmation is not null, confirmation?.At,
            confirmation?.Connector,
            confirmation?.EventId, Total(shipment.Lines));
    }

    private static EvidenceItem ProofItem(ShipmentView shipment)
    {
        decimal? delivered = null;
        foreach (var line in shipment.Proof?.Lines ?? [])
        {
            delivered = (delivered ?? 0) + line.Delivered;
        }

        return new EvidenceItem(
            Milestones.DeliveryPod, $"Proof of delivery for shipment {shipment.Number}", shipment.Proof is not null, shipment.Proof?.At,
            shipment.Proof?.Connector,
            shipment.Proof?.EventId, delivered);
    }

    private static decimal Total(IReadOnlyList<QuantityView> lines)
    {
        var total = 0m;
        foreach (var line in lines)
        {
            total += line.Quantity;
        }

        return total;
    }

    private static decimal Quantity(IReadOnlyList<QuantityView> lines, string line)
    {
        foreach (var quantity in lines)
        {
            if (quantity.Line == line)
            {
                return quantity.Quantity;
            }
        }

        return 0;
    }
}
