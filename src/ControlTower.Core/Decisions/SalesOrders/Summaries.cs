using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>The transaction's row.</summary>
internal static class Summaries
{
    public static TransactionSummary From(Draft draft, TransactionStage stage, PromiseState promise)
    {
        var (view, order) = (draft.View, draft.Order);
        return new TransactionSummary
        {
            Stage = stage,
            Health = HealthOf(draft),
            LegalEntity = order.LegalEntity,
            Region = order.Region,
            CustomerId = order.Customer.Id,
            CustomerName = order.Customer.Name,
            Segment = order.Customer.Segment,
            Carrier = view.Shipments.Find(shipment => shipment.Carrier is not null)?.Carrier,
            Currency = order.Currency,
            Amount = order.Total,
            Invoiced = view.Invoices.Where(invoice => invoice.CountsAsInvoiced).Sum(invoice => invoice.Net),
            Posted = view.Postings.Where(posting => posting.ReversedAt is null).Sum(posting => posting.Net ?? posting.Total),
            Held = draft.Holds.Where(hold => hold.Kind == "billing").Sum(hold => hold.Amount ?? 0),
            Late = promise.IsLate,
            AtRisk = promise.IsAtRisk,
            AcceptedAt = view.AcceptedAt,
            RequestedDelivery = order.RequestedDelivery,
            ShippedAt = view.Shipments.Max(shipment => shipment.ShippedAt),
            DeliveredAt = view.Shipments.Max(shipment => shipment.ArrivedAt),
            Sites = [.. view.Lines.Select(line => line.Site).Distinct(StringComparer.Ordinal)],
            Identifiers = view.Identifiers,
        };
    }

    /// <summary>Of a transaction whose order is not known, or not any more.</summary>
    public static TransactionSummary WithoutOrder(OrderView view, bool isOpen) => new()
    {
        Stage = TransactionStage.Accepted,
        Health = isOpen ? TransactionHealth.Attention : TransactionHealth.Ok,
        LegalEntity = "",
        CustomerId = "",
        Currency = "",
        Amount = 0,
        Invoiced = view.Invoices.Where(invoice => invoice.CountsAsInvoiced).Sum(invoice => invoice.Net),
        Posted = view.Postings.Where(posting => posting.ReversedAt is null).Sum(posting => posting.Net ?? posting.Total),
        Held = 0,
        Late = false,
        AtRisk = false,
        Identifiers = view.Identifiers,
    };

    private static TransactionHealth HealthOf(Draft draft) =>
        draft.IsStuck ? TransactionHealth.Failed
        : draft.Holds.Count > 0 ? TransactionHealth.Held
        : draft.Conditions.Count > 0 || draft.HasGap ? TransactionHealth.Attention
        : TransactionHealth.Ok;
}
