using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>What a warehouse did not find and still owes, or wants to replace, is open until it is picked after all.</summary>
internal static class Shortages
{
    public static void Decide(Draft draft)
    {
        if (draft.IsCancelled)
        {
            return;
        }

        foreach (var fulfilment in draft.View.Fulfilments)
        {
            foreach (var missing in fulfilment.Shorts)
            {
                if (missing is { Then: not "cancel", Missing: > 0 } && draft.View.FindLine(missing.Line) is { } line
                    && Math.Max(line.Picked, line.Shipped) < line.Owed)
                {
                    Name(draft, fulfilment, missing, line);
                }
            }
        }
    }

    private static void Name(Draft draft, FulfilmentView fulfilment, FactLine missing, LineView line)
    {
        var why = missing.Reason is { } reason ? $" ({reason.TrimEnd('.')})" : "";
        var then = missing.Then == "substitute" ? "a substitute is proposed" : "it stays owed";
        draft.Name(new OpenCondition(
            $"{ReasonCodes.PickShort}:{fulfilment.Number}:{line.Line}", ReasonCodes.PickShort,
            $"{missing.Missing:0.######} {line.Unit} of line {line.Line} ({line.Item}) are missing at site {fulfilment.Site}{why}; {then}.",
            fulfilment.Number,
            fulfilment.Site ?? line.Site, fulfilment.System, null, null,
            Money.Share(line.Amount, Math.Min(missing.Missing!.Value, line.Ordered), line.Ordered, draft.Order.Currency),
            fulfilment.Find(Milestones.FulfilmentShort)?.At ?? draft.AsOf));
    }
}
