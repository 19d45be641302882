using ControlTower.Core.Transactions;

namespace ControlTower.Core.Decisions;

/// <summary>
/// Says what should be true of a transaction: which commands should exist, which holds stand, which conditions are open, and when to look again. Pure and
/// level-triggered: it never asks what just happened, only what is missing. Time alone moves conditions and holds, never commands.
/// </summary>
public static class Decider
{
    public static Decision Decide(TransactionState state, DecisionContext context)
    {
        var view = OrderView.Project(state, context.Landscape);
        return new Decision(
            new TransactionSummary
            {
                Stage = TransactionStage.Accepted, Health = TransactionHealth.Ok, LegalEntity = view.Order?.LegalEntity ?? "",
                CustomerId = view.Order?.Customer.Id ?? "", Currency = view.Order?.Currency ?? "", Amount = view.Order?.Total ?? 0,
                Invoiced = 0, Posted = 0, Held = 0, Late = false,
            },
            [], [], [], null);
    }
}
