using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Policies;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>Clocks of the warehouse: allocation to ship confirmation, and cancellations.</summary>
internal static partial class Expect
{
    /// <summary>
    /// Where warehouses get their orders by themselves, their first report is expected after the order.
    /// </summary>
    private static void ExpectFirstAllocations(Draft draft)
    {
        foreach (var line in draft.View.Lines)
        {
            var isAwaited = line is { Owed: > 0, Allocated: 0, Picked: 0, Ready: 0 } && draft.View.AcceptedAt is not null
                && draft.ModeOf(CommandKinds.ReleaseFulfilment, line.Site) == CommandMode.Native
                && !draft.View.Fulfilments.Exists(fulfilment => fulfilment.Site == line.Site);
            if (isAwaited)
            {
                Missing(
                    draft, Milestones.FulfilmentAllocated, line.Site, line.Site, draft.View.AcceptedAt!.Value,
                    draft.Policies.Clocks.AllocateHours,
                    $"allocation at site {line.Site}");
            }
        }
    }

    /// <summary>One step at a time: what comes after a missing step is not expected yet, and a later step excuses an earlier one.</summary>
    private static void ExpectSteps(Draft draft, FulfilmentView fulfilment)
    {
        var clocks = draft.Policies.Clocks;
        if (fulfilment.Lines.TrueForAll(line => fulfilment.ExpectedOf(line) == 0))
        {
            return;
        }

        var cause = fulfilment.ReleasedAt ?? fulfilment.Find(Milestones.FulfilmentAllocated)?.At;
        if (cause is null || IsBuilt(draft, fulfilment))
        {
            return;
        }

        ReadOnlySpan<(string Milestone, int Hours, string Word)> steps =
        [
            (Milestones.FulfilmentAllocated, clocks.AllocateHours, "allocation"),
            (Milestones.FulfilmentPicked, clocks.PickHours, "picking"),
            (Milestones.FulfilmentPacked, clocks.PackHours, "packing"),
        ];
        for (var i = 0; i < steps.Length; i++)
        {
            if (IsDone(fulfilment, steps[i].Milestone) || IsAnyDone(fulfilment, steps[(i + 1)..]))
            {
                // A warehouse may report work that it did before the release was requested; the next step is counted
                // from the request.
                cause = fulfilment.Find(steps[i].Milestone) is { } done ? Later(done.At, fulfilment.ReleasedAt) : cause;
            }
            else if (draft.IsReported(steps[i].Milestone, fulfilment.Site))
            {
                Missing(
                    draft, steps[i].Milestone, fulfilment.Number, fulfilment.Site, cause.Value, steps[i].Hours,
                    $"{steps[i].Word} of fulfilment {fulfilment.Number}");
                return;
            }
        }

        Missing(
            draft, Milestones.ShipmentReady, fulfilment.Number, fulfilment.Site, cause.Value, clocks.ShipmentReadyHours,
            $"a shipment of fulfilment {fulfilment.Number}");
    }

    private static bool IsDone(FulfilmentView fulfilment, string milestone) => fulfilment.Find(milestone) is not null
        && fulfilment.Lines.TrueForAll(line => fulfilment.StepOf(milestone, line.Line) >= fulfilment.ExpectedOf(line));

    private static bool IsAnyDone(FulfilmentView fulfilment, ReadOnlySpan<(string Milestone, int Hours, string Word)> steps)
    {
        foreach (var step in steps)
        {
            if (IsDone(fulfilment, step.Milestone))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All of it is contained in shipments.</summary>
    private static bool IsBuilt(Draft draft, FulfilmentView fulfilment)
    {
        foreach (var line in fulfilment.Lines)
        {
            var built = 0m;
            foreach (var shipment in draft.View.Shipments)
            {
                built += shipment.Fulfilment is null || shipment.Fulfilment == fulfilment.Number ? shipment.QuantityOf(line.Line) : 0;
            }

            if (built < fulfilment.ExpectedOf(line))
            {
                return false;
            }
        }

        return true;
    }

    private static void ExpectShipping(Draft draft, ShipmentView shipment)
    {
        if (shipment is not { ReadyAt: { } readyAt, ShippedAt: null } || draft.IsStopped("shipment", shipment))
        {
            return;
        }

        if (shipment.DeclinedAt is { } declined)
        {
            NameDeclined(draft, shipment, declined);
            return;
        }

        var clocks = draft.Policies.Clocks;
        var isAnswerExpected = draft.IsReported(Milestones.ShipmentAccepted, shipment.Site)
            && draft.ModeOf(CommandKinds.TenderShipment, shipment.Site) != CommandMode.Observe
            && draft.IsRouted(CommandKinds.TenderShipment, shipment.Site);
        if (isAnswerExpected && shipment.AcceptedAt is null)
        {
            ExpectAnswer(draft, shipment, readyAt, clocks);
        }
        else if (draft.IsReported(Milestones.ShipmentShipped, shipment.Site))
        {
            ExpectConfirmation(draft, shipment,
                Later(Later(readyAt, shipment.AcceptedAt), draft.Accepted(CommandKinds.TenderShipment, shipment.Part)?.At));
        }
    }

    private static void ExpectConfirmation(Draft draft, ShipmentView shipment, DateTimeOffset since)
    {
        var hours = draft.Policies.Clocks.ShipConfirmHours;
        if (draft.IsDue(since, hours))
        {
            draft.Name(new OpenCondition(
                $"{ReasonCodes.ShipConfirmLate}:{shipment.Part}", ReasonCodes.ShipConfirmLate,
                $"Waiting for the ship confirmation of shipment {shipment.Number} since {ConditionText.Day(since)}.", shipment.Number,
                shipment.Site, shipment.System,
                null, null, null, since.AddHours(hours)));
        }
    }

    private static void ExpectAnswer(Draft draft, ShipmentView shipment, DateTimeOffset readyAt, ClockPolicy clocks)
    {
        var asked = draft.ModeOf(CommandKinds.TenderShipment, shipment.Site) == CommandMode.Native
            ? readyAt
            : draft.Accepted(CommandKinds.TenderShipment, shipment.Part)?.At;
        if (asked is { } cause)
        {
            Missing(
                draft, Milestones.ShipmentAccepted, shipment.Part, shipment.Site, cause, clocks.TenderAnswerHours,
                $"the carrier's answer to shipment {shipment.Number}");
        }
    }

    private static void NameDeclined(Draft draft, ShipmentView shipment, DateTimeOffset declined)
    {
        // A tender of ours that was declined is a condition of its own, with its way to try again.
        if (!draft.Conditions.Exists(known =>
            known.Key == $"refused:{CommandKeys.Series(CommandKinds.TenderShipment, draft.Order.Number, shipment.Part)}"))
        {
            draft.Name(new OpenCondition(
                $"{ReasonCodes.TenderDeclined}:{shipment.Part}", ReasonCodes.TenderDeclined,
                $"Shipment {shipment.Number} was declined{(shipment.DeclineReason is { } reason ? $": {reason.TrimEnd('.')}" : "")}.",
                shipment.Number, shipment.Site,
                null, null, null, null, declined));
        }
    }

    private static void ExpectCancellation(Draft draft, FulfilmentView fulfilment)
    {
        var asked = draft.Accepted(CommandKinds.CancelFulfilment, fulfilment.Number);
        if (asked is not null && fulfilment is { CancelledAt: null, CancelRejectedAt: null })
        {
            Missing(
                draft, Milestones.FulfilmentCancelled, fulfilment.Number, fulfilment.Site, asked.At,
                draft.Policies.Clocks.CancellationHours,
                $"the cancellation of fulfilment {fulfilment.Number}");
        }
    }
}
