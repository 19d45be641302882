using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>Milestones, commands and documents in the user's words.</summary>
internal static class MilestoneText
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        [Milestones.OrderHeld] = "Order put on hold",
        [Milestones.OrderReleased] = "Hold released",
        [Milestones.FulfilmentShort] = "Goods missing in the warehouse",
        [Milestones.FulfilmentCancelRejected] = "Cancellation refused by the warehouse",
        [Milestones.FulfilmentAllocated] = "Stock allocated",
        [Milestones.FulfilmentPicked] = "Picked",
        [Milestones.FulfilmentPacked] = "Packed",
        [Milestones.FulfilmentStaged] = "Staged at the dock",
        [Milestones.ShipmentReady] = "Shipment ready",
        [Milestones.ShipmentShipped] = "Shipped",
        [Milestones.ShipmentPickupAppointed] = "Pick-up appointed",
        [Milestones.ShipmentArrivedPickup] = "Carrier at the pick-up",
        [Milestones.ShipmentLoaded] = "Loaded",
        [Milestones.ShipmentPickedUp] = "Picked up by the carrier",
        [Milestones.ShipmentArrivedTerminal] = "Arrived at a terminal",
        [Milestones.ShipmentDepartedTerminal] = "Left a terminal",
        [Milestones.ShipmentCustomsHeld] = "Held by customs",
        [Milestones.ShipmentCustomsReleased] = "Released by customs",
        [Milestones.ShipmentDeliveryAppointed] = "Delivery appointed",
        [Milestones.ShipmentOutForDelivery] = "Out for delivery",
        [Milestones.ShipmentArrivedDelivery] = "Arrived at the customer",
        [Milestones.ShipmentAvailableForPickup] = "Ready to be collected",
        [Milestones.ShipmentDelivered] = "Delivered",
        [Milestones.ShipmentAccepted] = "Tender accepted by the carrier",
        [Milestones.ShipmentDeclined] = "Tender declined by the carrier",
        [Milestones.ShipmentEstimate] = "Delivery estimated",
        [Milestones.ShipmentException] = "Carrier exception",
        [Milestones.DeliveryPod] = "Proof of delivery",
        [Milestones.GoodsIssueRejected] = "Goods issue refused",
        [Milestones.InvoiceRejected] = "Invoice refused",
        [Milestones.PostingPosted] = "Invoice posted",
        [Milestones.PostingRejected] = "Posting refused",
        [Milestones.PostingReversed] = "Posting reversed",
        [Milestones.FreightInvoiced] = "Freight invoiced",
        [Milestones.CommandAccepted] = "Request accepted",
        [Milestones.CommandRejected] = "Request refused",
        [Milestones.CommandUnknown] = "Outcome of a request unknown",
        [Milestones.CommandAbsent] = "Request had no effect",
        [Milestones.CommandReplayed] = "Request replayed by a person",
        [Milestones.CommandFailed] = "Accepted request could not be done",
        [Milestones.ApprovalGranted] = "Release approved by a person",
    };

    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        [CommandKinds.ReleaseFulfilment] = "Release to the warehouse",
        [CommandKinds.CancelFulfilment] = "Cancel in the warehouse",
        [CommandKinds.TenderShipment] = "Tender to the carrier",
        [CommandKinds.PostGoodsIssue] = "Post the goods issue",
        [CommandKinds.CreateInvoice] = "Create the invoice",
        [CommandKinds.PostInvoice] = "Post the invoice",
        [CommandKinds.UpdateOrderStatus] = "Update the stage in the ERP",
    };

    /// <summary>"Proof of delivery"; a milestone without a text of its own is its name: "Shipment picked up".</summary>
    public static string For(string milestone) =>
        Texts.TryGetValue(milestone, out var words) ? words : Capital(milestone.Replace('.', ' ').Replace('-', ' '));

    /// <summary>The milestone without its document, small: "picked up".</summary>
    public static string Status(string milestone) =>
        Texts.TryGetValue(milestone, out var words)
            ? Small(words)
            : milestone[(milestone.IndexOf('.', StringComparison.Ordinal) + 1)..].Replace('-', ' ');

    public static string OfCommand(string kind) => Commands.TryGetValue(kind, out var words) ? words : Capital(kind.Replace('-', ' '));

    /// <summary>"purchaseOrder" → "Purchase order".</summary>
    public static string OfReference(string kind) => kind switch
    {
        "pod" => "Proof of delivery",
        ReferenceKinds.Asn => "Advance shipping notice",
        ReferenceKinds.Correlation => "Correlation id",
        ReferenceKinds.Tracking => "Tracking number",
        _ => Capital(string.Concat(kind.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()))),
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Small(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
