namespace ControlTower.Core.Kernel;

/// <summary>
/// The milestones of the open connector, version 1, as the event type's <c>{scope}.{milestone}</c>, and who owns each.
/// A fact of a connector whose role does not own the milestone is a witness: shown, never decisive.
/// </summary>
public static class Milestones
{
    public const string OrderAccepted = "order.accepted";
    public const string OrderChanged = "order.changed";
    public const string OrderCancelled = "order.cancelled";
    public const string OrderHeld = "order.held";
    public const string OrderReleased = "order.released";
    public const string FulfilmentAllocated = "fulfilment.allocated";
    public const string FulfilmentPicked = "fulfilment.picked";
    public const string FulfilmentPacked = "fulfilment.packed";
    public const string FulfilmentStaged = "fulfilment.staged";
    public const string FulfilmentShort = "fulfilment.short";
    public const string FulfilmentCancelled = "fulfilment.cancelled";
    public const string FulfilmentCancelRejected = "fulfilment.cancel-rejected";
    public const string ShipmentReady = "shipment.ready";
    public const string ShipmentShipped = "shipment.shipped";
    public const string ShipmentAccepted = "shipment.accepted";
    public const string ShipmentDeclined = "shipment.declined";
    public const string ShipmentPickupAppointed = "shipment.pickup-appointed";
    public const string ShipmentArrivedPickup = "shipment.arrived-pickup";
    public const string ShipmentLoaded = "shipment.loaded";
    public const string ShipmentPickedUp = "shipment.picked-up";
    public const string ShipmentArrivedTerminal = "shipment.arrived-terminal";
    public const string ShipmentDepartedTerminal = "shipment.departed-terminal";
    public const string ShipmentCustomsHeld = "shipment.customs-held";
    public const string ShipmentCustomsReleased = "shipment.customs-released";
    public const string ShipmentDeliveryAppointed = "shipment.delivery-appointed";
    public const string ShipmentOutForDelivery = "shipment.out-for-delivery";
    public const string ShipmentArrivedDelivery = "shipment.arrived-delivery";
    public const string ShipmentAvailableForPickup = "shipment.available-for-pickup";
    public const string ShipmentDelivered = "shipment.delivered";
    public const string ShipmentEstimate = "shipment.estimate";
    public const string ShipmentException = "shipment.exception";
    public const string DeliveryPod = "delivery.pod";
    public const string GoodsIssuePosted = "goods-issue.posted";
    public const string GoodsIssueRejected = "goods-issue.rejected";
    public const string InvoiceIssued = "invoice.issued";
    public const string InvoiceRejected = "invoice.rejected";
    public const string InvoiceCancelled = "invoice.cancelled";
    public const string PostingPosted = "posting.posted";
    public const string PostingRejected = "posting.rejected";
    public const string PostingReversed = "posting.reversed";
    public const string PaymentApplied = "payment.applied";
    public const string FreightInvoiced = "freight.invoiced";
    public const string CommandFailed = "command.failed";

    // Reported by the tower itself (role "tower") or by its people (role "people"); never accepted from a registered
    // connector.
    public const string CommandAccepted = "command.accepted";
    public const string CommandRejected = "command.rejected";
    public const string CommandUnknown = "command.unknown";
    public const string CommandAbsent = "command.absent";
    public const string CommandReplayed = "command.replayed";
    public const string ApprovalGranted = "approval.granted";

    private static readonly string[] Transport = [Roles.Tms, Roles.Carrier];

    private static readonly Dictionary<string, string[]> OwnersByMilestone = new(StringComparer.Ordinal)
    {
        [OrderAccepted] = [Roles.Erp],
        [OrderChanged] = [Roles.Erp],
        [OrderCancelled] = [Roles.Erp],
        [OrderHeld] = [Roles.Erp],
        [OrderReleased] = [Roles.Erp],
        [FulfilmentAllocated] = [Roles.Wms],
        [FulfilmentPicked] = [Roles.Wms],
        [FulfilmentPacked] = [Roles.Wms],
        [FulfilmentStaged] = [Roles.Wms],
        [FulfilmentShort] = [Roles.Wms],
        [FulfilmentCancelled] = [Roles.Wms],
        [FulfilmentCancelRejected] = [Roles.Wms],
        [ShipmentReady] = [Roles.Wms],
        [ShipmentShipped] = [Roles.Wms],
        [ShipmentAccepted] = [Roles.Tms],
        [ShipmentDeclined] = [Roles.Tms],
        [ShipmentPickupAppointed] = Transport,
        [ShipmentArrivedPickup] = Transport,
        [ShipmentLoaded] = Transport,
        [ShipmentPickedUp] = Transport,
        [ShipmentArrivedTerminal] = Transport,
        [ShipmentDepartedTerminal] = Transport,
        [ShipmentCustomsHeld] = Transport,
        [ShipmentCustomsReleased] = Transport,
        [ShipmentDeliveryAppointed] = Transport,
        [ShipmentOutForDelivery] = Transport,
        [ShipmentArrivedDelivery] = Transport,
        [ShipmentAvailableForPickup] = Transport,
        [ShipmentDelivered] = Transport,
        [ShipmentEstimate] = Transport,
        [ShipmentException] = Transport,
        [DeliveryPod] = [Roles.Tms, Roles.Carrier, Roles.People],
        [GoodsIssuePosted] = [Roles.Erp],
        [GoodsIssueRejected] = [Roles.Erp],
        [InvoiceIssued] = [Roles.Billing],
        [InvoiceRejected] = [Roles.Billing],
        [InvoiceCancelled] = [Roles.Billing],
        [PostingPosted] = [Roles.Erp],
        [PostingRejected] = [Roles.Erp],
        [PostingReversed] = [Roles.Erp],
        [PaymentApplied] = [Roles.Erp],
        [FreightInvoiced] = Transport,
        [CommandFailed] = [.. Roles.Registrable],
        [CommandAccepted] = [Roles.Tower, Roles.People],
        [CommandRejected] = [Roles.Tower],
        [CommandUnknown] = [Roles.Tower],
        [CommandAbsent] = [Roles.Tower, Roles.People],
        [CommandReplayed] = [Roles.People],
        [ApprovalGranted] = [Roles.People],
    };

    /// <summary>Every milestone the tower knows, its own included.</summary>
    public static IReadOnlyCollection<string> All => OwnersByMilestone.Keys;

    /// <summary>Roles that own the milestone; empty for a milestone the tower does not know.</summary>
    public static IReadOnlyList<string> OwnersOf(string milestone) =>
        OwnersByMilestone.TryGetValue(milestone, out var owners) ? owners : [];

    /// <summary>Whether a connector of this role owns the milestone.</summary>
    public static bool Owns(string role, string milestone) => OwnersOf(milestone).Contains(role, StringComparer.Ordinal);

    /// <summary>The milestones a connector of this role may report: the default of its <c>reports</c>.</summary>
    public static IReadOnlyList<string> OwnedBy(string role) =>
        [.. OwnersByMilestone.Where(pair => pair.Value.Contains(role, StringComparer.Ordinal)).Select(pair => pair.Key)];
}
