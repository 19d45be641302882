namespace ControlTower.Core.Policies;

/// <summary>
/// When a shipment may be invoiced. The seeded default bills on the ERP's goods issue plus carrier pick-up, and
/// requires proof of delivery where the order, its Incoterms or its customer segment does.
/// </summary>
public sealed record BillingTriggerPolicy
{
    public bool RequireGoodsIssue { get; init; } = true;

    public bool RequirePickUp { get; init; } = true;

    /// <summary>Proof of delivery where the order has <c>podRequired</c>.</summary>
    public bool ProofWhereOrderAsks { get; init; } = true;

    /// <summary>Incoterms 2020 (ICC) under which the seller bears the delivery and proves it.</summary>
    public IReadOnlyList<string> ProofForIncoterms { get; init; } = ["DAP", "DPU", "DDP"];

    public IReadOnlyList<string> ProofForSegments { get; init; } = [];

    /// <summary>Hold while a carrier exception is open on the shipment.</summary>
    public bool HoldOnCarrierException { get; init; } = true;

    /// <summary>Hold where shipped, goods-issued and delivered quantities differ.</summary>
    public bool HoldOnQuantityDifference { get; init; } = true;

    /// <summary>How long an approval request stays open, in hours of business time.</summary>
    public int ApprovalHours { get; init; } = 72;
}
