using System.Runtime.InteropServices;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>Puts an <see cref="OrderView"/> together from the standing facts, owners' first. Each part has its own file.</summary>
internal sealed partial class ViewBuilder(TransactionState state, SystemTopology topology)
{
    private readonly OrderView _view = new();

    public OrderView Build()
    {
        ReadOrder();
        ReadHolds();
        ReadCommands();
        MarkRefusedLater();
        ReadFulfilments();
        ReadShipments();
        ReadRoad();
        CountReleases();
        ReadGoodsIssues();
        ReadInvoices();
        ReadPostings();
        CountLines();
        ReadTruth();
        return _view;
    }

    /// <summary>The standing facts of a milestone; the entries are sorted by it.</summary>
    private ReadOnlySpan<StateEntry> All(string milestone)
    {
        var entries = CollectionsMarshal.AsSpan((List<StateEntry>)state.Slots);
        int low = 0, high = entries.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(entries[middle].Milestone, milestone) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var end = low;
        while (end < entries.Length && entries[end].Milestone == milestone)
        {
            end++;
        }

        return entries[low..end];
    }

    /// <summary>Whether a line of a shared document is this order's.</summary>
    private bool IsOurs(FactLine line) => line.Order is null || _view.Order is null || line.Order == _view.Order.Number;

    private static MilestoneView MilestoneOf(StateEntry entry) => new(entry.Milestone, entry.Time, entry.Connector, entry.Id, entry.Subject, entry.TimeFlag == 1);

    private static void Add(List<QuantityView> quantities, string line, decimal quantity)
    {
        var index = quantities.FindIndex(q => q.Line == line);
        if (index < 0)
        {
            quantities.Add(new QuantityView(line, quantity));
        }
        else
        {
            quantities[index] = new QuantityView(line, quantities[index].Quantity + quantity);
        }
    }

    private static decimal QuantityOf(List<QuantityView> quantities, string line) => quantities.Find(q => q.Line == line)?.Quantity ?? 0;
}
