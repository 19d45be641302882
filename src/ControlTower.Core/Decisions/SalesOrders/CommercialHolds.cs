using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>The ERP's active holds. They are its decision: shown, obeyed, and no case of ours.</summary>
internal static class CommercialHolds
{
    public static void Decide(Draft draft)
    {
        foreach (var hold in draft.View.Holds)
        {
            if (hold.IsActive)
            {
                draft.Holds.Add(new ActiveHold(
                    $"commercial:{hold.Id}", "commercial", hold.Stops, hold.Code, hold.Reason ?? hold.Code, draft.Order.Number, null, null,
                    null, null, hold.Since, []));
            }
        }
    }
}
