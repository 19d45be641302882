using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// Counter-commands for what was released and is no longer ordered: per fulfilment, while it has not shipped. What has
/// shipped, or what a warehouse does not return, needs a person.
/// </summary>
internal static class Cancel
{
    public static void Decide(Draft draft)
    {
        // The youngest fulfilment is reduced first: it is the least advanced.
        for (var i = draft.View.Fulfilments.Count - 1; i >= 0; i--)
        {
            DecideOne(draft, draft.View.Fulfilments[i], i);
        }

        NameTooLate(draft);
    }

    private static void DecideOne(Draft draft, FulfilmentView fulfilment, int index)
    {
        var lines = new List<QuantityView>();
        var isWhole = true;
        foreach (var line in fulfilment.Lines)
        {
            var open = Open(draft, fulfilment, line);
            var surplus = Math.Min(open, Surplus(draft, line.Line) - OpenOfYounger(draft, line.Line, index));
            isWhole &= surplus >= line.Quantity;
            if (surplus > Math.Max(0, Asked(draft, fulfilment, line) - CancelledOf(fulfilment, line.Line)))
            {
                lines.Add(new QuantityView(
                    line.Line, surplus - Math.Max(0, Asked(draft, fulfilment, line) - CancelledOf(fulfilment, line.Line))));
            }
        }

        if (lines.Count > 0)
        {
            draft.Want(
                CommandKinds.CancelFulfilment, fulfilment.Number, Roles.Wms, fulfilment.Site,
                Content(draft, fulfilment, isWhole ? null : lines),
                priority: CommandPriority.Urgent);
        }
    }

    /// <summary>Released and no longer ordered.</summary>
    private static decimal Surplus(Draft draft, string number)
    {
        var line = draft.View.FindLine(number);
        return line is null ? 0 : Math.Max(0, line.Released - (draft.IsCancelled ? 0 : line.ShortCancelled) - line.Commercial);
    }

    /// <summary>What of a fulfilment's line is neither returned nor shipped.</summary>
    private static decimal Open(Draft draft, FulfilmentView fulfilment, QuantityView line)
    {
        var shipped = 0m;
        foreach (var shipment in draft.View.Shipments)
        {
            shipped += shipment.ShippedAt is not null && shipment.Fulfilment == fulfilment.Number ? shipment.QuantityOf(line.Line) : 0;
        }

        return Math.Max(0, line.Quantity - CancelledOf(fulfilment, line.Line) - shipped);
    }

    private static decimal OpenOfYounger(Draft draft, string line, int index)
    {
        var open = 0m;
        for (var i = index + 1; i < draft.View.Fulfilments.Count; i++)
        {
            var fulfilment = draft.View.Fulfilments[i];
            open += fulfilment.Lines.Find(l => l.Line == line) is { } found ? Open(draft, fulfilment, found) : 0;
        }

        return open;
    }

    private static decimal CancelledOf(FulfilmentView fulfilment, string line) =>
        fulfilment.Cancelled.Find(l => l.Line == line)?.Quantity ?? 0;

    /// <summary>Requested back before and accepted: the whole line when no lines were named.</summary>
    private static decimal Asked(Draft draft, FulfilmentView fulfilment, QuantityView line)
    {
        var asked = 0m;
        foreach (var command in draft.View.Commands)
        {
            if (command.Kind == CommandKinds.CancelFulfilment && command.Part == fulfilment.Number
                && command.Outcome == CommandOutcome.Accepted)
            {
                asked += command.Lines is null ? line.Quantity : command.Lines.FirstOrDefault(l => l.Line == line.Line)?.Quantity ?? 0;
            }
        }

        return asked;
    }

    private static string Content(Draft draft, FulfilmentView fulfilment, List<QuantityView>? lines) => CommandContent.Write(writer =>
    {
        writer.References((ReferenceKinds.Order, draft.Order.Number), (ReferenceKinds.Fulfilment, fulfilment.Number));
        if (lines is not null)
        {
            writer.WriteStartArray("lines");
            foreach (var line in lines)
            {
                writer.WriteStartObject();
                writer.Text("line", line.Line);
                writer.Number("quantity", line.Quantity);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.Text("reason", draft.View.CancelReason ?? (draft.IsCancelled ? "The order was cancelled" : "The order was changed"));
    });

    private static void NameTooLate(Draft draft)
    {
        foreach (var fulfilment in draft.View.Fulfilments)
        {
            var isRejected = fulfilment.CancelRejectedAt is { } at && !(fulfilment.CancelledAt >= at);
            if (isRejected && fulfilment.Lines.Exists(line => Open(draft, fulfilment, line) > 0 && Surplus(draft, line.Line) > 0))
            {
                Name(draft, fulfilment.Number, fulfilment.Site, fulfilment.CancelRejectedAt!.Value,
                    $"Fulfilment {fulfilment.Number} cannot be cancelled any more: {fulfilment.CancelReason ?? "the warehouse refused"}.");
            }
        }

        foreach (var line in draft.View.Lines)
        {
            if (line.Shipped > line.Commercial)
            {
                Name(draft, draft.Order.Number, line.Site, draft.View.CancelledAt ?? LastShipped(draft),
                    $"Line {line.Line} shipped {line.Shipped:0.######} {line.Unit}; only {line.Commercial:0.######} are still ordered.");
            }
        }
    }

    private static DateTimeOffset LastShipped(Draft draft)
    {
        var last = draft.View.AcceptedAt ?? DateTimeOffset.MinValue;
        foreach (var shipment in draft.View.Shipments)
        {
            last = shipment.ShippedAt > last ? shipment.ShippedAt.Value : last;
        }

        return last;
    }

    private static void Name(Draft draft, string document, string? site, DateTimeOffset since, string message) =>
        draft.Name(new OpenCondition(
        $"{ReasonCodes.ChangeAfterPick}:{document}", ReasonCodes.ChangeAfterPick, message, document, site, null, null, null, null, since));
}
