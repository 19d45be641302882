using ControlTower.Core.Facts;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>The documents of an order and what they came from: it splits over sites and shipments, and merges where an
/// invoice bills several.</summary>
internal static class DocumentTree
{
    /// <summary>Parents before their children.</summary>
    public static IReadOnlyList<DocumentNode> From(OrderView view, string orderNumber)
    {
        var order = Id(ReferenceKinds.Order, orderNumber);
        return
        [
            new(order, ReferenceKinds.Order, orderNumber, view.ErpSystem, view.CancelledAt is null ? "accepted" : "cancelled", null,
                view.Order?.Total, []),
            .. view.Fulfilments.Select(f => Fulfilment(f, order)),
            .. view.Shipments.Select(s => Shipment(s, view, order)),
            .. view.Shipments.SelectMany(Proofs),
            .. view.GoodsIssues.Select(g => new DocumentNode(
                Id(ReferenceKinds.GoodsIssue, g.Number), ReferenceKinds.GoodsIssue, g.Number, g.System, "posted", null, null,
                ParentShipment(view, g.Shipment, order))),
            .. view.Invoices.Select(i => Invoice(i, view, order)),
            .. view.Postings.Select(p => Posting(p, view, order)),
        ];
    }

    private static DocumentNode Fulfilment(FulfilmentView fulfilment, string order) => new(
        Id(ReferenceKinds.Fulfilment, fulfilment.Number),
        ReferenceKinds.Fulfilment,
        fulfilment.Number,
        fulfilment.System,
        fulfilment.CancelledAt is not null
            ? "cancelled"
            : fulfilment.Milestones.Count > 0 ? MilestoneText.Status(fulfilment.Milestones[^1].Milestone) : "released",
        fulfilment.Site,
        null,
        [order]);

    private static DocumentNode Shipment(ShipmentView shipment, OrderView view, string order)
    {
        var from = view.Fulfilments.Where(f => f.System == shipment.System && f.Site == shipment.Site)
            .Select(f => Id(ReferenceKinds.Fulfilment, f.Number)).ToList();
        return new(
            Id(ReferenceKinds.Shipment, shipment.Number), ReferenceKinds.Shipment, shipment.Number, shipment.System, Status(shipment),
            shipment.Site, null,
            from.Count > 0 ? from : [order]);
    }

    private static IEnumerable<DocumentNode> Proofs(ShipmentView shipment) => shipment.Proof is { } proof
        ? [new($"pod:{shipment.Number}", "pod", proof.Document ?? shipment.Number, proof.Connector, "proof of delivery", null, null,
            [Id(ReferenceKinds.Shipment, shipment.Number)])]
        : [];

    private static DocumentNode Invoice(InvoiceView invoice, OrderView view, string order) => new(
        Id(ReferenceKinds.Invoice, invoice.Number),
        ReferenceKinds.Invoice,
        invoice.Number,
        invoice.System,
        invoice.CancelledAt is not null ? "cancelled" : invoice.Differs ? "differs from the request" : "issued",
        invoice.Site,
        invoice.Net,
        ParentShipment(view, invoice.Shipment, order));

    private static DocumentNode Posting(PostingView posting, OrderView view, string order) => new(
        Id(ReferenceKinds.Posting, posting.Document),
        ReferenceKinds.Posting,
        posting.Document,
        posting.System,
        posting.ReversedAt is not null ? "reversed" : posting.Differs ? "differs from its invoice" : "posted",
        null,
        posting.Net ?? posting.Total,
        view.Invoices.Any(i => i.Number == posting.Invoice) ? [Id(ReferenceKinds.Invoice, posting.Invoice!)] : [order]);

    private static IReadOnlyList<string> ParentShipment(OrderView view, string? shipment, string order) =>
        view.Shipments.Any(s => s.Number == shipment) ? [Id(ReferenceKinds.Shipment, shipment!)] : [order];

    private static string Status(ShipmentView shipment) =>
        shipment.Exceptions.Find(e => e.IsOpen) is { } exception ? $"carrier exception: {exception.Kind}"
        : shipment.DeliveredAt is not null ? "delivered"
        : shipment.PickedUpAt is not null ? "on its way"
        : shipment.ShippedAt is not null ? "shipped"
        : shipment.DeclinedAt is not null ? "tender declined"
        : shipment.AcceptedAt is not null ? "tender accepted"
        : "ready";

    private static string Id(string kind, string number) => $"{kind}:{number}";
}
