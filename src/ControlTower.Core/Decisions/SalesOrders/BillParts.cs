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
internal sealed class BillParts
{
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
        foreach (var line in draft.View.Lines)
        {
            Cut(draft, line, ignoresUnasked);
        }
    }

    /// <summary>The open lines of a shipment; empty when all is billed.</summary>
    public IReadOnlyList<BillLine> OpenOf(ShipmentView shipment) => _open.TryGetValue(shipment.Part, out var lines) ? lines : [];

    private void Cut(Draft draft, LineView line, bool ignoresUnasked)
    {
        decimal before = 0, carried = 0, billedInAll = 0, amountInAll = 0;
        (ShipmentView Shipment, decimal Quantity, decimal Amount)? first = null;
        foreach (var shipment in draft.View.Shipments)
        {
            if (shipment.ShippedAt is null || shipment.QuantityOf(line.Line) == 0)
            {
                continue;
            }

            var (billed, amount) = Billed(draft, shipment, line, ignoresUnasked);
            var supported = Math.Min(Supported(shipment, line), Math.Max(0, line.Commercial - before));
            if (billed > supported)
            {
                Excess.Add((line, shipment, billed, supported));
            }

            var upTo = before + Math.Max(supported, billed);
            var share = Share(draft, line, upTo) - Share(draft, line, before);
            (before, billedInAll, amountInAll) = (upTo, billedInAll + billed, amountInAll + amount);
            if (supported <= billed)
            {
                carried += share - amount;
                continue;
            }

            Open(shipment, new BillLine(line, supported - billed, share - amount));
            first ??= (shipment, supported - billed, share - amount);
        }

        Settle(draft, line, first?.Shipment, carried, billedInAll, amountInAll, before);
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

    /// <summary>
    /// What was requested from billing for this shipment and is still valid, and what billing issued for it without a
    /// request.
    /// </summary>
    private static (decimal Quantity, decimal Amount) Billed(Draft draft, ShipmentView shipment, LineView line, bool ignoresUnasked)
    {
        decimal quantity = 0, amount = 0;
        foreach (var command in draft.View.Commands)
        {
            if (command is { Kind: CommandKinds.CreateInvoice, Outcome: CommandOutcome.Accepted } && command.Part == shipment.Part
                && !IsUndone(draft, command))
            {
                foreach (var asked in command.Lines ?? [])
                {
                    quantity += asked.Line == line.Line ? asked.Quantity ?? 0 : 0;
                    amount += asked.Line == line.Line ? asked.Amount ?? 0 : 0;
                }
            }
        }

        foreach (var invoice in draft.View.Invoices)
        {
            if (!ignoresUnasked && invoice is { Ask: null, CountsAsInvoiced: true } && invoice.Shipment == shipment.Part)
            {
                var said = invoice.Lines?.FirstOrDefault(billed => billed.Line == line.Line);

                // An invoice without lines bills the whole of its shipment.
                quantity += invoice.Lines is null ? Supported(shipment, line) : said?.Quantity ?? 0;
                amount += said?.Amount ?? 0;
            }
        }

        return (quantity, amount);
    }

    /// <summary>Its invoice was cancelled, and the posting of that, if there was one, reversed.</summary>
    private static bool IsUndone(Draft draft, CommandView command)
    {
        foreach (var invoice in draft.View.Invoices)
        {
            if (invoice.Ask == command && !invoice.CountsAsInvoiced)
            {
                return true;
            }
        }

        return false;
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
