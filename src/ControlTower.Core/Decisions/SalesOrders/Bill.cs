using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Policies;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// Invoices: one per shipment and part, of what evidence supports and was not billed, once the billing policy is
/// satisfied or a person released exactly that invoice. What prevents it is a hold with its evidence; waiting for the
/// ordinary sequence is none.
/// </summary>
internal static class Bill
{
    public static void Decide(Draft draft)
    {
        var parts = new BillParts(draft, ignoresUnasked: false);
        foreach (var shipment in draft.View.Shipments)
        {
            if (shipment.ShippedAt is not null)
            {
                DecideOne(draft, shipment, parts.OpenOf(shipment));
            }
        }

        NameExcess(draft, parts);
        NoteAlreadySatisfied(draft);
    }

    /// <summary>
    /// Invoices that billing issued while the command that may have requested them has an unknown outcome.
    /// </summary>
    private static void NoteAlreadySatisfied(Draft draft)
    {
        BillParts? parts = null;
        foreach (var invoice in draft.View.Invoices)
        {
            if (invoice is not { Ask: null, CountsAsInvoiced: true }
                || draft.View.Shipments.Find(s => s.Part == invoice.Shipment) is not { ShippedAt: not null } shipment)
            {
                continue;
            }

            parts ??= new BillParts(draft, ignoresUnasked: true);
            if (parts.OpenOf(shipment) is { Count: > 0 } lines)
            {
                var (evidence, content) = (BillEvidence.For(draft, shipment), BillContent.From(draft, shipment, lines));
                var approval = content.ApprovalIn(draft);
                if (evidence.IsSatisfied || approval is not null)
                {
                    draft.NoteAlreadySatisfied(
                        CommandKinds.CreateInvoice, shipment.Part, Roles.Billing, shipment.Site, content.Write(draft, evidence, approval),
                        content.Net);
                }
            }
        }
    }

    private static void DecideOne(Draft draft, ShipmentView shipment, IReadOnlyList<BillLine> lines)
    {
        var evidence = BillEvidence.For(draft, shipment);
        if (lines.Count == 0)
        {
            NameUnbillable(draft, shipment, evidence);
            return;
        }

        var content = BillContent.From(draft, shipment, lines);
        var approval = content.ApprovalIn(draft);
        if (evidence.IsSatisfied || approval is not null)
        {
            if (draft.ModeOf(CommandKinds.CreateInvoice, shipment.Site) == CommandMode.Native)
            {
                Expect.NativeInvoice(draft, shipment, evidence);
            }
            else if (!draft.IsStopped("invoice", shipment))
            {
                draft.Want(
                    CommandKinds.CreateInvoice, shipment.Part, Roles.Billing, shipment.Site, content.Write(draft, evidence, approval),
                    content.Net);
            }

            return;
        }

        Hold(draft, content, evidence);
    }

    private static void Hold(Draft draft, BillContent content, BillEvidence evidence)
    {
        var shipment = content.Shipment;
        var isProofLate = evidence is { NeedsProof: true, HasProof: false } && IsProofLate(draft, shipment, content.Net);
        if (evidence.Exceptions.Count > 0)
        {
            var exception = evidence.Exceptions[0];
            Add(draft, content, evidence, CarrierExceptions.ReasonOf(exception.Kind),
                CarrierExceptions.Describe(exception, shipment.Number), exception.At);
        }
        else if (evidence.Differences.Count > 0)
        {
            Add(draft, content, evidence, ReasonCodes.PodQtyDiff,
                $"Quantities of shipment {shipment.Number} differ: {evidence.Differences[0]}", Since(shipment));
        }
        else if (isProofLate && evidence.HasBase)
        {
            Add(draft, content, evidence, ReasonCodes.PodMissing, $"No proof of delivery came for shipment {shipment.Number}",
                ProofDue(draft, shipment));
        }

        if (evidence.Differences.Count > 0)
        {
            NameDifference(draft, shipment, evidence.Differences[0], content.Net);
        }
    }

    private static void Add(Draft draft, BillContent content, BillEvidence evidence, string code, string reason, DateTimeOffset since) =>
        draft.Holds.Add(new ActiveHold(
            $"billing:{content.Shipment.Part}", "billing", "invoice", code, reason, draft.Order.Number, content.Shipment.Part, content.Net,
            draft.Order.Currency,
            content.InvoiceHash, since, evidence.Items));

    /// <summary>
    /// The clock of the proof of delivery: after delivery, or, where no delivery is known, after the promise and a long
    /// time without reports.
    /// </summary>
    public static DateTimeOffset ProofDue(Draft draft, ShipmentView shipment)
    {
        var clocks = draft.Policies.Clocks;
        if (shipment.DeliveredAt is { } delivered)
        {
            return delivered.AddHours(clocks.ProofOfDeliveryHours);
        }

        var silent = (shipment.LastReportAt > shipment.ShippedAt ? shipment.LastReportAt : shipment.ShippedAt)!.Value
            .AddHours(clocks.TrackingSilentHours);
        var last = draft.Order.RequestedDelivery is { } promise && promise > silent ? promise : silent;
        return last.AddHours(clocks.ProofOfDeliveryHours);
    }

    private static bool IsProofLate(Draft draft, ShipmentView shipment, decimal net)
    {
        var due = ProofDue(draft, shipment);
        if (!draft.IsDue(due))
        {
            return false;
        }

        var waitsSince = shipment.DeliveredAt ?? shipment.ShippedAt!.Value;
        draft.Name(new OpenCondition(
            $"{ReasonCodes.PodMissing}:{shipment.Part}", ReasonCodes.PodMissing,
            $"Waiting for proof of delivery of shipment {shipment.Number} since {ConditionText.Day(waitsSince)}.", shipment.Number,
            shipment.Site,
            ConditionText.TransportOf(shipment), null, null, net, due));
        return true;
    }

    private static DateTimeOffset Since(ShipmentView shipment) => shipment.Proof?.At ?? shipment.GoodsIssuedAt ?? shipment.ShippedAt!.Value;

    /// <summary>
    /// Nothing is left to bill although quantities differ and nothing was billed: the customer refused all of it.
    /// </summary>
    private static void NameUnbillable(Draft draft, ShipmentView shipment, BillEvidence evidence)
    {
        if (evidence.Differences.Count > 0 && !draft.IsCancelled && draft.Accepted(CommandKinds.CreateInvoice, shipment.Part) is null)
        {
            NameDifference(draft, shipment, evidence.Differences[0], null);
        }
    }

    private static void NameDifference(Draft draft, ShipmentView shipment, string difference, decimal? amount) =>
        draft.Name(new OpenCondition(
        $"{ReasonCodes.PodQtyDiff}:{shipment.Part}", ReasonCodes.PodQtyDiff,
        $"Quantities of shipment {shipment.Number} differ: {difference}.", shipment.Number,
        shipment.Site, null, null, null, amount, Since(shipment)));

    private static void NameExcess(Draft draft, BillParts parts)
    {
        foreach (var (line, shipment, billed, supported) in parts.Excess)
        {
            var isOrders = supported > line.Commercial || billed > line.Commercial;
            draft.Name(new OpenCondition(
                isOrders ? $"{ReasonCodes.InvoiceDiffers}:{shipment.Part}" : $"{ReasonCodes.PodQtyDiff}:{shipment.Part}",
                isOrders ? ReasonCodes.InvoiceDiffers : ReasonCodes.PodQtyDiff,
                $"Line {line.Line} of shipment {shipment.Number} was billed for "
                    + $"{billed:0.######}; {(isOrders ? "the order" : "the evidence")} supports {supported:0.######}.",
                shipment.Number, shipment.Site, null, null, null, null, Since(shipment)));
        }

        foreach (var (line, billed, owed) in parts.Residues)
        {
            draft.Name(new OpenCondition(
                $"{ReasonCodes.InvoiceDiffers}:line:{line.Line}", ReasonCodes.InvoiceDiffers,
                $"Line {line.Line} was billed with {billed:0.00##}; by the current order it owes {owed:0.00##} {draft.Order.Currency}.",
                draft.Order.Number,
                line.Site, null, null, null, Math.Abs(owed - billed), draft.View.AcceptedAt ?? draft.AsOf));
        }
    }
}
