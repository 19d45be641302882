using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Engine;

/// <summary>What the state contains of commands' outcomes.</summary>
internal static class StateOutcomes
{
    /// <summary>
    /// Whether the final outcome of that key has been merged. A command is completed a moment before its outcome is
    /// merged; what Decide wants in between does not take it into account yet.
    /// </summary>
    public static bool KnowsOutcome(this TransactionState state, string key) => state.Entries.Any(entry =>
        string.Equals(entry.Subject, key, StringComparison.Ordinal)
        && entry.Milestone is Milestones.CommandAccepted or Milestones.CommandRejected or Milestones.CommandAbsent);
}
