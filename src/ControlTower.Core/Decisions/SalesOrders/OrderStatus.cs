using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// The stage that the ERP should show, when it differs from the one last sent to it. The first stage is not sent.
/// </summary>
internal static class OrderStatus
{
    public static void Decide(Draft draft, TransactionStage stage)
    {
        var told = draft.Accepted(CommandKinds.UpdateOrderStatus, null)?.Stage;
        var name = NameOf(stage);
        if (name == (told ?? NameOf(TransactionStage.Accepted)))
        {
            return;
        }

        var data = CommandContent.Write(writer =>
        {
            writer.References((ReferenceKinds.Order, draft.Order.Number));
            writer.Text("stage", name);
            writer.Instant("at", Stages.ReachedAt(draft.View, stage));
        });
        draft.Want(CommandKinds.UpdateOrderStatus, null, Roles.Erp, null, data, priority: CommandPriority.Bulk);
    }

    public static string NameOf(TransactionStage stage) => stage switch
    {
        TransactionStage.Accepted => "accepted",
        TransactionStage.Released => "released",
        TransactionStage.Picked => "picked",
        TransactionStage.Packed => "packed",
        TransactionStage.Shipped => "shipped",
        TransactionStage.Delivered => "delivered",
        TransactionStage.Invoiced => "invoiced",
        TransactionStage.Posted => "posted",
        _ => "cancelled",
    };
}
