using ControlTower.Sandbox.Books;

namespace ControlTower.Sandbox.Services.Wms;

/// <summary>The warehouses' books: releases, cancellations, what was shipped, and what was refused.</summary>
internal sealed class WmsLedger
{
    private readonly List<Release> _releases = [];
    private readonly List<Cancellation> _cancellations = [];
    private readonly List<Refusal> _refusals = [];
    private readonly List<ShippedGoods> _shipments = [];

    public int Shipped => _shipments.Count;

    public void Add(Effect effect)
    {
        switch (effect)
        {
            case Release release:
                _releases.Add(release);
                break;
            case Cancellation cancellation:
                _cancellations.Add(cancellation);
                break;
            case Refusal refusal:
                _refusals.Add(refusal);
                break;
        }
    }

    public void Ship(Fulfilment fulfilment, Shipment shipment, DateTimeOffset at) => _shipments.Add(new ShippedGoods(
        fulfilment.Order.Number, shipment.Number, fulfilment.Number, fulfilment.Release.Site, fulfilment.Order.Carrier, shipment.Tracking,
        CloudEvents.Text(at), shipment.Lines));

    public object Show(string? order, int commands)
    {
        var (releases, cancellations, refusals) = (_releases.Of(order), _cancellations.Of(order), _refusals.Of(order));
        var shipments = _shipments.Where(shipment => order is null || shipment.Order == order).ToList();
        return new
        {
            system = "wms",
            totals = new
            {
                releases = releases.Count,
                cancellations = cancellations.Count(cancellation => !cancellation.Rejected),
                cancellationsRejected = cancellations.Count(cancellation => cancellation.Rejected),
                refusals = refusals.Count,
                shipments = shipments.Count,
                unitsShipped = shipments.Sum(shipment => shipment.Lines.Sum(line => line.Quantity)),
                commands,
            },
            releases,
            cancellations,
            refusals,
            shipments,
        };
    }

    private sealed record ShippedGoods(
        string Order, string Shipment, string Fulfilment, string Site, string Carrier, string? Tracking, string ShippedAt,
        IReadOnlyList<GoodsLine> Lines);
}
