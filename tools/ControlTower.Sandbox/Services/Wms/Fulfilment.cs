using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Services.Wms;

/// <summary>A fulfilment order in the warehouse: its lines, what was not found, and its shipments.</summary>
internal sealed class Fulfilment
{
    private readonly int _shipments;
    private List<GoodsLine> _lines;

    public Fulfilment(Release release, SalesOrder order, bool first)
    {
        (Release, Order, _lines) = (release, order, [.. release.Lines]);
        Short = first && order.Fate.HasFlag(Fate.PickedShort) ? ShortLine() : null;
        _shipments = order.Shipments > 1 && (_lines.Count > 1 || _lines[0].Quantity >= 2) ? 2 : 1;
        Shipments = [.. Enumerable.Range(1, _shipments).Select(part => new Shipment(this, part))];
    }

    public Release Release { get; }

    public SalesOrder Order { get; }

    public string Number => Release.Fulfilment;

    public IReadOnlyList<GoodsLine> Lines => _lines;

    /// <summary>The line of which one unit is not found; null when all is there.</summary>
    public GoodsLine? Short { get; }

    public IReadOnlyList<Shipment> Shipments { get; }

    public bool Cancelled => _lines.Count == 0;

    /// <summary>Goods are packed into shipments: single lines cannot be removed any more.</summary>
    public bool Packed { get; set; }

    public bool Shipped => Shipments.Any(shipment => shipment.Shipped);

    /// <summary>The quantities that were found.</summary>
    public IReadOnlyList<GoodsLine> PickedLines => [.. _lines.Select(Found)];

    /// <summary>Removes lines, all of them when none is named.</summary>
    public void Cancel(IReadOnlyList<string>? lines) => _lines = lines is null ? [] : [.. _lines.Where(line => !lines.Contains(line.Line))];

    /// <summary>
    /// The goods of one shipment: the first half of the lines, or of a single line's quantity, or the rest.
    /// </summary>
    public IReadOnlyList<GoodsLine> LinesOf(int part)
    {
        var picked = PickedLines;
        if (_shipments == 1)
        {
            return picked;
        }

        if (picked.Count == 1)
        {
            var half = Math.Ceiling(picked[0].Quantity / 2);
            var units = part == 1 ? half : picked[0].Quantity - half;
            return units > 0 ? [picked[0] with { Quantity = units }] : [];
        }

        var first = (picked.Count + 1) / 2;
        return [.. part == 1 ? picked.Take(first) : picked.Skip(first)];
    }

    private GoodsLine Found(GoodsLine line) => line.Line == Short?.Line ? line with { Quantity = line.Quantity - 1 } : line;

    /// <summary>The order's first line of two or more, if it is on this fulfilment.</summary>
    private GoodsLine? ShortLine()
    {
        var line = Order.Lines.FirstOrDefault(line => line.Quantity >= 2)?.Line;
        return _lines.FirstOrDefault(mine => mine.Line == line && mine.Quantity >= 2);
    }
}

/// <summary>One shipment of a fulfilment.</summary>
internal sealed class Shipment(Fulfilment fulfilment, int part)
{
    public string Number { get; } = $"SH-{Numbers.Stem(fulfilment.Number)}-{part}";

    public IReadOnlyList<GoodsLine> Lines => fulfilment.LinesOf(part);

    public bool Shipped { get; set; }

    /// <summary>The carrier's number, once it has accepted the shipment.</summary>
    public string? Tracking { get; set; }
}
