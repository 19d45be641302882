namespace ControlTower.Core.Kernel;

/// <summary>How a case of a reason is resolved.</summary>
public enum ReasonClass
{
    /// <summary>Trying again helps.</summary>
    Retryable,

    /// <summary>Data must be corrected first.</summary>
    DataCorrection,

    /// <summary>A person decides.</summary>
    Override,
}

/// <param name="SlaHours">Hours of business time until the case is due.</param>
public sealed record ReasonCode(string Code, string Team, ReasonClass Class, string Title, IReadOnlyList<string> Runbook, int SlaHours);

/// <summary>Teams that own cases, and the role that works each queue.</summary>
public static class Teams
{
    public const string Warehouse = "warehouse";
    public const string Logistics = "logistics";
    public const string Finance = "finance";
    public const string Integration = "integration";
    public const string CustomerService = "customer-service";
    public const string MasterData = "master-data";
    public const string Inventory = "inventory";
    public const string Procurement = "procurement";
    public const string Credit = "credit";
    public const string Billing = "billing";
    public const string Tax = "tax";
    public const string Payables = "payables";
}

/// <summary>
/// Every reason an exception case can have: who owns it, how it is resolved, and its runbook. Source: the operations
/// handbook's table of reason codes; the hours are the tower's own, counted in business time.
/// </summary>
public static class ReasonCodes
{
    public const string OrderDuplicate = "ORDER_DUPLICATE";
    public const string MasterGap = "MASTER_GAP";
    public const string PriceMismatch = "PRICE_MISMATCH";
    public const string CreditHold = "CREDIT_HOLD";
    public const string AddressInvalid = "ADDRESS_INVALID";
    public const string ChangeAfterPick = "CHANGE_AFTER_PICK";
    public const string StockUnavailable = "STOCK_UNAVAILABLE";
    public const string PickShort = "PICK_SHORT";
    public const string LotSerialInvalid = "LOT_SERIAL_INVALID";
    public const string ShipConfirmLate = "SHIP_CONFIRM_LATE";
    public const string GiStockDeficit = "GI_STOCK_DEFICIT";
    public const string ErpDocLocked = "ERP_DOC_LOCKED";
    public const string TenderDeclined = "TENDER_DECLINED";
    public const string PickupMissed = "PICKUP_MISSED";
    public const string LabelFailed = "LABEL_FAILED";
    public const string TrackingMissing = "TRACKING_MISSING";
    public const string TrackingSilent = "TRACKING_SILENT";
    public const string PromiseOverdue = "PROMISE_OVERDUE";
    public const string DeliveryFailed = "DELIVERY_FAILED";
    public const string DamageLoss = "DAMAGE_LOSS";
    public const string PodMissing = "POD_MISSING";
    public const string PodQtyDiff = "POD_QTY_DIFF";
    public const string TaxRejected = "TAX_REJECTED";
    public const string InvoiceDiffers = "INVOICE_DIFFERS";
    public const string PeriodClosed = "PERIOD_CLOSED";
    public const string FreightVariance = "FREIGHT_VARIANCE";
    public const string FreightUnmatched = "FREIGHT_UNMATCHED";
    public const string AsnDiff = "ASN_DIFF";
    public const string StockDiff = "STOCK_DIFF";
    public const string CountVariance = "COUNT_VARIANCE";
    public const string ReturnUnmatched = "RETURN_UNMATCHED";
    public const string CodeUnmapped = "CODE_UNMAPPED";
    public const string ReferenceUnknown = "REFERENCE_UNKNOWN";
    public const string ReferenceAmbiguous = "REFERENCE_AMBIGUOUS";
    public const string ContentConflict = "CONTENT_CONFLICT";
    public const string SchemaInvalid = "SCHEMA_INVALID";
    public const string ExpectedMissing = "EXPECTED_MISSING";
    public const string TargetDown = "TARGET_DOWN";
    public const string TargetUnauthorised = "TARGET_UNAUTHORISED";
    public const string OutcomeUnknown = "OUTCOME_UNKNOWN";
    public const string Unroutable = "UNROUTABLE";
    public const string PublicationUnroutable = "PUBLICATION_UNROUTABLE";

    private static readonly Dictionary<string, ReasonCode> ByCode = Table().ToDictionary(reason => reason.Code, StringComparer.Ordinal);

    public static IReadOnlyCollection<ReasonCode> All => ByCode.Values;

    /// <summary>Whether a partner's code is one of ours and may be taken as the reason.</summary>
    public static bool IsKnown(string? code) => code is not null && ByCode.ContainsKey(code);

    /// <summary>The reason of that code; an unknown one belongs to integration, unmapped.</summary>
    public static ReasonCode Find(string code) => ByCode.GetValueOrDefault(code) ?? ByCode[CodeUnmapped];

    /// <summary>Who owns a milestone that does not come: the team that works with its source.</summary>
    public static string TeamOfMilestone(string milestone) => milestone[..milestone.IndexOf('.', StringComparison.Ordinal)] switch
    {
        "order" => Teams.CustomerService,
        "fulfilment" => Teams.Warehouse,
        "shipment" when milestone is Milestones.ShipmentReady or Milestones.ShipmentShipped => Teams.Warehouse,
        "shipment" or "delivery" => Teams.Logistics,
        "goods-issue" => Teams.Inventory,
        "invoice" => Teams.Billing,
        "posting" or "payment" => Teams.Finance,
        _ => Teams.Integration,
    };

    private static ReasonCode[] Table() =>
    [
        new(OrderDuplicate, Teams.CustomerService, ReasonClass.Override, "Order came twice",
            ["Compare purchase order, payer and lines with the other order.", "Cancel one of the two in the ERP."], 24),
        new(MasterGap, Teams.MasterData, ReasonClass.DataCorrection, "Master data is missing",
            ["Complete the item, party or unit in the ERP.", "Synchronise it to the system that refused.", "Replay."], 24),
        new(PriceMismatch, Teams.CustomerService, ReasonClass.DataCorrection, "Prices differ",
            ["Correct the condition in the ERP.", "Reprice the order."], 24),
        new(CreditHold, Teams.Credit, ReasonClass.Override, "Credit hold",
            ["Decide in the ERP whether the order may continue.", "Stop the shipment if it was released."], 8),
        new(AddressInvalid, Teams.CustomerService, ReasonClass.DataCorrection, "Address is invalid",
            ["Correct the ship-to address.", "Rate and label the shipment again."], 8),
        new(ChangeAfterPick, Teams.Warehouse, ReasonClass.Override, "Change came after picking",
            ["Stop the goods at the dock.", "If they have left, let them return."], 4),
        new(StockUnavailable, Teams.CustomerService, ReasonClass.Override, "Stock is not available",
            ["Decide: backorder, substitute or cancel."], 24),
        new(PickShort, Teams.Warehouse, ReasonClass.Override, "Picked short",
            ["Recount the bin.", "Confirm the shortage in the WMS, or pick the rest."], 24),
        new(LotSerialInvalid, Teams.Warehouse, ReasonClass.DataCorrection, "Lot or serial number is invalid",
            ["Scan again.", "Swap the lot.", "Replay."], 8),
        new(ShipConfirmLate, Teams.Warehouse, ReasonClass.Retryable, "Ship confirmation is late",
            ["Poll the WMS for the shipment.", "Confirm shipping there; billing waits for it."], 8),
        new(GiStockDeficit, Teams.Inventory, ReasonClass.DataCorrection, "Goods issue lacks stock",
            ["Post the missing receipt in the ERP.", "Replay the goods issue."], 8),
        new(ErpDocLocked, Teams.Integration, ReasonClass.Retryable, "ERP document is locked",
            ["Wait and replay.", "Find the owner of the lock if it stays."], 4),
        new(TenderDeclined, Teams.Logistics, ReasonClass.Override, "Tender was declined",
            ["Tender to the next carrier.", "Update the expected freight cost."], 4),
        new(PickupMissed, Teams.Logistics, ReasonClass.Override, "Pick-up was missed",
            ["Book another pick-up.", "Reset the promise to the customer."], 4),
        new(LabelFailed, Teams.Logistics, ReasonClass.Retryable, "Label failed",
            ["Look the label up at the carrier.", "Replay, or switch the service."], 4),
        new(TrackingSilent, Teams.Logistics, ReasonClass.Retryable, "Tracking is silent",
            ["Ask the carrier again.", "Open a trace."], 24),
        new(TrackingMissing, Teams.Logistics, ReasonClass.Retryable, "Tracking number is missing",
            ["Ask for the label's number, or the carrier's; when it comes, this closes by itself."], 8),
        new(PromiseOverdue, Teams.Logistics, ReasonClass.Override, "Promised delivery is overdue",
            [
                "Ask the carrier where the goods are.", "Inform the customer.",
                "Reset the promise in the ERP; when the goods are delivered, this closes by itself.",
            ], 8),
        new(DeliveryFailed, Teams.CustomerService, ReasonClass.Override, "Delivery failed",
            ["Ask the customer: reschedule, redirect or return."], 8),
        new(DamageLoss, Teams.Logistics, ReasonClass.Override, "Damaged or lost",
            ["Claim at the carrier.", "Bill what was accepted; replace the rest."], 24),
        new(PodMissing, Teams.Logistics, ReasonClass.Override, "Proof of delivery is missing",
            ["Ask the carrier for the proof; when it comes, this closes by itself.", "Or ask finance to release the invoice without it."],
            24),
        new(PodQtyDiff, Teams.Billing, ReasonClass.Override, "Quantities differ",
            ["Compare shipped, goods-issued and delivered quantities.", "Bill what was accepted; hold or credit the rest."], 24),
        new(TaxRejected, Teams.Tax, ReasonClass.DataCorrection, "Tax was rejected",
            ["Correct the tax class or the jurisdiction.", "Replay: the tax is calculated again."], 24),
        new(InvoiceDiffers, Teams.Billing, ReasonClass.Override, "Invoice differs",
            [
                "Compare the net amounts line by line.", "Correct the invoice, or waive the difference.",
                "If it was cancelled after its posting, reverse the posting in the ERP: then it is invoiced again.",
            ], 24),
        new(PeriodClosed, Teams.Finance, ReasonClass.Override, "Period is closed",
            ["Choose the posting date; it is never shifted by itself."], 24),
        new(FreightVariance, Teams.Logistics, ReasonClass.Override, "Freight differs",
            ["Compare the charges.", "Accept them with finance, or dispute."], 72),
        new(FreightUnmatched, Teams.Payables, ReasonClass.DataCorrection, "Freight has no shipment",
            ["Find the shipment.", "Refuse the invoice if it is a duplicate."], 72),
        new(AsnDiff, Teams.Procurement, ReasonClass.Override, "Receipt differs from its notice",
            ["Recount.", "Claim, or amend the purchase order."], 24),
        new(StockDiff, Teams.Inventory, ReasonClass.DataCorrection, "Stock differs",
            ["Compare the movements of both systems as of one time.", "Replay the missing one."], 24),
        new(CountVariance, Teams.Inventory, ReasonClass.Override, "Count differs",
            ["Recount blind.", "Approve the difference by its value."], 24),
        new(ReturnUnmatched, Teams.CustomerService, ReasonClass.DataCorrection, "Return has no authorisation",
            ["Quarantine the goods.", "Link the authorisation, inspect, credit."], 48),
        new(CodeUnmapped, Teams.Integration, ReasonClass.DataCorrection, "Code is not mapped",
            ["Map the code; a second person when it can trigger money.", "Replay the message."], 8),
        new(ReferenceUnknown, Teams.Integration, ReasonClass.DataCorrection, "Reference is unknown",
            ["Find the link in either system and have it sent: the message is applied when it comes.", "Or discard the message."], 24),
        new(ReferenceAmbiguous, Teams.Integration, ReasonClass.DataCorrection, "Reference is ambiguous",
            ["Find out which document is meant.", "Have it sent with a number that only this document has, and discard this message."], 24),
        new(ContentConflict, Teams.Integration, ReasonClass.DataCorrection, "Same key, different content",
            ["Ask the sender which of the two is valid."], 24),
        new(SchemaInvalid, Teams.Integration, ReasonClass.DataCorrection, "Message is not valid",
            ["The field is named: fix the mapping or the sender.", "Replay."], 8),
        new(ExpectedMissing, Teams.Integration, ReasonClass.Retryable, "Expected message is missing",
            ["Ask the source again for that document."], 8),
        new(TargetDown, Teams.Integration, ReasonClass.Retryable, "Target cannot be reached",
            ["One incident for all its commands: wait until it answers.", "Replay one as a canary."], 4),
        new(TargetUnauthorised, Teams.Integration, ReasonClass.Retryable, "Target refuses our credentials",
            ["Renew the secret.", "Replay one as a canary."], 4),
        new(OutcomeUnknown, Teams.Integration, ReasonClass.Override, "Outcome is unknown",
            ["Look in the target.", "Say \"it is there, as …\" or \"send it again\"."], 4),
        new(Unroutable, Teams.Integration, ReasonClass.DataCorrection, "No connector takes these commands",
            ["Register a connector that takes this kind, or let one that exists take it.",
                "Closes by itself; what waits is sent without a replay."], 4),
        new(PublicationUnroutable, Teams.Integration, ReasonClass.DataCorrection, "Published milestones reach nobody",
            ["Bind a queue to the exchange for that routing key, or leave the milestone out of what the connector publishes.",
                "Replay: all that wait for it are published."], 24),
    ];
}
