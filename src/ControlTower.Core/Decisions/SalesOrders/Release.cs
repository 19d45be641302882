using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>Release to the warehouse: one per order and site, of what is ordered and was not released yet, unless a
/// hold stops it.</summary>
internal static class Release
{
    public static void Decide(Draft draft)
    {
        var sites = new List<string>(2);
        foreach (var line in draft.View.Lines)
        {
            if (Remainder(draft, line) > 0 && !sites.Contains(line.Site))
            {
                sites.Add(line.Site);
            }
        }

        foreach (var site in sites)
        {
            draft.Want(CommandKinds.ReleaseFulfilment, site, Roles.Wms, site, Content(draft, site));
        }
    }

    private static decimal Remainder(Draft draft, LineView line) =>
        draft.IsStopped("release", line.Line) ? 0 : line.Commercial - line.Released;

    private static string Content(Draft draft, string site) => CommandContent.Write(writer =>
    {
        writer.References((ReferenceKinds.Order, draft.Order.Number));
        writer.Text("site", site);
        writer.Instant("requestedDelivery", draft.Order.RequestedDelivery);
        writer.Text("priority", draft.Order.Priority);
        writer.WriteStartArray("lines");
        foreach (var line in draft.View.Lines)
        {
            if (line.Site == site && Remainder(draft, line) is > 0 and var quantity)
            {
                writer.WriteStartObject();
                writer.Text("line", line.Line);
                writer.Text("item", line.Item);
                writer.Number("quantity", quantity);
                writer.Text("unit", line.Unit);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    });
}
