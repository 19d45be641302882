using ControlTower.Sandbox.Wire;


namespace ControlTower.Sandbox.Services.Wms;

/// <summary>The warehouse's facts about one fulfilment.</summary>
internal sealed class WmsFacts(Fulfilment fulfilment)
{
    private const decimal KilogramsPerUnit = 1.2m;

    private readonly Release _release = fulfilment.Release;

    public Fact Allocated() => Step("fulfilment.allocated", fulfilment.Lines);

    public Fact Picked() => Step("fulfilment.picked", fulfilment.PickedLines);

    public Fact Packed() => Step("fulfilment.packed", fulfilment.PickedLines);

    public Fact NotFound() => new("fulfilment.short", fulfilment.Number, Own(), new
    {
        lines = new[] { new { line = fulfilment.Short!.Line, missing = 1m, reason = "Not found in the bin", then = "backorder" } },
    });

    public Fact Ready(Shipment shipment) => new("shipment.ready", shipment.Number, Own(shipment), new
    {
        site = _release.Site,
        carrier = fulfilment.Order.Carrier,
        lines = shipment.Lines.Select(line => new { line = line.Line, quantity = line.Quantity, order = fulfilment.Order.Number }).ToList(),
        parcels = Parcels(shipment),
    });

    public Fact Shipped(Shipment shipment) => new("shipment.shipped", shipment.Number, Own(shipment), new
    {
        site = _release.Site,
        lines = shipment.Lines.Select(Goods).ToList(),
        carrier = fulfilment.Order.Carrier,
        tracking = shipment.Tracking,
    });

    public static Fact Cancelled(Cancellation cancellation, string milestone) => new(
        milestone,
        cancellation.Fulfilment,
        cancellation.References.Only("order").With("fulfilment", cancellation.Fulfilment),
        new
        {
            reason = cancellation.Rejected ? "The goods have left or are packed" : cancellation.Reason ?? "Cancelled",
            lines = cancellation.Lines?.Select(line => new { line }).ToList(),
        });

    private Fact Step(string milestone, IReadOnlyList<GoodsLine> lines) => new(
        milestone, fulfilment.Number, Own(), new { site = _release.Site, lines = lines.Select(Goods).ToList() });

    /// <summary>One parcel with all units, or two that share them.</summary>
    private List<object> Parcels(Shipment shipment)
    {
        var units = shipment.Lines.Sum(line => line.Quantity);
        if (fulfilment.Order.Parcels == 1 || units < 2)
        {
            return [Parcel(shipment, 1, shipment.Lines)];
        }

        var first = shipment.Lines.Select(line => line with { Quantity = Math.Ceiling(line.Quantity / 2) }).ToList();
        var second = shipment.Lines.Zip(first, (all, part) => all with { Quantity = all.Quantity - part.Quantity })
            .Where(line => line.Quantity > 0);
        return [Parcel(shipment, 1, first), Parcel(shipment, 2, [.. second])];
    }

    private static object Parcel(Shipment shipment, int number, IReadOnlyList<GoodsLine> lines) => new
    {
        parcel = $"PC-{Numbers.Stem(shipment.Number)}-{number}",
        weight = lines.Sum(line => line.Quantity) * KilogramsPerUnit,
        lines = lines.Select(line => new { line = line.Line, quantity = line.Quantity }).ToList(),
    };

    private static object Goods(GoodsLine line) => new { line = line.Line, quantity = line.Quantity, item = line.Item };

    private References Own() => _release.References.Only("order").With("fulfilment", fulfilment.Number);

    private References Own(Shipment shipment) => Own().With("shipment", shipment.Number);
}
