using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Engine;

/// <summary>What the state knows of commands' outcomes.</summary>
internal static class StateOutcomes
{
    /// <summary>
    /// Whether the settled outcome of that key has been merged. A command is settled a moment before its outcome is merged; what Decide wants in between does
    /// not know of it yet.
    /// </summary>
    public static bool KnowsOutcome(this TransactionState state, string key) => state.Slots.Any(entry =>
        string.Equals(entry.Subject, key, StringComparison.Ordinal)
        && entry.Milestone is Milestones.CommandAccepted or Milestones.CommandRejected or Milestones.CommandAbsent);
}
