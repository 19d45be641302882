using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// What a rejected command means: which team owns the case, and a plain description of what happened.
/// </summary>
internal static class Refusals
{
    /// <summary>
    /// The target's code when it is one of ours, whatever its spelling; else the usual reason of a rejection of that
    /// kind.
    /// </summary>
    public static string ReasonOf(CommandView command)
    {
        var said = command.Code?.Trim().ToUpperInvariant().Replace('-', '_').Replace(' ', '_');
        if (ReasonCodes.IsKnown(said))
        {
            return said!;
        }

        return command.Kind switch
        {
            CommandKinds.ReleaseFulfilment => ReasonCodes.StockUnavailable,
            CommandKinds.CancelFulfilment => ReasonCodes.ChangeAfterPick,
            CommandKinds.TenderShipment => ReasonCodes.TenderDeclined,
            CommandKinds.PostGoodsIssue => ReasonCodes.GiStockDeficit,
            CommandKinds.CreateInvoice => ReasonCodes.InvoiceDiffers,
            CommandKinds.PostInvoice => ReasonCodes.PeriodClosed,
            _ => ReasonCodes.ErpDocLocked,
        };
    }

    public static string Sentence(CommandView command)
    {
        var why = (command.Reason, command.Code) switch
        {
            ({ } reason, { } code) => $"{reason.TrimEnd('.')} ({code})",
            ({ } reason, null) => reason.TrimEnd('.'),
            (null, { } code) => code,
            _ => "no reason was given",
        };
        return command.Outcome == CommandOutcome.Failed
            ? $"{Capital(command)} was taken and later refused: {why}."
            : $"{Capital(command)} was refused: {why}.";
    }

    public static string Describe(CommandView command) => command.Kind switch
    {
        CommandKinds.ReleaseFulfilment => $"the release to site {command.Part}",
        CommandKinds.CancelFulfilment => $"the cancellation of fulfilment {command.Part}",
        CommandKinds.TenderShipment => $"the tender of shipment {command.Part}",
        CommandKinds.PostGoodsIssue => $"the goods issue of shipment {command.Part}",
        CommandKinds.CreateInvoice => $"the invoice for shipment {command.Part}",
        CommandKinds.PostInvoice => $"the posting of invoice {command.Part}",
        _ => $"the status {command.Stage} of the order",
    };

    private static string Capital(CommandView command)
    {
        var text = Describe(command);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
