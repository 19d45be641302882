using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// Clocks of the stock book, the transport, billing and the journal. The clock of the proof of delivery belongs to the
/// invoice it holds.
/// </summary>
internal static partial class Expect
{
    private static void ExpectGoodsIssue(Draft draft, ShipmentView shipment, DateTimeOffset shippedAt)
    {
        if (shipment.GoodsIssue is not null)
        {
            return;
        }

        var asked = draft.Accepted(CommandKinds.PostGoodsIssue, shipment.Part);
        if (asked is not null || draft.ModeOf(CommandKinds.PostGoodsIssue, shipment.Site) == CommandMode.Native)
        {
            Missing(
                draft, Milestones.GoodsIssuePosted, shipment.Part, shipment.Site, Later(shippedAt, asked?.At),
                draft.Policies.Clocks.GoodsIssueHours,
                $"the goods issue of shipment {shipment.Number}");
        }
    }

    private static void ExpectPickUp(Draft draft, ShipmentView shipment, DateTimeOffset shippedAt)
    {
        var isArrived = shipment.DeliveredAt is not null || shipment.Proof is not null;
        if (shipment.PickUp is null && (!isArrived || draft.Policies.Billing.RequirePickUp))
        {
            Missing(
                draft, Milestones.ShipmentPickedUp, shipment.Part, shipment.Site, shippedAt, draft.Policies.Clocks.PickUpHours,
                $"pick-up of shipment {shipment.Number}");
        }
    }

    /// <summary>
    /// A shipment that left without a tracking number. Where no connector reports transport, none is expected.
    /// </summary>
    private static void ExpectTracking(Draft draft, ShipmentView shipment, DateTimeOffset shippedAt)
    {
        var isMissing = shipment is { Trackings.Count: 0, ArrivedAt: null }
            && (draft.IsReported(Milestones.ShipmentPickedUp, shipment.Site)
                || draft.IsReported(Milestones.ShipmentDelivered, shipment.Site));
        var hours = draft.Policies.Clocks.TrackingMissingHours;
        if (isMissing && draft.IsDue(shippedAt, hours))
        {
            draft.Name(new OpenCondition(
                $"{ReasonCodes.TrackingMissing}:{shipment.Part}", ReasonCodes.TrackingMissing,
                $"Shipment {shipment.Number} left without a tracking number on {ConditionText.Day(shippedAt)}.", shipment.Number,
                shipment.Site, null, null, null, null, shippedAt.AddHours(hours)));
        }
    }

    /// <summary>A shipment in transit without any report for a long time.</summary>
    private static void ExpectReport(Draft draft, ShipmentView shipment, DateTimeOffset shippedAt)
    {
        var isUnderWay = shipment is { PickUp: not null, DeliveredAt: null, Proof: null }
            && !shipment.Exceptions.Exists(exception => exception is { IsOpen: true, Kind: "lost" or "returned" or "returning" });
        var since = Later(shippedAt, shipment.LastReportAt);
        var hours = draft.Policies.Clocks.TrackingSilentHours;
        if (isUnderWay && draft.IsReported(Milestones.ShipmentDelivered, shipment.Site) && draft.IsDue(since, hours))
        {
            draft.Name(new OpenCondition(
                $"{ReasonCodes.TrackingSilent}:{shipment.Part}", ReasonCodes.TrackingSilent,
                $"Nothing was heard of shipment {shipment.Number} since {ConditionText.Day(since)}.", shipment.Number, shipment.Site,
                ConditionText.TransportOf(shipment), null,
                null, null, since.AddHours(hours)));
        }
    }

    private static void ExpectInvoices(Draft draft)
    {
        foreach (var command in draft.View.Commands)
        {
            var isAwaited = command is { Kind: CommandKinds.CreateInvoice, Outcome: CommandOutcome.Accepted }
                && !draft.View.Invoices.Exists(invoice => invoice.Ask == command);
            if (isAwaited)
            {
                var site = draft.View.Shipments.Find(shipment => shipment.Part == command.Part)?.Site;
                Missing(
                    draft, Milestones.InvoiceIssued, command.ExternalId ?? command.Part ?? draft.Order.Number, site, command.At,
                    draft.Policies.Clocks.InvoiceHours,
                    $"the invoice for shipment {command.Part}");
            }
        }
    }

    /// <summary>Where billing invoices by itself, its invoice is expected from the moment the policy is satisfied.</summary>
    public static void NativeInvoice(Draft draft, ShipmentView shipment, BillEvidence evidence)
    {
        var satisfied = shipment.ShippedAt!.Value;
        foreach (var item in evidence.Items)
        {
            satisfied = Later(satisfied, item.At);
        }

        Missing(
            draft, Milestones.InvoiceIssued, shipment.Part, shipment.Site, satisfied, draft.Policies.Clocks.InvoiceHours,
            $"the invoice for shipment {shipment.Number}");
    }

    private static void ExpectPostings(Draft draft)
    {
        foreach (var invoice in draft.View.Invoices)
        {
            var isAwaited = invoice.CancelledAt is null && !draft.View.Postings.Exists(posting => posting.Invoice == invoice.Number);
            var asked = draft.Accepted(CommandKinds.PostInvoice, invoice.Number)?.At;
            var cause = draft.ModeOf(CommandKinds.PostInvoice, invoice.Site) == CommandMode.Native ? invoice.IssuedAt : asked;
            if (isAwaited && cause is { } since && !draft.IsStopped("posting", (string?)null))
            {
                Missing(
                    draft, Milestones.PostingPosted, invoice.Number, invoice.Site, since, draft.Policies.Clocks.PostingHours,
                    $"the posting of invoice {invoice.Number}");
            }
        }
    }
}
