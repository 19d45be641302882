using ControlTower.Core.Kernel;
using ControlTower.Integrations.Tryton.Polling;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Documents;

/// <summary>Reads documents whole, many at once, and splits each into its content to a connector of this role.</summary>
internal sealed class DocumentReader(TrytonClient client, TrytonSettings settings, string connector, string role)
{
    private readonly SaleReader _sales = new(client, settings, connector);
    private readonly ShipmentReader _shipments = new(client, connector, isWarehouse: role == Roles.Wms);
    private readonly InvoiceReader _invoices = new(client, settings, connector, isBilling: role == Roles.Billing);

    /// <summary>In the order of the ids; of one document in the order in which things happen.</summary>
    public Task<IReadOnlyList<TrytonEvent>> ReadAsync(DocumentKind kind, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        kind switch
    {
        DocumentKind.Sale => _sales.ReadAsync(ids, cancellation),
        DocumentKind.Shipment => _shipments.ReadAsync(ids, cancellation),
        _ => _invoices.ReadAsync(ids, cancellation),
    };
}
