using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Tryton.Documents;

namespace ControlTower.Integrations.Tryton.Translation;

/// <summary>What a report of Tryton's means in the open connector: a milestone and its data.</summary>
internal sealed class TrytonTranslator : IEventTranslator
{
    private static readonly Dictionary<string, (
        string Milestone, Func<RawFields, Numbers, JsonObject> Data)> Meanings = new(StringComparer.Ordinal)
    {
        [TrytonEvent.TypeOf(TrytonEventKind.SaleAccepted)] = (Milestones.OrderAccepted, SaleTranslation.Order),
        [TrytonEvent.TypeOf(TrytonEventKind.SaleChanged)] = (Milestones.OrderChanged, SaleTranslation.Order),
        [TrytonEvent.TypeOf(TrytonEventKind.SaleCancelled)] = (Milestones.OrderCancelled, SaleTranslation.Cancelled),
        [TrytonEvent.TypeOf(TrytonEventKind.ShipmentAssigned)] = (Milestones.FulfilmentAllocated, ShipmentTranslation.Step),
        [TrytonEvent.TypeOf(TrytonEventKind.ShipmentPicked)] = (Milestones.FulfilmentPicked, ShipmentTranslation.Step),
        [TrytonEvent.TypeOf(TrytonEventKind.ShipmentShort)] = (Milestones.FulfilmentShort, ShipmentTranslation.Short),
        [TrytonEvent.TypeOf(TrytonEventKind.ShipmentPacked)] = (Milestones.FulfilmentPacked, ShipmentTranslation.Step),
        [TrytonEvent.TypeOf(TrytonEventKind.ShipmentReady)] = (Milestones.ShipmentReady, ShipmentTranslation.Built),
        [TrytonEvent.TypeOf(TrytonEventKind.ShipmentDone)] = (Milestones.ShipmentShipped, ShipmentTranslation.Built),
        [TrytonEvent.TypeOf(TrytonEventKind.ShipmentIssued)] = (Milestones.GoodsIssuePosted, ShipmentTranslation.Issued),
        [TrytonEvent.TypeOf(TrytonEventKind.ShipmentCancelled)] = (Milestones.FulfilmentCancelled, ShipmentTranslation.Cancelled),
        [TrytonEvent.TypeOf(TrytonEventKind.InvoiceIssued)] = (Milestones.InvoiceIssued, InvoiceTranslation.Issued),
        [TrytonEvent.TypeOf(TrytonEventKind.InvoiceCancelled)] = (Milestones.InvoiceCancelled, InvoiceTranslation.Cancelled),
        [TrytonEvent.TypeOf(TrytonEventKind.InvoicePosted)] = (Milestones.PostingPosted, InvoiceTranslation.Posted),
        [TrytonEvent.TypeOf(TrytonEventKind.InvoiceReversed)] = (Milestones.PostingReversed, InvoiceTranslation.Reversed),
    };

    public IReadOnlyCollection<string> Reads => Meanings.Keys;

    public TranslateResult Translate(TranslateContext context)
    {
        var (milestone, data) = Meanings[context.Type];
        return context.Fact(
            milestone,
            context.Event["subject"].RequiredText(),
            context.Event["time"].Instant(TimeZoneInfo.Utc),
            data(new RawFields(context), Numbers.From(context.Settings)),
            context.Event["sequence"].Integer());
    }
}
