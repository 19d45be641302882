using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Polling;

/// <summary>The documents that Tryton's records form.</summary>
internal enum DocumentKind
{
    Sale,
    Shipment,
    Invoice,
}

/// <summary>
/// A model whose changes are followed, and the document they belong to: a write on a line or a move does not touch the
/// stamp of its sale or shipment.
/// </summary>
/// <param name="Parent">The field that points to the document; null when the record is the document.</param>
/// <param name="Filter">Which records count.</param>
internal sealed record Feed(string Model, DocumentKind Document, string? Parent, Func<JsonArray> Filter)
{
    private static readonly Feed Sales = new("sale.sale", DocumentKind.Sale, null, () =>
        Is("state", "in", new JsonArray("processing", "done")));
    private static readonly Feed SaleLines = new("sale.line", DocumentKind.Sale, "sale", () =>
        Is("sale.state", "in", new JsonArray("processing", "done")));
    private static readonly Feed Shipments = new("stock.shipment.out", DocumentKind.Shipment, null, () => []);
    private static readonly Feed Moves = new("stock.move", DocumentKind.Shipment, "shipment", () =>
        Is("shipment", "like", "stock.shipment.out,%"));
    private static readonly Feed Packages = new("stock.package", DocumentKind.Shipment, "shipment", () =>
        Is("shipment", "like", "stock.shipment.out,%"));
    private static readonly Feed Invoices = new("account.invoice", DocumentKind.Invoice, null, () => Is("type", "=", "out"));
    private static readonly Feed InvoiceLines = new(
        "account.invoice.line", DocumentKind.Invoice, "invoice", () => Is("invoice.type", "=", "out"));

    /// <summary>What a connector of this role reads: only what its role may report.</summary>
    public static IReadOnlyList<Feed> From(string role) => role switch
    {
        Roles.Erp => [Sales, SaleLines, Shipments, Invoices],
        Roles.Wms => [Shipments, Moves, Packages],
        Roles.Billing => [Invoices, InvoiceLines],
        _ => [],
    };

    /// <summary>The document that a record belongs to; null when it belongs to none.</summary>
    public long? DocumentOf(JsonElement row) => Parent switch
    {
        null => RpcValue.IdOf(row, "id"),
        "shipment" => RpcValue.IdIn(row, Parent, "stock.shipment.out"),
        _ => RpcValue.IdOf(row, Parent),
    };

    private static JsonArray Is(string field, string @operator, JsonNode value) => [new JsonArray(field, @operator, value)];
}
