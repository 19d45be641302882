using ControlTower.Core.Facts;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>A warehouse's order, by its number there.</summary>
public sealed class FulfilmentView
{
    public required string System { get; init; }

    public required string Number { get; init; }

    public string? Site { get; internal set; }

    public List<MilestoneView> Milestones { get; } = [];

    /// <summary>What was requested from it, when the request is known, else what its facts are about.</summary>
    public List<QuantityView> Lines { get; } = [];

    /// <summary>What it confirmed as cancelled.</summary>
    public List<QuantityView> Cancelled { get; } = [];

    /// <summary>When the request was accepted.</summary>
    public DateTimeOffset? ReleasedAt { get; internal set; }

    public DateTimeOffset? CancelledAt { get; internal set; }

    public DateTimeOffset? CancelRejectedAt { get; internal set; }

    public string? CancelReason { get; internal set; }

    /// <summary>Quantities of its steps, as each was last reported.</summary>
    internal List<(string Milestone, string Line, decimal Quantity)> Steps { get; } = [];

    /// <summary>What was not found of it.</summary>
    internal List<FactLine> Shorts { get; } = [];

    internal MilestoneView? Find(string milestone) => Milestones.Find(known => known.Milestone == milestone);

    internal decimal StepOf(string milestone, string line)
    {
        foreach (var step in Steps)
        {
            if (step.Milestone == milestone && step.Line == line)
            {
                return step.Quantity;
            }
        }

        return 0;
    }

    /// <summary>What it has still to handle of a line: requested, less what was cancelled or not found.</summary>
    internal decimal ExpectedOf(QuantityView line)
    {
        var expected = line.Quantity;
        foreach (var cancelled in Cancelled)
        {
            expected -= cancelled.Line == line.Line ? cancelled.Quantity : 0;
        }

        foreach (var missing in Shorts)
        {
            expected -= missing.Line == line.Line ? missing.Missing ?? 0 : 0;
        }

        return Math.Max(0, expected);
    }
}
