using ControlTower.Core.Facts;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>The order as the ERP last reported it, with the lines that every other projector counts on.</summary>
internal sealed class CommercialOrder
{
    /// <summary>Null while no order fact is there.</summary>
    public OrderSnapshot? Snapshot { get; set; }

    public string? System { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    public string? CancelReason { get; set; }

    public List<LineView> Lines { get; } = [];

    public LineView? FindLine(string number)
    {
        foreach (var line in Lines)
        {
            if (line.Line == number)
            {
                return line;
            }
        }

        return null;
    }

    /// <summary>Whether a line of a document that several orders share is this order's.</summary>
    public bool Includes(FactLine line) => line.Order is null || Snapshot is null || line.Order == Snapshot.Number;
}
