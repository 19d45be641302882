using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Processes.SalesOrders.Projection;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// Decides what should be true of a transaction: which commands should exist, which holds are active, which conditions
/// are open, and when to decide again. Pure and level-triggered: it never depends on what just happened, only on what
/// is missing. Time alone moves conditions and holds, never commands.
/// </summary>
public static class Decider
{
    public static Decision Decide(TransactionState state, DecisionContext context)
    {
        var view = OrderProjection.Project(state, context.Topology);
        if (view.Order is not { } order)
        {
            return WithoutOrder(view, context);
        }

        var draft = new Draft(view, order, context);
        CommercialHolds.Decide(draft);
        Release.Decide(draft);
        Cancel.Decide(draft);
        Tender.Decide(draft);
        GoodsIssue.Decide(draft);
        Bill.Decide(draft);
        Post.Decide(draft);

        var stage = Stages.For(view);
        OrderStatus.Decide(draft, stage);

        draft.NameUnknownOutcomes();
        Shortages.Decide(draft);
        CarrierExceptions.Decide(draft);
        Conflicts.Decide(draft);
        Expect.Decide(draft);
        var promise = Promise.Decide(draft);
        return new Decision(Summaries.From(draft, stage, promise), draft.Commands, draft.Holds, draft.Conditions, draft.DecideAgainAt)
        {
            AlreadySatisfied = draft.AlreadySatisfied,
        };
    }

    /// <summary>
    /// An order that was retracted after systems had acted on it needs a person: no fact defines any more what is owed.
    /// </summary>
    private static Decision WithoutOrder(OrderView view, DecisionContext context)
    {
        var acted = view.Commands.Find(command => command.Outcome == CommandOutcome.Accepted);
        IReadOnlyList<OpenCondition> conditions = acted is null
            ? []
            :
            [
                new OpenCondition(
                    $"{ReasonCodes.ChangeAfterPick}:order", ReasonCodes.ChangeAfterPick,
                    $"The order was taken back after {Refusals.Describe(acted)} had been accepted.", acted.Document, null, acted.System,
                    null, null, null, acted.At),
            ];
        return new Decision(Summaries.WithoutOrder(view, acted is not null), [], [], conditions, null);
    }
}
