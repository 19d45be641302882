using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>What of a line a shipment may still bill.</summary>
internal sealed record BillLine(LineView Line, decimal Quantity, decimal Amount);

/// <summary>
/// Splits each line into the parts that its shipments bill. A part is the share of the line up to and including this
/// shipment, less the share before it, in the fixed order of the shipments: it does not depend on who is billed first,
/// and the parts add up to the line. Where what was billed before differs (a shipment that became known late), the
/// first open part takes the difference.
/// </summary>
internal sealed partial class BillParts
{
    private readonly Draft _draft;
    private readonly bool _ignoresUnasked;
    private readonly Dictionary<string, List<BillLine>> _open = new(StringComparer.Ordinal);

    /// <summary>Billed beyond what evidence supports, by line.</summary>
    public List<(LineView Line, ShipmentView Shipment, decimal Billed, decimal Supported)> Excess { get; } = [];

    /// <summary>All is billed and the sum is not what the line owes.</summary>
    public List<(LineView Line, decimal Billed, decimal Owed)> Residues { get; } = [];

    /// <param name="ignoresUnasked">
    /// Leaves out invoices that no command requested: used to compute what would have been requested for them.
    /// </param>
    public BillParts(Draft draft, bool ignoresUnasked)
    {
        (_draft, _ignoresUnasked) = (draft, ignoresUnasked);
        foreach (var line in draft.View.Lines)
        {
            Cut(line);
        }
    }

    /// <summary>The open lines of a shipment; empty when all is billed.</summary>
    public IReadOnlyList<BillLine> OpenOf(ShipmentView shipment) => _open.TryGetValue(shipment.Part, out var lines) ? lines : [];

    /// <summary>A shipment's part of a line: quantities, and the share of the line that they make.</summary>
    /// <param name="Supported">The quantity that evidence supports.</param>
    /// <param name="Billed">The quantity that is billed.</param>
    /// <param name="Asked">The amount of it that was requested.</param>
    /// <param name="UpTo">Of the line, with the parts before it.</param>
    private readonly record struct Part(
        ShipmentView Shipment, decimal Supported, decimal Billed, decimal Asked, decimal UpTo, decimal Share)
    {
        public decimal Quantity => Math.Max(Supported, Billed);
    }

    private List<Part> PartsOf(LineView line)
    {
        var parts = new List<Part>(_draft.View.Shipments.Count);
        var before = 0m;
        foreach (var shipment in _draft.View.Shipments)
        {
            if (shipment.ShippedAt is null || shipment.QuantityOf(line.Line) == 0)
            {
                continue;
            }

            var (billed, asked) = Asked(shipment, line);
            billed += UnaskedQuantity(shipment, line);
            var supported = Math.Min(Supported(shipment, line), Math.Max(0, line.Commercial - before));
            var upTo = before + Math.Max(supported, billed);
            parts.Add(new Part(shipment, supported, billed, asked, upTo, Share(_draft, line, upTo) - Share(_draft, line, before)));
            before = upTo;
        }

        return parts;
    }

    private void Cut(LineView line)
    {
        decimal carried = 0, billedInAll = 0, amountInAll = 0, upTo = 0;
        ShipmentView? first = null;
        foreach (var part in PartsOf(line))
        {
            var amount = part.Asked + UnaskedAmount(part.Shipment, line);
            (billedInAll, amountInAll, upTo) = (billedInAll + part.Billed, amountInAll + amount, part.UpTo);
            if (part.Billed > part.Supported)
            {
                Excess.Add((line, part.Shipment, part.Billed, part.Supported));
            }

            if (part.Supported <= part.Billed)
            {
                carried += part.Share - amount;
                continue;
            }

            Open(part.Shipment, new BillLine(line, part.Supported - part.Billed, part.Share - amount));
            first ??= part.Shipment;
        }

        Settle(_draft, line, first, carried, billedInAll, amountInAll, upTo);
    }

    private void Settle(Draft draft, LineView line, ShipmentView? first, decimal carried, decimal billed, decimal amount, decimal upTo)
    {
        if (carried == 0)
        {
            return;
        }

        if (first is null)
        {
            if (billed <= line.Commercial)
            {
                Residues.Add((line, amount, Share(draft, line, upTo)));
            }

            return;
        }

        var lines = _open[first.Part];
        var index = lines.FindIndex(open => open.Line == line);
        lines[index] = lines[index] with { Amount = lines[index].Amount + carried };
    }

    private static decimal Share(Draft draft, LineView line, decimal cumulative) =>
        cumulative == 0 ? 0 : Money.Share(line.Amount, cumulative, line.Ordered, draft.Order.Currency);

    private void Open(ShipmentView shipment, BillLine line)
    {
        if (!_open.TryGetValue(shipment.Part, out var lines))
        {
            _open[shipment.Part] = lines = [];
        }

        lines.Add(line);
    }

    /// <summary>The minimum that the warehouse, the ERP's stock book and the proof of delivery agree on.</summary>
    private static decimal Supported(ShipmentView shipment, LineView line)
    {
        var quantity = shipment.QuantityOf(line.Line);
        if (shipment.GoodsIssue?.Lines is { } issued)
        {
            quantity = Math.Min(quantity, Quantity(issued, line.Line));
        }

        foreach (var proof in shipment.Proof?.Lines ?? [])
        {
            quantity = proof.Line == line.Line ? Math.Min(quantity, proof.Delivered) : quantity;
        }

        return quantity;
    }

    private static decimal Quantity(IReadOnlyList<QuantityView> lines, string line)
    {
        foreach (var quantity in lines)
        {
            if (quantity.Line == line)
            {
                return quantity.Quantity;
            }
        }

        return 0;
    }
}
