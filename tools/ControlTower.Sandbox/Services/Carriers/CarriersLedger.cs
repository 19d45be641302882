namespace ControlTower.Sandbox.Services.Carriers;

/// <summary>The books of transport: tenders, and what became of each load.</summary>
internal static class CarriersLedger
{
    public static object Show(IReadOnlyList<Load> all, string? order, int commands)
    {
        var loads = all.Where(load => order is null || load.Order.Number == order).ToList();
        var deliveries = loads.Where(load => load.DeliveredAt is not null).Select(Delivery).ToList();
        return new
        {
            system = "carriers",
            totals = new
            {
                tenders = loads.Count,
                pickedUp = loads.Count(load => load.PickedUpAt is not null),
                deliveries = deliveries.Count,
                lateDeliveries = deliveries.Count(delivery => delivery.Late),
                lateOrders = deliveries.Where(delivery => delivery.Late).Select(delivery => delivery.Order).Distinct().Count(),
                proofs = loads.Count(load => load.ProofAt is not null),
                commands,
            },
            tenders = loads.Select(load => load.Tender).ToList(),
            loads = loads.Select(Show).ToList(),
            deliveries,
        };
    }

    private static object Show(Load load) => new
    {
        load = load.Tender.Load,
        order = load.Order.Number,
        shipment = load.Tender.Shipment,
        carrier = load.Tender.Carrier,
        tracking = load.Tender.Tracking,
        acceptedAt = Text(load.AcceptedAt),
        pickedUpAt = Text(load.PickedUpAt),
        deliveredAt = Text(load.DeliveredAt),
        proofAt = Text(load.ProofAt),
    };

    private static DeliveredGoods Delivery(Load load) => new(
        load.Order.Number, load.Tender.Shipment, load.Tender.Tracking, load.Tender.Carrier, CloudEvents.Text(load.DeliveredAt!.Value),
        CloudEvents.Text(load.Order.Promised), load.DeliveredAt > load.Order.Promised, Text(load.ProofAt));

    private static string? Text(DateTimeOffset? instant) => instant is { } known ? CloudEvents.Text(known) : null;

    private sealed record DeliveredGoods(
        string Order, string Shipment, string Tracking, string Carrier, string DeliveredAt, string Promised, bool Late, string? ProofAt);
}
