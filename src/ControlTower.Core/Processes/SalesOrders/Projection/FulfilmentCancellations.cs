using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>What warehouses confirmed as cancelled, and the releases that came to nothing by it.</summary>
internal static class FulfilmentCancellations
{
    public static void Apply(StateEntries facts, List<FulfilmentView> fulfilments, List<ShipmentView> shipments, List<CommandView> commands)
    {
        foreach (var fulfilment in fulfilments)
        {
            foreach (var entry in facts.Owned(Milestones.FulfilmentCancelled))
            {
                if (entry.Subject == fulfilment.Number && (fulfilment.System.Length == 0 || entry.Connector == fulfilment.System))
                {
                    Confirm(fulfilment, entry, shipments);
                }
            }

            if (fulfilment.ReleasedAt is not null && WasAbandoned(fulfilment, commands))
            {
                FailRelease(fulfilment, commands);
            }
        }
    }

    /// <summary>
    /// Without lines the whole fulfilment is cancelled, a line without a quantity wholly; what had shipped has
    /// shipped.
    /// </summary>
    private static void Confirm(FulfilmentView fulfilment, StateEntry entry, List<ShipmentView> shipments)
    {
        foreach (var requested in fulfilment.Lines)
        {
            var quantity = Math.Min(CancelledOf(requested, entry), requested.Quantity - ShippedOf(fulfilment, requested.Line, shipments));
            if (quantity > 0)
            {
                fulfilment.Cancelled.Add(new QuantityView(requested.Line, quantity));
            }
        }
    }

    private static decimal CancelledOf(QuantityView requested, StateEntry entry)
    {
        if (entry.Data.Lines is not { } lines)
        {
            return requested.Quantity;
        }

        foreach (var line in lines)
        {
            if (line.Line == requested.Line)
            {
                return line.Quantity ?? requested.Quantity;
            }
        }

        return 0;
    }

    private static decimal ShippedOf(FulfilmentView fulfilment, string line, List<ShipmentView> shipments)
    {
        var shipped = 0m;
        foreach (var shipment in shipments)
        {
            if (shipment.ShippedAt is not null && shipment.Fulfilment == fulfilment.Number)
            {
                shipped += shipment.QuantityOf(line);
            }
        }

        return shipped;
    }

    /// <summary>
    /// Cancelled as a whole by a warehouse that was not asked to: it could not do what it had accepted.
    /// </summary>
    private static bool WasAbandoned(FulfilmentView fulfilment, List<CommandView> commands) =>
        fulfilment.Cancelled.Count > 0
        && fulfilment.Lines.TrueForAll(line => fulfilment.Cancelled.OfLine(line.Line) >= line.Quantity)
        && !commands.Exists(command => command.Kind == CommandKinds.CancelFulfilment && command.Part == fulfilment.Number);

    /// <summary>The release had no effect, and a person decides whether it is tried again.</summary>
    private static void FailRelease(FulfilmentView fulfilment, List<CommandView> commands)
    {
        foreach (var command in commands)
        {
            if (command is { Kind: CommandKinds.ReleaseFulfilment, Outcome: CommandOutcome.Accepted }
                && command.ExternalId == fulfilment.Number)
            {
                command.Outcome = CommandOutcome.Failed;
                command.Reason = fulfilment.CancelReason ?? $"Warehouse gave fulfilment {fulfilment.Number} up";
                command.At = fulfilment.CancelledAt ?? command.At;
            }
        }

        fulfilment.Cancelled.Clear();
    }
}
