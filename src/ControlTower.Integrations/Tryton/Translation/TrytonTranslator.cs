using System.Text.Json.Nodes;
using ControlTower.Core.Canonical;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Integrations.Tryton.Documents;

namespace ControlTower.Integrations.Tryton.Translation;

/// <summary>What a saying of Tryton's means in the open connector: a milestone and its data.</summary>
internal sealed class TrytonTranslator : IEventTranslator
{
    private static readonly Dictionary<string, (string Milestone, Func<RawFields, Numbers, JsonObject> Data)> Meanings = new(StringComparer.Ordinal)
    {
        [Said.TypeOf(Saying.SaleAccepted)] = (Milestones.OrderAccepted, SaleTranslation.Order),
        [Said.TypeOf(Saying.SaleChanged)] = (Milestones.OrderChanged, SaleTranslation.Order),
        [Said.TypeOf(Saying.SaleCancelled)] = (Milestones.OrderCancelled, SaleTranslation.Cancelled),
        [Said.TypeOf(Saying.ShipmentAssigned)] = (Milestones.FulfilmentAllocated, ShipmentTranslation.Step),
        [Said.TypeOf(Saying.ShipmentPicked)] = (Milestones.FulfilmentPicked, ShipmentTranslation.Step),
        [Said.TypeOf(Saying.ShipmentShort)] = (Milestones.FulfilmentShort, ShipmentTranslation.Short),
        [Said.TypeOf(Saying.ShipmentPacked)] = (Milestones.FulfilmentPacked, ShipmentTranslation.Step),
        [Said.TypeOf(Saying.ShipmentReady)] = (Milestones.ShipmentReady, ShipmentTranslation.Built),
        [Said.TypeOf(Saying.ShipmentDone)] = (Milestones.ShipmentShipped, ShipmentTranslation.Built),
        [Said.TypeOf(Saying.ShipmentIssued)] = (Milestones.GoodsIssuePosted, ShipmentTranslation.Issued),
        [Said.TypeOf(Saying.ShipmentCancelled)] = (Milestones.FulfilmentCancelled, ShipmentTranslation.Cancelled),
        [Said.TypeOf(Saying.InvoiceIssued)] = (Milestones.InvoiceIssued, InvoiceTranslation.Issued),
        [Said.TypeOf(Saying.InvoiceCancelled)] = (Milestones.InvoiceCancelled, InvoiceTranslation.Cancelled),
        [Said.TypeOf(Saying.InvoicePosted)] = (Milestones.PostingPosted, InvoiceTranslation.Posted),
        [Said.TypeOf(Saying.InvoiceReversed)] = (Milestones.PostingReversed, InvoiceTranslation.Reversed),
    };

    public IReadOnlyCollection<string> Reads => Meanings.Keys;

    public TranslateResult Translate(TranslateContext context)
    {
        var (milestone, data) = Meanings[context.Type];
        return context.Fact(
            milestone,
            context.Event["subject"].RequiredText(),
            context.Event["time"].Instant(TimeZoneInfo.Utc),
            data(new RawFields(context), Numbers.Of(context.Settings)),
            context.Event["sequence"].Integer());
    }
}
